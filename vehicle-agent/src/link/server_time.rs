//! What time it is at the server, run on by the steady clock of this terminal: its own clock may be wrong by
//! years, or set at any moment, and moves nothing here once a server told the time.

use crate::outbox::{KnownTime, PressStamp, StoredCommand};

use super::Now;

/// Clocks of terminals drift by less than this many milliseconds in ten seconds.
const DRIFT_MS_IN_TEN_SECONDS: u64 = 1;
/// The server's time is stored anew when it differs by so much from what is stored, in milliseconds.
const STORE_FROM_MS: u64 = 1_000;
/// No press waits longer for a server, in milliseconds: a week.
const OLDEST_PRESS_MS: i64 = 7 * 86_400_000;

/// The server's time as far as it is known.
#[derive(Debug)]
pub(super) struct ServerTime {
    /// Names the life of the steady clock: the boot of the machine.
    boot: String,
    /// Both clocks as the program began.
    began: Now,
    known: Option<Offset>,
    /// As the disk has it.
    stored: Option<KnownTime>,
}

/// The server's time minus the steady clock.
#[derive(Clone, Copy, Debug)]
struct Offset {
    ms: i64,
    /// It may be wrong by so much: half of the way there and back.
    doubt_ms: u64,
    heard_at: u64,
}

impl Offset {
    /// How far it may be off now.
    fn doubt_at(self, steady_ms: u64) -> u64 {
        let since = steady_ms.saturating_sub(self.heard_at);
        self.doubt_ms.saturating_add(since / 10_000 * DRIFT_MS_IN_TEN_SECONDS)
    }
}

impl ServerTime {
    /// Goes on from what an earlier run of the program learned in this very boot.
    pub(super) fn remembered(boot: String, stored: Option<KnownTime>, began: Now) -> Self {
        let of_this_boot = stored.as_ref().filter(|time| time.boot == boot);
        let known = of_this_boot.map(|time| Offset {
            ms: time.offset_ms,
            // The next answer is better.
            doubt_ms: u64::MAX,
            heard_at: began.steady_ms,
        });
        Self { boot, began, known, stored }
    }

    /// A server answered what was asked at `asked_at` by the steady clock.
    pub(super) fn update(&mut self, server_time: i64, asked_at: u64, now: Now) {
        let doubt_ms = now.steady_ms.saturating_sub(asked_at) / 2;
        let middle = signed(asked_at.saturating_add(doubt_ms));
        let measured =
            Offset { ms: server_time.saturating_sub(middle), doubt_ms, heard_at: now.steady_ms };
        let is_better = self.known.is_none_or(|known| {
            let doubt = known.doubt_at(now.steady_ms);
            // An answer that was long under way tells little, unless it contradicts what is believed: the
            // server's time was set.
            let apart = measured.ms.saturating_sub(known.ms).unsigned_abs();
            doubt_ms <= doubt || apart > doubt.saturating_add(doubt_ms)
        });
        if is_better {
            self.known = Some(measured);
        }
    }

    /// The server's time at a moment of the steady clock; `None` before a server sent it in this boot.
    pub(super) fn at(&self, steady_ms: u64) -> Option<i64> {
        self.known.map(|offset| offset.ms.saturating_add(signed(steady_ms)))
    }

    /// The server's time now; by the terminal's own clock before it was told.
    pub(super) fn now_ms(&self, now: Now) -> i64 {
        self.at(now.steady_ms).unwrap_or(now.wall_ms)
    }

    /// What is stored with a press made now.
    pub(super) fn stamp(&self, now: Now) -> PressStamp {
        let server_ms = self.at(now.steady_ms);
        PressStamp { boot: self.boot.clone(), steady_ms: now.steady_ms, server_ms }
    }

    /// When something was pressed, by the server's time. `None` if it cannot be known: it was pressed
    /// before the machine was switched on, by a clock that did not run meanwhile.
    pub(super) fn of_press(&self, command: &StoredCommand) -> Option<i64> {
        self.of(command.stamp.as_ref(), command.made_at_ms)
    }

    /// The same of anything that came with these two clocks.
    pub(super) fn of(&self, stamp: Option<&PressStamp>, made_at_ms: i64) -> Option<i64> {
        match stamp {
            Some(stamp) if stamp.boot == self.boot => self.at(stamp.steady_ms).or(stamp.server_ms),
            Some(PressStamp { server_ms: Some(at), .. }) => Some(*at),
            Some(_) => self.by_own_clock(made_at_ms, 0),
            None => self.by_own_clock(made_at_ms, self.began.steady_ms),
        }
    }

    /// The terminal's clock was as wrong then as when the program began, if it ran on meanwhile. It did not
    /// if the press would then have been made after `before`, a steady moment that it was made before.
    fn by_own_clock(&self, made_at_ms: i64, before: u64) -> Option<i64> {
        let wrong_by = self.at(self.began.steady_ms)?.saturating_sub(self.began.wall_ms);
        let latest = self.at(before)?;
        let made_at = made_at_ms.saturating_add(wrong_by);
        let earliest = latest.saturating_sub(OLDEST_PRESS_MS);
        (earliest..=latest).contains(&made_at).then_some(made_at)
    }

