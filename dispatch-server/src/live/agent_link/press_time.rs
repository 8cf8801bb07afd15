//! When a press was made: as the terminal reckons it, or by its own clock and how wrong that is now.

use super::press::Press;
use crate::commands::kept_moment;
use dispatch_core::model::{TerminalClock, Timestamp};

/// A clock that is off by less is believed, in milliseconds: a hello may be under way for seconds.
const BELIEVED_MS: i64 = 5_000;
/// A clock that is off by more is not corrected, in milliseconds: one that does not run while the terminal is
/// switched off may have been wrong by another time when the key was pressed.
const CORRECTED_MS: i64 = 7 * 24 * 3_600_000;

/// When a press was made, and what the terminal's own clock said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PressTime {
    pub(super) at: Timestamp,
    pub(super) clock: Option<TerminalClock>,
}

/// Judges the time of a press.
pub(super) fn assess(press: &Press) -> PressTime {
    let said = press.made_at;
    let told = press.reckoned.map(|reckoned| reckoned.server_time);
    let (at, is_doubtful) = match told {
        Some(Some(server_time)) => (kept_moment(server_time), false),
        Some(None) => (said, true),
        None => (corrected(said, press.clock_behind_ms), false),
    };
    PressTime { at, clock: Some(TerminalClock { said, is_doubtful }) }
}

/// A terminal of an earlier release tells its clock and nothing else: it was as wrong then as it is now.
fn corrected(said: Timestamp, behind_ms: i64) -> Timestamp {
    let is_off = (BELIEVED_MS..=CORRECTED_MS).contains(&behind_ms.saturating_abs());
    if is_off { said.plus_millis(behind_ms) } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire_protocol::agent::{CrewCommand, ReckonedTime};

    const NOON: i64 = 1_795_953_600_000;
    const MINUTE: i64 = 60_000;

    fn press(made_at: i64, reckoned: Option<Option<i64>>, clock_behind_ms: i64) -> Press {
        Press {
            number: 1,
            made_at: Timestamp(made_at),
            command: CrewCommand::Sos,
            pressed_as: None,
            reckoned: reckoned.map(|server_time| ReckonedTime { server_time }),
            clock_behind_ms,
        }
    }

    fn judged(press: &Press) -> (i64, bool) {
        let PressTime { at, clock } = assess(press);
        (at.0, clock.is_some_and(|clock| clock.is_doubtful))
    }

    #[test]
    fn what_the_terminal_reckons_goes_before_its_clock() {
        for clock in [0, NOON - 3 * MINUTE, NOON + 120 * MINUTE] {
            let behind = NOON - clock;
            assert_eq!(judged(&press(clock, Some(Some(NOON)), behind)), (NOON, false), "{clock}");
        }
        assert_eq!(judged(&press(600_000, Some(None), NOON)), (600_000, true), "nothing tells");
    }

    #[test]
    fn the_clock_of_an_earlier_release_is_corrected_by_what_it_is_off() {
        let slow = 3 * MINUTE;
        assert_eq!(judged(&press(NOON - slow, None, slow)), (NOON, false));
        assert_eq!(judged(&press(NOON + slow, None, -slow)), (NOON, false));
        assert_eq!(
            judged(&press(NOON, None, 2_000)),
            (NOON, false),
            "that is the way of the hello"
        );
        let (at, _) = judged(&press(600_000, None, NOON - 900_000));
        assert_eq!(at, 600_000, "a clock without a battery: the rules doubt it for its age");
    }
}
