//! The other servers, as far as they have been heard of.

use super::{LOST_AFTER, MOST_SERVERS};
use crate::fleet::ServerRun;
use std::collections::HashMap;
use tokio::time::Instant;

/// When each other server was last heard, and whether its clock is doubted.
#[derive(Debug, Default)]
pub(super) struct Others(HashMap<ServerRun, Other>);

#[derive(Clone, Copy, Debug)]
struct Other {
    heard: Instant,
    clock_doubtful: bool,
}

impl Others {
    /// Notes that a server was heard; false when there are too many to listen to one more.
    pub(super) fn heard(&mut self, run: ServerRun, now: Instant) -> bool {
        if self.0.len() >= MOST_SERVERS && !self.0.contains_key(&run) {
            return false;
        }
        self.0.entry(run).or_insert(Other { heard: now, clock_doubtful: true }).heard = now;
        true
    }

    /// Whether a server was heard before.
    pub(super) fn knows(&self, run: ServerRun) -> bool {
        self.0.contains_key(&run)
    }

    /// Notes what a server says of its own clock.
    pub(super) fn tells_of_clock(&mut self, run: ServerRun, doubtful: bool) {
        if let Some(other) = self.0.get_mut(&run) {
            other.clock_doubtful = doubtful;
        }
    }

    /// Whether there is one that has said that its clock agrees with the others. One that has only begun has not
    /// compared them yet.
    pub(super) fn has_better_clock(&self) -> bool {
        self.0.values().any(|other| !other.clock_doubtful)
    }

    /// Forgets a server that has left.
    pub(super) fn forget(&mut self, run: ServerRun) {
        self.0.remove(&run);
    }

    /// Forgets and gives those from whom nothing was heard for too long.
    pub(super) fn take_lost(&mut self, now: Instant) -> Vec<ServerRun> {
        let is_lost = |other: &Other| now.duration_since(other.heard) >= LOST_AFTER;
        self.0.extract_if(|_, other| is_lost(other)).map(|(run, _)| run).collect()
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_silent_server_is_missed_after_three_signs_of_life() {
        let (mut others, begin) =
            (Others::default(), Instant::from_std(dispatch_desk::clock::steady_now()));
        let (quiet, alive) = (ServerRun::begin(), ServerRun::begin());
        others.heard(quiet, begin);
        others.heard(alive, begin + Duration::from_secs(5));
        assert_eq!(others.take_lost(begin + Duration::from_millis(5_999)), []);
        assert_eq!(others.take_lost(begin + LOST_AFTER), [quiet]);
        assert_eq!(others.count(), 1);
    }

    #[test]
    fn a_crowd_is_not_listened_to() {
        let (mut others, now) =
            (Others::default(), Instant::from_std(dispatch_desk::clock::steady_now()));
        let heard = (0..100).filter(|_| others.heard(ServerRun::begin(), now)).count();
        assert_eq!(heard, MOST_SERVERS);
    }

    #[test]
    fn a_clock_is_better_elsewhere_only_while_somebody_there_believes_his_own() {
        let (mut others, now) =
            (Others::default(), Instant::from_std(dispatch_desk::clock::steady_now()));
        assert!(!others.has_better_clock(), "nobody is there");
        let (one, two) = (ServerRun::begin(), ServerRun::begin());
        others.heard(one, now);
        others.heard(two, now);
        assert!(!others.has_better_clock(), "neither has said a word of its clock");
        others.tells_of_clock(one, true);
        others.tells_of_clock(two, false);
        assert!(others.has_better_clock());
        others.tells_of_clock(two, true);
        assert!(!others.has_better_clock(), "the clock they all go by is the doubtful one");
    }
}
