//! Whether a vehicle's terminal has a live link, here or at another server, and since when.

use super::LinkSignal;
use super::ServerRun;
use dispatch_core::model::Timestamp;
use std::sync::Arc;

/// A vehicle's presence. A terminal has one live link; two are known for a moment when it moves from one
/// server to another.
#[derive(Debug, Default)]
pub(super) struct Presence {
    here: Option<Held>,
    elsewhere: Option<ServerRun>,
    since: Option<Timestamp>,
}

#[derive(Debug)]
struct Held {
    signal: Arc<LinkSignal>,
    begun: Begun,
}

/// Two links begun closer together than this are ordered by the terminal's clock: servers' common time is not exact.
const SERVERS_AGREE_MILLIS: i64 = 1_000;

/// When a link began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Begun {
    /// By the terminal's own clock, which may be wrong by years and set right at any moment.
    pub(crate) terminal: Timestamp,
    /// By the time that servers share; nothing from a server of an earlier release.
    pub(crate) server: Option<Timestamp>,
}

impl Begun {
    /// Whether this link began after the other, as surely as can be told.
    fn is_clearly_after(self, other: Self) -> bool {
        match (self.server, other.server) {
            (Some(this), Some(that)) => this.millis_since(that) > SERVERS_AGREE_MILLIS,
            (Some(_) | None, None) | (None, Some(_)) => false,
        }
    }

    fn is_after(self, other: Self) -> bool {
        if other.is_clearly_after(self) {
            return false;
        }
        self.is_clearly_after(other) || self.terminal > other.terminal
    }
}

/// What a new link here means.
#[derive(Debug)]
pub(crate) struct Attachment {
    /// The link it replaces, which the caller has to end.
    pub(crate) replaced: Option<Arc<LinkSignal>>,
    /// Whether the vehicle is online by it and was not before.
    pub(crate) is_online_by_that: bool,
}

/// What a new link at another server means.
#[derive(Debug)]
pub(crate) struct CameElsewhere {
    /// The link here that the terminal has left for it, which the caller has to end.
    pub(crate) superseded: Option<Arc<LinkSignal>>,
    /// Whether the vehicle is online by it and was not before.
    pub(crate) is_online_by_that: bool,
}

impl Presence {
    pub(super) fn is_online(&self) -> bool {
        self.here.is_some() || self.elsewhere.is_some()
    }

    pub(super) fn since(&self) -> Option<Timestamp> {
        self.since
    }

    pub(super) fn link(&self) -> Option<Arc<LinkSignal>> {
        self.here.as_ref().map(|held| held.signal.clone())
    }

    /// When the link here began.
    pub(super) fn begun(&self) -> Option<Begun> {
        self.here.as_ref().map(|held| held.begun)
    }

    pub(super) fn is_held_by(&self, server: ServerRun) -> bool {
        self.elsewhere == Some(server)
    }

    pub(super) fn attach(
        &mut self,
        signal: Arc<LinkSignal>,
        begun: Begun,
        now: Timestamp,
    ) -> Attachment {
        let is_online_by_that = self.turns(now);
        self.elsewhere = None;
        let replaced = self.here.replace(Held { signal, begun }).map(|held| held.signal);
        Attachment { replaced, is_online_by_that }
    }

    /// Forgets a link that ended; whether it was the live one, and whether the vehicle is offline by that.
    pub(super) fn detach(&mut self, signal: &Arc<LinkSignal>, now: Timestamp) -> (bool, bool) {
        let is_current = self.here.as_ref().is_some_and(|held| Arc::ptr_eq(&held.signal, signal));
        if is_current {
            self.here = None;
        }
        (is_current, is_current && self.turns(now))
    }

    /// A link began at another server. Word of one that began before the link here came late and means nothing.
    pub(super) fn come_elsewhere(
        &mut self,
        server: ServerRun,
        begun: Begun,
        now: Timestamp,
    ) -> CameElsewhere {
        if self.here.as_ref().is_some_and(|held| held.begun.is_after(begun)) {
            return CameElsewhere { superseded: None, is_online_by_that: false };
        }
        let is_online_by_that = self.turns(now);
        self.elsewhere = Some(server);
        CameElsewhere { superseded: self.link(), is_online_by_that }
    }

