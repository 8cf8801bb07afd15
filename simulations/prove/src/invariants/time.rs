//! The journals' time is the true one again once every clock is right.

use super::Violation;
use dispatch_core::model::{Recorded, Timestamp};

/// The true time at the beginning of every run: 2026-05-28, some time in the morning of Ningxia.
const BEGINNING_MS: i64 = 1_780_000_000_000;

/// How far the journal's time may be off at the end, when all clocks have been right for minutes.
const MOST_OFF_SECONDS: f64 = 15.0;

/// The true time, which no part of the product reads.
pub(crate) fn true_time(now_ms: u64) -> Timestamp {
    Timestamp(BEGINNING_MS + now_ms.cast_signed())
}

/// Looks at an event: what is called made lies before what is called recorded, or its clock is doubted.
///
/// # Errors
/// An event that happened after it was recorded and says nothing of its clock.
pub(crate) fn event(recorded: &Recorded, _now_ms: u64) -> Result<(), Violation> {
    let told = &recorded.provenance;
    if told.happened_at() > told.recorded_at {
        let what = format!("version {} happens after it is recorded", recorded.version);
        return Err(Violation::new("time", what));
    }
    Ok(())
}

/// Holds a journal's newest time against the true one.
///
/// # Errors
/// When it is off.
pub(crate) fn true_now(newest: Timestamp, now_ms: u64) -> Result<(), Violation> {
    let off = newest.seconds_since(true_time(now_ms));
    if off.abs() > MOST_OFF_SECONDS {
        return Err(Violation::new("time", format!("what is recorded now is {off:.0} s off")));
    }
    Ok(())
}
