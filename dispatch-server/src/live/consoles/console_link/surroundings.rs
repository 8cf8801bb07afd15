//! What a console's link asks of the feed, carried out: where it is in the rings, and what is there.

use super::frames::Subscription;
use super::machine::{Answer, Ask, ConsoleLink, Event};
use crate::live::Viewer;
use crate::live::consoles::cursor::{Cursor, Next};
use crate::live::consoles::{arrivals, positions, snapshot};
use crate::live::feed::{Audience, Known, Shown, presence};
use crate::live::limits::CONSOLE_WRITE_LIMIT;
use crate::live::link::Surroundings;
use crate::live::shared::Shared;
use axum::extract::ws::Message;
use dispatch_desk::clock::Clock;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The server, as one console's link meets it.
pub(super) struct Around {
    shared: Arc<Shared>,
    viewer: Viewer,
    /// Taken before the console is brought up to date, so that nothing is missed.
    news: watch::Receiver<u64>,
    moves: watch::Receiver<u64>,
    ready: watch::Receiver<bool>,
    waits_until_ready: bool,
    place: Option<Place>,
}

/// Where the console is.
struct Place {
    audience: Arc<Audience>,
    cursor: Cursor,
}

impl Around {
    pub(super) fn new(shared: Arc<Shared>, viewer: Viewer) -> Self {
        let (news, moves) = (shared.feed.wake.subscribe(), shared.moves.subscribe());
        let ready = shared.feed.ready.subscribe();
        Self { shared, viewer, news, moves, ready, waits_until_ready: false, place: None }
    }

    fn resume(&mut self, asked: &Subscription) -> Answer<Message> {
        let (shared, feed) = (&self.shared, &self.shared.feed);
        let sees = self.viewer.sees.iter().filter_map(|centre| feed.number_of(centre));
        let audience = feed.audiences.join(sees.collect());
        let known = asked.epoch.as_deref().map_or(Known::Foreign, |it| feed.knows(it));
        let resumed = Cursor::resume(shared, &audience, known, &asked.seen);
        let epoch = feed.epoch();
        let answer = match &resumed {
            None => Answer::Foreign { epoch },
            Some(_) => {
                shared.counters.resumed.increment(1);
                let was_elsewhere = known == Known::OfAnotherServer;
                let links = if was_elsewhere { links(shared, &audience) } else { Vec::new() };
                Answer::Resumed { epoch, links }
            }
        };
        let cursor = resumed.unwrap_or_else(|| Cursor::at(&[]));
        self.place = Some(Place { audience, cursor });
        answer
    }
}

impl Place {
    async fn snapshot(&mut self, shared: &Shared) -> Answer<Message> {
        let made = snapshot::snapshot(shared, &self.audience).await;
        self.cursor = Cursor::at(&made.positions);
        shared.counters.snapshots.increment(1);
        Answer::Snapshot(Message::Text(made.text.clone()))
    }

    fn catch_up(&mut self, shared: &Shared) -> Answer<Message> {
        match self.cursor.catch_up(shared, &self.audience) {
            Some(messages) => Answer::CaughtUp(messages.into_iter().map(Message::Text).collect()),
            None => behind(shared),
        }
    }

    fn changes(&mut self, shared: &Shared) -> Answer<Message> {
        match self.cursor.next(shared, &self.audience) {
            Next::Messages(messages) => {
                Answer::Changes(messages.into_iter().map(Message::Text).collect())
            }
            Next::Nothing => Answer::Changes(Vec::new()),
            Next::Behind => behind(shared),
        }
    }

    /// The newest tick only: a console that missed some is shown all positions instead.
    fn positions(&self, shared: &Shared, seen: Option<u64>) -> Answer<Message> {
        let (tick, shown) = self.audience.since(seen);
        let missed = seen.map_or(0, |seen| tick.saturating_sub(seen + 1));
        shared.counters.ticks_skipped.increment(missed);
        let frame = match shown {
            Shown::Nothing | Shown::Still => None,
            Shown::Moved(frame) => Some(frame),
            Shown::All(Some(frame)) => Some(frame),
            Shown::All(None) => {
                let frame = positions::all_positions(shared, &self.audience);
                self.audience.keep_all(tick, &frame);
                Some(frame)
            }
        };
        Answer::Positions { tick, frame: frame.map(Message::Binary) }
    }
}

impl Surroundings<ConsoleLink<Message>> for Around {
    const WRITE_LIMIT: Duration = CONSOLE_WRITE_LIMIT;

    fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    async fn execute(&mut self, ask: Ask) -> Option<Answer<Message>> {
        let shared = &self.shared;
        match (ask, &mut self.place) {
            (Ask::TellWhenReady, _) => {
                self.waits_until_ready = true;
                None
            }
            (Ask::Resume(asked), _) => Some(self.resume(&asked)),
            (Ask::Service, _) => Some(Answer::Service(shared.feed.service())),
            (Ask::Snapshot, Some(place)) => Some(place.snapshot(shared).await),
            (Ask::CatchUp, Some(place)) => Some(place.catch_up(shared)),
            (Ask::Changes, Some(place)) => Some(place.changes(shared)),
            (Ask::Arrivals(seen), Some(place)) => {
                let newer = arrivals::since(shared, &place.audience, seen);
                Some(Answer::Arrivals(newer.map(|(number, list)| (number, Message::Text(list)))))
            }
            (Ask::Positions(seen), Some(place)) => Some(place.positions(shared, seen)),
            // A link asks for these only after it was resumed or told that it cannot be.
            (
                Ask::Snapshot | Ask::CatchUp | Ask::Changes | Ask::Arrivals(_) | Ask::Positions(_),
                None,
            ) => None,
        }
    }

    fn wakeups(
        &mut self,
    ) -> (impl Future<Output = Event> + Send, impl Future<Output = Event> + Send) {
        let Self { shared, viewer, news, moves, ready, waits_until_ready, place } = self;
        let follows = place.is_some();
        let waits = *waits_until_ready && !follows;
        let urgent = async move {
            // What is watched is the feed's, which outlives its links.
            tokio::select! {
                biased;
                () = viewer.session_ended.cancelled() => Event::SignedOut,
                () = shared.stop.cancelled() => Event::Stopping,
                _ = moves.changed(), if follows => Event::Stopping,
                _ = ready.wait_for(|ready| *ready), if waits => Event::Ready,
            }
        };
        let usual = async move {
            if follows {
                let _ = news.changed().await;
                Event::News
            } else {
                std::future::pending().await
            }
        };
        (urgent, usual)
    }

    async fn interrupted(&mut self) -> Event {
        tokio::select! {
            biased;
            () = self.viewer.session_ended.cancelled() => Event::SignedOut,
            () = self.shared.stop.cancelled() => Event::Stopping,
        }
    }
}

fn behind(shared: &Shared) -> Answer<Message> {
    shared.counters.fell_behind.increment(1);
    Answer::Behind { epoch: shared.feed.epoch() }
}

/// Whose terminals have a link and whose have none: no number tells what was missed of that at another
/// server, and a vehicle that this one has never seen may have been online there.
fn links(shared: &Shared, audience: &Audience) -> Vec<Message> {
    let now = shared.clock.now();
    let mut links = Vec::new();
    shared.fleet.for_each(|cell| {
        if cell.centre().is_some_and(|centre| audience.sees(centre)) {
            let since = cell.presence_since().unwrap_or(now);
            links.push(Message::Text(presence(cell, since)));
        }
    });
    links
}
