//! One console's link: one task from its subscription to its end.

use super::console_ending::Ending;
use super::console_frames::decode;
use super::encode;
use super::follower::Follower;
use super::speaker::Speaker;
use crate::live::Viewer;
use crate::live::allowance::{Bucket, Pace};
use crate::live::limits::CONSOLE_FRAMES;
use crate::live::shared::Shared;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;
use tokio::time::MissedTickBehavior;
use wire_protocol::console::{ConsoleMessage, FeedMessage};

/// Runs a console's link to its end. The caller has checked the session and what it may see.
pub(in crate::live) async fn run(shared: Arc<Shared>, viewer: Viewer, socket: WebSocket) {
    let _counted = Counted::one(shared.counters.console_links.clone());
    let mut speaker = Speaker { shared: shared.clone(), viewer, socket };
    let ending = match serve(&mut speaker).await {
        Ok(never) => match never {},
        Err(ending) => ending,
    };
    let code = ending.code();
    tracing::info!(person = %speaker.viewer.person, code, "console link ended");
    metrics::counter!("helan_console_links_ended_total", "code" => code).increment(1);
    speaker.farewell(ending).await;
}

/// Counts a link for as long as it lives, however it ends.
struct Counted(metrics::Gauge);

impl Counted {
    fn one(gauge: metrics::Gauge) -> Self {
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

async fn serve(speaker: &mut Speaker) -> Result<Infallible, Ending> {
    let shared = speaker.shared.clone();
    let mut wake = shared.feed.wake.subscribe();
    let mut moves = shared.moves.subscribe();
    let subscription = speaker.subscription().await?;
    let audience = shared.feed.audiences.join(
        speaker.viewer.sees.iter().filter_map(|centre| shared.feed.number_of(centre)).collect(),
    );
    let mut follower = Follower::begin(speaker, audience, &subscription).await?;
    let mut listener = Listener::new();
    let mut heartbeat = tokio::time::interval(shared.settings.heartbeat);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        follower.send_what_is_new(speaker).await?;
        tokio::select! {
            biased;
            () = speaker.viewer.session_ended.cancelled() => return Err(Ending::SignedOut),
            () = shared.stop.cancelled() => return Err(Ending::Stopping),
            _ = moves.changed() => return Err(Ending::Stopping),
            frame = speaker.socket.recv() => listener.take(speaker, frame).await?,
            _ = wake.changed() => {}
            _ = heartbeat.tick() => listener.look_around(speaker).await?,
        }
    }
}

/// What a console sends after its subscription: signs of life.
struct Listener {
    last_heard: Instant,
    bucket: Bucket,
}

impl Listener {
    fn new() -> Self {
        let now = Instant::now();
        Self { last_heard: now, bucket: Bucket::full(&CONSOLE_FRAMES, now) }
    }

    async fn take(
        &mut self,
        speaker: &mut Speaker,
        frame: Option<Result<Message, axum::Error>>,
    ) -> Result<(), Ending> {
        let frame = frame.ok_or(Ending::Lost)?.map_err(|_| Ending::Unreadable)?;
        self.last_heard = Instant::now();
        match self.bucket.take(&CONSOLE_FRAMES, self.last_heard) {
            Pace::Go => {}
            Pace::Hold(_) | Pace::Flood => return Err(Ending::Flood),
        }
        match decode(&frame)? {
            None => Ok(()),
            Some(ConsoleMessage::Ping { clock }) => {
                let server_time = speaker.shared.clock.now().0;
                speaker.text(encode(&FeedMessage::Pong { clock, server_time })).await
            }
            // A second subscription: the scope of a link never changes.
            Some(ConsoleMessage::Subscribe { .. }) => Err(Ending::BadFrame),
        }
    }

    async fn look_around(&mut self, speaker: &mut Speaker) -> Result<(), Ending> {
        let limit = speaker.shared.settings.silence_limit;
        let quiet_for = self.last_heard.elapsed();
        if quiet_for >= limit {
            return Err(Ending::Silent);
        }
        if quiet_for >= limit / 3 {
            speaker.send(Message::Ping(Bytes::new())).await?;
        }
        Ok(())
    }
}