    /// What is to be stored, when the disk has nothing like it; once.
    pub(super) fn take_news(&mut self) -> Option<KnownTime> {
        let known = KnownTime { boot: self.boot.clone(), offset_ms: self.known?.ms };
        let is_like = |stored: &KnownTime| {
            stored.boot == known.boot && stored.offset_ms.abs_diff(known.offset_ms) < STORE_FROM_MS
        };
        if self.stored.as_ref().is_some_and(is_like) {
            return None;
        }
        self.stored = Some(known.clone());
        Some(known)
    }
}

fn signed(steady_ms: u64) -> i64 {
    i64::try_from(steady_ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire_protocol::agent::CrewCommand;

    /// 2026-11-29.
    const NOON: i64 = 1_795_953_600_000;
    const HOUR: i64 = 3_600_000;

    fn at(wall_ms: i64, steady_ms: u64) -> Now {
        Now { wall_ms, steady_ms }
    }

    fn synchronised(boot: &str, began: Now, server_time: i64) -> ServerTime {
        let mut time = ServerTime::remembered(boot.to_owned(), None, began);
        time.update(server_time, began.steady_ms, began);
        time
    }

    fn pressed(made_at_ms: i64, stamp: Option<PressStamp>) -> StoredCommand {
        StoredCommand { number: 1, made_at_ms, command: CrewCommand::Sos, pressed_as: None, stamp }
    }

    fn stamp(boot: &str, steady_ms: u64, server_ms: Option<i64>) -> Option<PressStamp> {
        Some(PressStamp { boot: boot.to_owned(), steady_ms, server_ms })
    }

    #[test]
    fn quick_answers_are_believed_before_slow_ones_and_a_server_set_right_before_both() {
        let mut time = synchronised("a", at(0, 1_000), NOON);
        time.update(NOON + 10_000 + 900, 11_000, at(0, 13_000));
        assert_eq!(time.at(13_000), Some(NOON + 12_000), "a slow answer that fits changes nothing");
        time.update(NOON + HOUR, 20_000, at(0, 21_000));
        assert_eq!(time.at(21_000), Some(NOON + HOUR + 500), "the server's time was set");
        time.update(NOON + HOUR + 10_300, 30_500, at(0, 30_700));
        assert_eq!(time.at(30_700), Some(NOON + HOUR + 10_400), "and a quicker answer is nearer");
    }

    #[test]
    fn a_press_of_this_boot_goes_by_the_steady_clock_whatever_the_own_clock_said() {
        let time = synchronised("a", at(600_000, 60_000), NOON);
        let press = |wall| pressed(wall, stamp("a", 30_000, None));
        for wall in [0, NOON - 180_000, NOON + 2 * HOUR] {
            assert_eq!(time.of_press(&press(wall)), Some(NOON - 30_000), "{wall}");
        }
    }

    #[test]
    fn a_press_of_an_earlier_boot_keeps_the_server_time_that_was_known_then() {
        let time = synchronised("b", at(0, 60_000), NOON);
        let press = pressed(5, stamp("a", 9_000_000, Some(NOON - HOUR)));
        assert_eq!(time.of_press(&press), Some(NOON - HOUR));
    }

    #[test]
    fn a_clock_with_a_battery_is_as_wrong_after_a_boot_as_before() {
        let slow = 180_000;
        let time = synchronised("b", at(NOON - slow, 60_000), NOON);
        let press = pressed(NOON - HOUR - slow, stamp("a", 1, None));
        assert_eq!(time.of_press(&press), Some(NOON - HOUR));
        let of_an_earlier_release = pressed(NOON - HOUR - slow, None);
        assert_eq!(time.of_press(&of_an_earlier_release), Some(NOON - HOUR));
    }

    #[test]
    fn a_clock_without_a_battery_tells_nothing_of_an_earlier_boot() {
        // Switched on anew at 1970, a minute ago.
        let time = synchronised("b", at(60_000, 60_000), NOON);
        for wall in [30_000, 59_000, 61_000, HOUR] {
            assert_eq!(time.of_press(&pressed(wall, stamp("a", 1, None))), None, "{wall}");
        }
    }

    #[test]
    fn the_time_of_this_boot_outlives_the_program_and_no_other() {
        let mut time = synchronised("a", at(0, 1_000), NOON);
        let stored = time.take_news();
        assert!(stored.is_some() && time.take_news().is_none(), "once");
        let again = ServerTime::remembered("a".to_owned(), stored.clone(), at(7, 61_000));
        assert_eq!(again.at(61_000), Some(NOON + 60_000));
        let rebooted = ServerTime::remembered("b".to_owned(), stored, at(7, 61_000));
        assert_eq!(rebooted.at(61_000), None);
    }
}
