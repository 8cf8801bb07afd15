//! From the bytes of a receiver to fixes.
//!
//! Bytes become lines, lines become readings, readings of one moment become at most one `Fix`. All is counted. No clock and no IO: what today's date is, where it
//! helps, is set by the caller.

mod assembler;
mod capture;
mod counts;
mod dating;
mod fields;
mod fix;
mod lines;
mod parser;
mod reading;
mod reference;
mod sentence;

pub use capture::strip_annotations;
pub use counts::NmeaCounts;
pub use fix::{DatedBy, Fix};
pub use lines::MAX_LINE_BYTES;
pub use parser::{NmeaParser, ParserOptions};

pub(crate) use sentence::time_of_day_ms;
