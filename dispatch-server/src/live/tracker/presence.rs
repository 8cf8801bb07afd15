//! Whether a vehicle's terminal has a live link, here or at another server, and since when.

use super::LinkSignal;
use crate::live::between::ServerRun;
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
    /// By the terminal's own clock.
    begun: Timestamp,
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

    /// When the link here began, by the terminal's clock.
    pub(super) fn begun(&self) -> Option<Timestamp> {
        self.here.as_ref().map(|held| held.begun)
    }

    pub(super) fn is_held_by(&self, server: ServerRun) -> bool {
        self.elsewhere == Some(server)
    }

    pub(super) fn attach(
        &mut self,
        signal: Arc<LinkSignal>,
        begun: Timestamp,
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
        begun: Timestamp,
        now: Timestamp,
    ) -> CameElsewhere {
        if self.here.as_ref().is_some_and(|held| held.begun > begun) {
            return CameElsewhere { superseded: None, is_online_by_that: false };
        }
        let is_online_by_that = self.turns(now);
        self.elsewhere = Some(server);
        CameElsewhere { superseded: self.link(), is_online_by_that }
    }

    /// Another server says that it holds the link. A sign of life ends nothing and moves nothing, it only
    /// fills a gap. True when the vehicle is online by that.
    pub(super) fn hold_elsewhere(&mut self, server: ServerRun, now: Timestamp) -> bool {
        let is_online_by_that = self.turns(now);
        if is_online_by_that {
            self.elsewhere = Some(server);
        }
        is_online_by_that
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

    fn linked(begun: i64) -> (Presence, Arc<LinkSignal>) {
        let mut presence = Presence::default();
        let signal = Arc::new(LinkSignal::default());
        presence.attach(signal.clone(), Timestamp(begun), NOW);
        (presence, signal)
    }

    #[test]
    fn late_word_of_an_older_link_ends_nothing() {
        let server = ServerRun::begin();
        let (mut presence, signal) = linked(20);
        let late = presence.come_elsewhere(server, Timestamp(10), NOW);
        assert!(late.superseded.is_none() && !presence.is_held_by(server));
        let newer = presence.come_elsewhere(server, Timestamp(30), NOW);
        assert!(newer.superseded.is_some_and(|it| Arc::ptr_eq(&it, &signal)));
        assert_eq!(presence.detach(&signal, NOW), (true, false), "it is online elsewhere");
    }

    #[test]
    fn a_sign_of_life_fills_a_gap_and_moves_nothing() {
        let (old, new) = (ServerRun::begin(), ServerRun::begin());
        let mut presence = Presence::default();
        assert!(presence.hold_elsewhere(new, NOW));
        assert!(!presence.hold_elsewhere(old, NOW), "it is online already");
        assert!(!presence.go_elsewhere(old, NOW), "the other still holds it");
        assert!(presence.go_elsewhere(new, NOW) && !presence.is_online());
    }

    #[test]
    fn the_time_of_a_change_stays_while_a_terminal_only_moves() {
        let (mut presence, signal) = linked(20);
        presence.come_elsewhere(ServerRun::begin(), Timestamp(30), Timestamp(5_000));
        presence.detach(&signal, Timestamp(6_000));
        assert_eq!(presence.since(), Some(NOW));
    }
}
