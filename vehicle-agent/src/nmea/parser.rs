//! From bytes to fixes in one place. Memory is one line and one moment, whatever comes in.

use super::assembler::{self, Assembler};
use super::lines::{LineSplitter, OnLine};
use super::reading::{LineRefusal, Reading};
use super::reference::Reference;
use super::{Fix, NmeaCounts, sentence};

/// How to read a receiver.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParserOptions {
    /// Read sentences without a checksum too. Receivers from before 1990 send none; on a noisy cable
    /// it lets wrong positions through.
    pub accept_missing_checksum: bool,
}

/// Reads what one receiver sends.
#[derive(Debug, Default)]
pub struct NmeaParser {
    options: ParserOptions,
    lines: LineSplitter,
    assembler: Assembler,
    counts: NmeaCounts,
    reference: Reference,
}

impl NmeaParser {
    /// A parser that has seen nothing.
    pub fn new(options: ParserOptions) -> Self {
        Self { options, ..Self::default() }
    }

    /// Sets the caller's clock, milliseconds since 1970-01-01T00:00:00Z. With it positions without a
    /// date are dated, and dates that are behind by whole GPS week roll-overs are corrected. A
    /// recording is read without it, as it is.
    pub fn set_reference_time(&mut self, now_ms: i64) {
        self.reference = Reference::Told(now_ms);
    }

    /// The caller does not know the time yet and will date positions with [`Self::date`] once it does.
    pub fn await_reference_time(&mut self) {
        self.reference = Reference::Awaited;
    }

    /// Dates a position that was read while the time was not known; `reference_ms` is what the clock showed
    /// then.
    pub fn date(&mut self, fix: Fix, reference_ms: i64) -> Fix {
        assembler::date_late(fix, reference_ms, &mut self.counts)
    }

    /// Counts a position that was given up because the time never came to be known.
    pub fn count_undated(&mut self) {
        self.counts.no_date += 1;
    }

    /// Takes bytes in any portions; fixes that are complete are added to `fixes`.
    pub fn push(&mut self, bytes: &[u8], fixes: &mut Vec<Fix>) {
        self.lines_of(fixes, |lines, counts, on_line| {
            for byte in bytes {
                lines.push(*byte, counts, on_line);
            }
        });
    }

    /// The line went quiet: the moment at hand is complete. Call after about a quarter of a second
    /// without bytes, so that the last fix does not wait for the next.
    pub fn flush(&mut self, fixes: &mut Vec<Fix>) {
        self.assembler.flush(self.reference, &mut self.counts, fixes);
    }

    /// The stream ended: a last line without an end is read too.
    pub fn finish(&mut self, fixes: &mut Vec<Fix>) {
        self.lines_of(fixes, |lines, counts, on_line| lines.end(counts, on_line));
        self.flush(fixes);
    }

    fn lines_of(
        &mut self,
        fixes: &mut Vec<Fix>,
        split: impl FnOnce(&mut LineSplitter, &mut NmeaCounts, &mut OnLine<'_>),
    ) {
        let Self { options, lines, assembler, counts, reference } = self;
        split(lines, counts, &mut |line, counts| {
            let read = sentence::read(line, options.accept_missing_checksum);
            if let Some(reading) = counted(read, counts) {
                assembler.take(reading, *reference, counts, fixes);
            }
        });
    }

    /// What came and what was refused so far.
    pub fn counts(&self) -> &NmeaCounts {
        &self.counts
    }
}

fn counted(read: Result<Reading, LineRefusal>, counts: &mut NmeaCounts) -> Option<Reading> {
    let (counter, reading) = match read {
        Ok(Reading::Nothing) => (&mut counts.other_kinds, None),
        Ok(reading) => (&mut counts.used, Some(reading)),
        Err(LineRefusal::Ais) => (&mut counts.ais, None),
        Err(LineRefusal::Unsupported) => (&mut counts.unsupported, None),
        Err(LineRefusal::UnknownTalker) => (&mut counts.unknown_talker, None),
        Err(LineRefusal::BadChecksum) => (&mut counts.bad_checksum, None),
        Err(LineRefusal::NoChecksum) => (&mut counts.no_checksum, None),
        Err(LineRefusal::Malformed) => (&mut counts.malformed, None),
    };
    *counter += 1;
    reading
}
