//! The journals' time is the true one again once every clock is right.

use super::Violation;
use dispatch_core::Rules;
use dispatch_core::model::{Recorded, Timestamp};

/// The true time at the beginning of every run: 2026-05-28, some time in the morning of Ningxia.
const BEGINNING_MS: i64 = 1_780_000_000_000;

/// How far the journal's time may be off at the end, when all clocks have been right for minutes.
const MOST_OFF_SECONDS: f64 = 15.0;

/// The true time, which no part of the product reads.
pub(crate) fn true_time(now_ms: u64) -> Timestamp {
    Timestamp(BEGINNING_MS + now_ms.cast_signed())
}

/// Looks at an event: what is called made well after it was recorded says that its clock is doubted.
///
/// # Errors
/// An event from the future that says nothing of its clock.
pub(crate) fn event(recorded: &Recorded) -> Result<(), Violation> {
    let told = &recorded.provenance;
    let latest = told.recorded_at.plus_seconds(Rules::default().clock_tolerance_seconds);
    if told.made_at > latest && !told.clock_doubtful {
        let ahead = told.made_at.seconds_since(told.recorded_at);
        let what =
            format!("version {} is made {ahead:.0} s after it is recorded", recorded.version);
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

#[cfg(test)]
mod tests {
    use super::super::examples::{opened, recorded};
    use super::*;

    #[test]
    fn an_event_made_long_after_it_was_recorded_is_seen_unless_its_clock_is_doubted() {
        let mut told = recorded(1, opened("a-1"));
        told.provenance.made_at = told.provenance.recorded_at.plus_seconds(60);
        assert_eq!(event(&told), Ok(()), "clocks may differ by so much");
        told.provenance.made_at = told.provenance.recorded_at.plus_seconds(600);
        assert_eq!(event(&told).unwrap_err().invariant, "time");
        told.provenance.clock_doubtful = true;
        assert_eq!(event(&told), Ok(()));
    }

    #[test]
    fn a_journal_at_another_time_is_seen() {
        assert_eq!(true_now(true_time(50_000), 60_000), Ok(()));
        assert!(true_now(true_time(0), 60_000).is_err());
        assert!(true_now(true_time(600_000), 60_000).is_err());
    }
}
