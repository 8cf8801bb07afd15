//! One console on its way through the feed: what it was shown, and what it is shown next.

use super::audience::{Audience, Shown};
use super::console_ending::Ending;
use super::console_frames::Subscription;
use super::cursor::{Cursor, Next};
use super::epoch::Known;
use super::speaker::Speaker;
use super::{arrivals, encode, positions, presence, snapshot};
use crate::live::limits::MOST_CATCH_UPS;
use crate::live::shared::Shared;
use axum::body::Bytes;
use axum::extract::ws::Message;
use std::sync::Arc;
use wire_protocol::console::{FeedMessage, ServiceState};

/// Where a console is, and what it was shown.
pub(super) struct Follower {
    shared: Arc<Shared>,
    audience: Arc<Audience>,
    cursor: Cursor,
    shown_tick: Option<u64>,
    shown_service: Option<ServiceState>,
    /// The number of the newest list of arrivals it has; 0 for none.
    shown_arrivals: u64,
    catch_ups: u8,
    /// The epoch within which it fell behind so often.
    epoch: String,
}

impl Follower {
    /// Brings a console up to date: from where it was, or with a snapshot.
    pub(super) async fn begin(
        speaker: &mut Speaker,
        audience: Arc<Audience>,
        asked: &Subscription,
    ) -> Result<Self, Ending> {
        let shared = speaker.shared.clone();
        let known = asked.epoch.as_deref().map_or(Known::Foreign, |it| shared.feed.knows(it));
        let resumed = Cursor::resume(&shared, &audience, known, &asked.seen);
        let was_resumed = resumed.is_some();
        let epoch = shared.feed.epoch();
        let mut follower = Self {
            shared,
            audience,
            cursor: resumed.unwrap_or_else(|| Cursor::at(&[])),
            shown_tick: None,
            shown_service: None,
            shown_arrivals: 0,
            catch_ups: 0,
            epoch,
        };
        if was_resumed {
            follower.shared.counters.resumed.increment(1);
            if known == Known::OfAnotherServer {
                follower.send_presence(speaker).await?;
            }
        } else {
            follower.send_snapshot(speaker).await?;
        }
        follower.catch_up(speaker).await?;
        Ok(follower)
    }

    /// Whose terminals have a link and whose have none: no number tells what was missed of that at another
    /// server, and a vehicle that this one has never seen may have been online there.
    async fn send_presence(&self, speaker: &mut Speaker) -> Result<(), Ending> {
        let now = self.shared.clock.now();
        let mut links = Vec::new();
        self.shared.fleet.for_each(|cell| {
            if cell.centre().is_some_and(|centre| self.audience.sees(centre)) {
                links.push(presence(cell, cell.presence_since().unwrap_or(now)));
            }
        });
        for text in links {
            speaker.text(text).await?;
        }
        Ok(())
    }

    async fn send_snapshot(&mut self, speaker: &mut Speaker) -> Result<(), Ending> {
        let made = snapshot::snapshot(&self.shared, &self.audience).await;
        self.cursor = Cursor::at(&made.positions);
        self.shown_service = None;
        self.shown_arrivals = 0;
        self.shown_tick = None;
        self.shared.counters.snapshots.increment(1);
        speaker.text(made.text.clone()).await
    }

    /// Everything that is there now; a console that fell off the rings gets a snapshot first, once.
    async fn catch_up(&mut self, speaker: &mut Speaker) -> Result<(), Ending> {
        loop {
            if let Some(messages) = self.cursor.catch_up(&self.shared, &self.audience) {
                for text in messages {
                    speaker.text(text).await?;
                }
                return Ok(());
            }
            self.fall_behind(speaker).await?;
        }
    }

    async fn fall_behind(&mut self, speaker: &mut Speaker) -> Result<(), Ending> {
        self.shared.counters.fell_behind.increment(1);
        // Where the feed itself began anew, every console falls behind.
        let epoch = self.shared.feed.epoch();
        if std::mem::replace(&mut self.epoch, epoch.clone()) != epoch {
            self.catch_ups = 0;
        }
        self.catch_ups += 1;
        if self.catch_ups > MOST_CATCH_UPS {
            return Err(Ending::TooSlow);
        }
        self.send_snapshot(speaker).await
    }

    /// Sends everything that is new, the newest positions last.
    pub(super) async fn send_what_is_new(&mut self, speaker: &mut Speaker) -> Result<(), Ending> {
        loop {
            match self.cursor.next(&self.shared, &self.audience) {
                Next::Messages(messages) => {
                    for text in messages {
                        speaker.text(text).await?;
                    }
                }
                Next::Behind => {
                    self.fall_behind(speaker).await?;
                    self.catch_up(speaker).await?;
                }
                Next::Nothing => break,
            }
        }
        let service = self.shared.feed.service();
        if self.shown_service.as_ref() != Some(&service) {
            self.shown_service = Some(service.clone());
            speaker.text(encode(&FeedMessage::Service(service))).await?;
        }
        let arrivals = arrivals::since(&self.shared, &self.audience, self.shown_arrivals);
        if let Some((number, text)) = arrivals {
            self.shown_arrivals = number;
            speaker.text(text).await?;
        }
        self.send_positions(speaker).await
    }

    /// The newest tick only: a console that missed some is shown all positions instead.
    async fn send_positions(&mut self, speaker: &mut Speaker) -> Result<(), Ending> {
        let (tick, shown) = self.audience.since(self.shown_tick);
        let missed = self.shown_tick.map_or(0, |seen| tick.saturating_sub(seen + 1));
        self.shared.counters.ticks_skipped.increment(missed);
        self.shown_tick = Some(tick);
        let frame: Bytes = match shown {
            Shown::Nothing | Shown::Still => return Ok(()),
            Shown::Moved(frame) => frame,
            Shown::All(Some(frame)) => frame,
            Shown::All(None) => {
                let frame = positions::all_positions(&self.shared, &self.audience);
                self.audience.keep_all(tick, &frame);
                frame
            }
        };
        speaker.send(Message::Binary(frame)).await
    }
}
