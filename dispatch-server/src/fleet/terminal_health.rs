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
/// How long what was told may be on its way into the journal; what did not get there is told again.
const ON_ITS_WAY: Duration = Duration::from_secs(10);

/// Turns of links and the state of the disk of one vehicle's terminals.
#[derive(Debug, Default)]
pub(super) struct TerminalHealth {
    turns: VecDeque<Instant>,
    turns_told: Option<Instant>,
    /// Its disk fails.
    pub(super) storage: Fault,
    /// Its receiver has a wrong date.
    pub(super) receiver: Fault,
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
}

/// Something that may stand wrong with a terminal, and when that was told.
#[derive(Debug, Default)]
pub(super) struct Fault {
    told: Option<Instant>,
    end_told: Option<Instant>,
}

impl Fault {
    /// The terminal says whether it stands; the centre knows it as `known`. Given back when it is to be told:
    /// the end of all that is known, its beginning not more often than every ten minutes.
    pub(super) fn turned(&mut self, stands: bool, known: bool, now: Instant) -> Option<bool> {
        let (told, for_long) = match stands {
            true => (&mut self.told, TOLD_FOR),
            false => (&mut self.end_told, ON_ITS_WAY),
        };
        if stands == known || told.is_some_and(|at| now.duration_since(at) < for_long) {
            return None;
        }
        *told = Some(now);
        Some(stands)
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
        let (mut health, start) = (TerminalHealth::default(), dispatch_desk::clock::steady_now());
        let told: Vec<Option<u32>> =
            [0, 10, 20, 30, 40].map(|s| health.turn(start + after(s))).to_vec();
        assert_eq!(told, [None, None, None, Some(4), None]);
        let later = [0, 10, 20, 30].map(|s| health.turn(start + after(700 + s)));
        assert_eq!(later.last(), Some(&Some(4)), "and again when it goes on");
    }

    #[test]
    fn three_turns_a_minute_are_an_evening_in_the_mountains() {
        let (mut health, start) = (TerminalHealth::default(), dispatch_desk::clock::steady_now());
        assert!((0..100).all(|turn| health.turn(start + after(21 * turn)).is_none()));
    }

    #[test]
    fn a_failing_disk_is_told_and_so_is_its_recovery() {
        let (mut disk, start) = (Fault::default(), dispatch_desk::clock::steady_now());
        assert_eq!(disk.turned(false, false, start), None, "a healthy disk is no news");
        assert_eq!(disk.turned(true, false, start), Some(true));
        assert_eq!(disk.turned(true, false, start), None, "it is on its way into the journal");
        assert_eq!(disk.turned(true, true, start + after(1)), None);
        assert_eq!(disk.turned(false, true, start + after(5)), Some(false));
        assert_eq!(disk.turned(true, false, start + after(6)), None, "not every flutter");
        assert_eq!(disk.turned(true, false, start + after(700)), Some(true));
    }

    #[test]
    fn what_another_server_noted_is_ended_by_this_one() {
        let (mut disk, start) = (Fault::default(), dispatch_desk::clock::steady_now());
        assert_eq!(disk.turned(false, true, start), Some(false));
    }
}