    /// Another server says that it holds the link. A sign of life fills a gap; it ends the link here only when that
    /// one clearly began later, and the word that it came was lost.
    pub(super) fn hold_elsewhere(
        &mut self,
        server: ServerRun,
        begun: Begun,
        now: Timestamp,
    ) -> CameElsewhere {
        if self.here.as_ref().is_some_and(|held| begun.is_clearly_after(held.begun)) {
            return self.come_elsewhere(server, begun, now);
        }
        let is_online_by_that = self.turns(now);
        if is_online_by_that {
            self.elsewhere = Some(server);
        }
        CameElsewhere { superseded: None, is_online_by_that }
    }

    /// Another server no longer holds the link; true when the vehicle is offline by that.
    pub(super) fn go_elsewhere(&mut self, server: ServerRun, now: Timestamp) -> bool {
        if !self.is_held_by(server) {
            return false;
        }
        self.elsewhere = None;
        self.turns(now)
    }

    /// Where nobody holds the link, online and offline change over now. True then.
    fn turns(&mut self, now: Timestamp) -> bool {
        let turns = !self.is_online();
        if turns {
            self.since = Some(now);
        }
        turns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);
    /// A terminal whose clock is twenty years ahead.
    const AHEAD: i64 = 631_152_000_000;

    /// By the terminal's clock alone, as servers of an earlier release tell it.
    fn at(terminal: i64) -> Begun {
        Begun { terminal: Timestamp(terminal), server: None }
    }

    fn both(terminal: i64, server: i64) -> Begun {
        Begun { terminal: Timestamp(terminal), server: Some(Timestamp(server)) }
    }

    fn linked(begun: Begun) -> (Presence, Arc<LinkSignal>) {
        let mut presence = Presence::default();
        let signal = Arc::new(LinkSignal::default());
        presence.attach(signal.clone(), begun, NOW);
        (presence, signal)
    }

    #[test]
    fn late_word_of_an_older_link_ends_nothing() {
        for (held, older, newer) in [
            (at(20), at(10), at(30)),
            (both(20, 2_020), both(10, 2_010), both(30, 2_030)),
            (both(20, 20_000), both(AHEAD, 10_000), both(10, 30_000)),
            (both(20, 20_000), at(10), at(30)),
        ] {
            let server = ServerRun::begin();
            let (mut presence, signal) = linked(held);
            let late = presence.come_elsewhere(server, older, NOW);
            assert!(late.superseded.is_none() && !presence.is_held_by(server));
            let newer = presence.come_elsewhere(server, newer, NOW);
            assert!(newer.superseded.is_some_and(|it| Arc::ptr_eq(&it, &signal)));
            assert_eq!(presence.detach(&signal, NOW), (true, false), "it is online elsewhere");
        }
    }

    #[test]
    fn a_link_of_a_terminal_whose_clock_was_ahead_does_not_outlive_the_next() {
        let (mut presence, signal) = linked(both(AHEAD, 10_000));
        let came = presence.come_elsewhere(ServerRun::begin(), both(0, 15_000), NOW);
        assert!(came.superseded.is_some_and(|it| Arc::ptr_eq(&it, &signal)));
    }

    #[test]
    fn a_sign_of_life_of_a_later_link_ends_a_dead_twin() {
        let (mut presence, signal) = linked(both(0, 10_000));
        let older = presence.hold_elsewhere(ServerRun::begin(), both(0, 5_000), NOW);
        assert!(older.superseded.is_none(), "the other has not noticed yet that its link is dead");
        let later = presence.hold_elsewhere(ServerRun::begin(), both(0, 15_000), NOW);
        assert!(later.superseded.is_some_and(|it| Arc::ptr_eq(&it, &signal)));
    }

    #[test]
    fn a_sign_of_life_fills_a_gap_and_moves_nothing() {
        let (old, new) = (ServerRun::begin(), ServerRun::begin());
        let mut presence = Presence::default();
        assert!(presence.hold_elsewhere(new, at(1), NOW).is_online_by_that);
        let again = presence.hold_elsewhere(old, at(1), NOW);
        assert!(!again.is_online_by_that, "it is online already");
        assert!(!presence.go_elsewhere(old, NOW), "the other still holds it");
        assert!(presence.go_elsewhere(new, NOW) && !presence.is_online());
    }

    #[test]
    fn the_time_of_a_change_stays_while_a_terminal_only_moves() {
        let (mut presence, signal) = linked(at(20));
        presence.come_elsewhere(ServerRun::begin(), at(30), Timestamp(5_000));
        presence.detach(&signal, Timestamp(6_000));
        assert_eq!(presence.since(), Some(NOW));
    }
}
