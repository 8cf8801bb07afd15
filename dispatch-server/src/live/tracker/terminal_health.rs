//! What a vehicle's links show of its terminal: links that end one another, and a disk that fails.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Links that may end one another within a minute before it is told. A terminal that leaves a tunnel does
/// so once or twice.
const MOST_TURNS: usize = 3;
/// The time in which turns are counted.
const TURNS_WITHIN: Duration = Duration::from_secs(60);
/// How long the same trouble is not told again: two terminals may fight for hours, a disk come and go.
const TOLD_FOR: Duration = Duration::from_secs(600);

/// Turns of links and the state of the disk of one vehicle's terminals.
#[derive(Debug, Default)]
pub(super) struct TerminalHealth {
    turns: VecDeque<Instant>,
    turns_told: Option<Instant>,
    storage_fails: bool,
    storage_told: Option<Instant>,
}

impl TerminalHealth {
    /// A link took over from one that was still there. Gives how many did within a minute, when that is
    /// too many and was not told of late.
    pub(super) fn turn(&mut self, now: Instant) -> Option<u32> {
        self.turns.retain(|at| now.duration_since(*at) < TURNS_WITHIN);
        // One more than can be told would only take room.
        if self.turns.len() > 2 * MOST_TURNS {
            self.turns.pop_front();
        }
        self.turns.push_back(now);
        let is_told = self.turns_told.is_some_and(|at| now.duration_since(at) < TOLD_FOR);
        if self.turns.len() <= MOST_TURNS || is_told {
            return None;
        }
        self.turns_told = Some(now);
        u32::try_from(self.turns.len()).ok()
    }

    /// The terminal says whether its disk fails. Gives it back when it is to be told: recovery once after
    /// every failure told, failure not more often than every ten minutes.
    pub(super) fn storage(&mut self, fails: bool, now: Instant) -> Option<bool> {
        if fails == self.storage_fails {
            return None;
        }
        let is_told = self.storage_told.is_some_and(|at| now.duration_since(at) < TOLD_FOR);
        if fails && is_told {
            return None;
        }
        self.storage_fails = fails;
        if fails {
            self.storage_told = Some(now);
        }
        Some(fails)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn more_than_three_turns_in_a_minute_are_told_once() {
        let (mut health, start) = (TerminalHealth::default(), Instant::now());
        let told: Vec<Option<u32>> =
            [0, 10, 20, 30, 40].map(|s| health.turn(start + after(s))).to_vec();
        assert_eq!(told, [None, None, None, Some(4), None]);
        let later = [0, 10, 20, 30].map(|s| health.turn(start + after(700 + s)));
        assert_eq!(later.last(), Some(&Some(4)), "and again when it goes on");
    }

    #[test]
    fn three_turns_a_minute_are_an_evening_in_the_mountains() {
        let (mut health, start) = (TerminalHealth::default(), Instant::now());
        assert!((0..100).all(|turn| health.turn(start + after(21 * turn)).is_none()));
    }

    #[test]
    fn a_failing_disk_is_told_and_so_is_its_recovery() {
        let (mut health, start) = (TerminalHealth::default(), Instant::now());
        assert_eq!(health.storage(false, start), None, "a healthy disk is no news");
        assert_eq!(health.storage(true, start), Some(true));
        assert_eq!(health.storage(true, start), None);
        assert_eq!(health.storage(false, start + after(5)), Some(false));
        assert_eq!(health.storage(true, start + after(6)), None, "not every flutter");
        assert_eq!(health.storage(true, start + after(700)), Some(true));
    }
}
