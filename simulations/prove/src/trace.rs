//! What happened, as one number and, where asked for, as lines: the same seed gives the same.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

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
        (at_ms, what, bytes).hash(&mut self.hasher);
        self.steps += 1;
        if self.is_told {
            eprintln!("{at_ms:>9} {what} {}", String::from_utf8_lossy(bytes));
        }
    }

    /// Notes what was done.
    pub(crate) fn note(&mut self, at_ms: u64, what: fmt::Arguments<'_>) {
        self.carry(at_ms, "-", what.to_string().as_bytes());
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
