//! What happened, as one number and, where asked for, as lines: the same seed gives the same.

use std::fmt;
use std::hash::{DefaultHasher, Hasher};

/// The trace of a run.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    hasher: DefaultHasher,
    steps: u64,
    is_told: bool,
}

impl Trace {
    /// One that also writes its lines to the standard error output.
    pub(crate) fn told() -> Self {
        Self { is_told: true, ..Self::default() }
    }

    /// Notes bytes that were carried from one part to another.
    pub(crate) fn carry(&mut self, at_ms: u64, what: &str, bytes: &[u8]) {
        self.begin(at_ms);
        self.hasher.write(what.as_bytes());
        self.hasher.write(bytes);
        if self.is_told {
            eprintln!("{at_ms:>9} {what} {}", String::from_utf8_lossy(bytes));
        }
    }

    /// Notes what was done.
    pub(crate) fn note(&mut self, at_ms: u64, what: fmt::Arguments<'_>) {
        self.begin(at_ms);
        // Hashing does not fail.
        fmt::write(&mut Hashed(&mut self.hasher), what).ok();
        if self.is_told {
            eprintln!("{at_ms:>9} - {what}");
        }
    }

    fn begin(&mut self, at_ms: u64) {
        self.hasher.write_u64(at_ms);
        self.steps += 1;
    }

    /// The hash of everything noted.
    pub(crate) fn hash(&self) -> u64 {
        self.hasher.finish()
    }

    /// How much was noted.
    pub(crate) fn steps(&self) -> u64 {
        self.steps
    }
}

/// What is written into it is hashed, and kept nowhere.
struct Hashed<'a>(&'a mut DefaultHasher);

impl fmt::Write for Hashed<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}
