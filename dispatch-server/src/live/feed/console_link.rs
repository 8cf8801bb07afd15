//! One console's link: one task from its subscription to its end.

use super::audience::{Audience, Shown};
use super::cursor::{Cursor, Next};
use super::{encode, positions, snapshot};
use crate::live::Viewer;
use crate::live::allowance::{Bucket, Pace};
use crate::live::limits::{CONSOLE_FRAMES, CONSOLE_WRITE_LIMIT, FAREWELL_LIMIT, MOST_CATCH_UPS};
use crate::live::shared::Shared;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use std::sync::Arc;
use std::time::Instant;
use tokio::time::{MissedTickBehavior, timeout};
use wire_protocol::console::{ConsoleMessage, FeedMessage, SeenVersion, ServiceState};
use wire_protocol::{MAX_CONSOLE_FRAME_BYTES, PROTOCOL_VERSION};

/// Why a console's link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum Ending {
    #[error("the link was closed by the console or lost")]
    Lost,
    #[error("the link carried something that is no WebSocket frame, or one far too large")]
    Unreadable,
    #[error("no subscription came in time; send it first on every link")]
    NoSubscription,
    #[error("this server speaks another version of the protocol; reload the page")]
    Protocol,
    #[error("a frame was too large")]
    TooLarge,
    #[error("a frame was no message of this protocol")]
    BadFrame,
    #[error("frames come faster than any console has reason to send")]
    Flood,
    #[error("nothing was heard for too long")]
    Silent,
    #[error("the console cannot keep up with the feed; connect again")]
    TooSlow,
    #[error("the session has ended; sign in again")]
    SignedOut,
    #[error("the server is stopping; connect again in a moment")]
    Stopping,
}

impl Ending {
    const fn code(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Unreadable => "unreadable_frame",
            Self::NoSubscription => "no_subscription",
            Self::Protocol => "protocol_version",
            Self::TooLarge => "frame_too_large",
            Self::BadFrame => "bad_frame",
            Self::Flood => "flood",
            Self::Silent => "silent",
            Self::TooSlow => "too_slow",
            Self::SignedOut => "signed_out",
            Self::Stopping => "server_stopping",
        }
    }
}

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
    let closing = FeedMessage::Closing { code: code.to_owned(), message: ending.to_string() };
    let last_words = async {
        speaker.socket.send(Message::Text(encode(&closing))).await?;
        let frame = CloseFrame { code: close_code::POLICY, reason: code.into() };
        speaker.socket.send(Message::Close(Some(frame))).await?;
        // What is still coming is read away: closing over it would tear the last words as well.
        while let Some(Ok(_)) = speaker.socket.recv().await {}
        Ok::<(), axum::Error>(())
    };
    // Whether it arrives is out of our hands; the link ends either way.
    let _ = timeout(FAREWELL_LIMIT, last_words).await;
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

async fn serve(speaker: &mut Speaker) -> Result<std::convert::Infallible, Ending> {
    let shared = speaker.shared.clone();
    let mut wake = shared.feed.wake.subscribe();
    let subscription = speaker.subscription().await?;
    let audience = shared.feed.audiences.join(
        speaker.viewer.sees.iter().filter_map(|centre| shared.feed.number_of(centre)).collect(),
    );
    let cursor =
        Cursor::resume(&shared, &audience, subscription.epoch.as_deref(), &subscription.seen);
    let now = Instant::now();
    let mut follower = Follower {
        shared: shared.clone(),
        audience,
        cursor: Cursor::at(&[]),
        shown_tick: None,
        shown_service: None,
        catch_ups: 0,
    };
    match cursor {
        Some(cursor) => {
            shared.counters.resumed.increment(1);
            follower.cursor = cursor;
        }
        None => follower.send_snapshot(speaker).await?,
    }
    follower.catch_up(speaker).await?;
    let mut listener = Listener { last_heard: now, bucket: Bucket::full(&CONSOLE_FRAMES, now) };
    let mut heartbeat = tokio::time::interval(shared.settings.heartbeat);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        follower.send_what_is_new(speaker).await?;
        tokio::select! {
            biased;
            () = speaker.viewer.session_ended.cancelled() => return Err(Ending::SignedOut),
            () = shared.stop.cancelled() => return Err(Ending::Stopping),
            frame = speaker.socket.recv() => listener.take(speaker, frame).await?,
            _ = wake.changed() => {}
            _ = heartbeat.tick() => listener.look_around(speaker).await?,
        }
    }
}

/// What a console asked for.
struct Subscription {
    epoch: Option<String>,
    seen: Vec<SeenVersion>,
}

/// Writes to a console's socket, for as long as its session and the server last.
struct Speaker {
    shared: Arc<Shared>,
    viewer: Viewer,
    socket: WebSocket,
}

impl Speaker {
    /// The subscription, once it came and there is a picture to show.
    async fn subscription(&mut self) -> Result<Subscription, Ending> {
        let limit = self.shared.settings.first_message_limit;
        let mut ready = self.shared.feed.ready.subscribe();
        let asked = async {
            let asked = subscription(&mut self.socket).await?;
            // Fails only when the feed is gone, and the feed outlives its links.
            let _ = ready.wait_for(|ready| *ready).await;
            Ok(asked)
        };
        tokio::select! {
            asked = asked => asked,
            () = tokio::time::sleep(limit) => Err(Ending::NoSubscription),
            () = self.viewer.session_ended.cancelled() => Err(Ending::SignedOut),
            () = self.shared.stop.cancelled() => Err(Ending::Stopping),
        }
    }

    async fn text(&mut self, text: Utf8Bytes) -> Result<(), Ending> {
        self.send(Message::Text(text)).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Ending> {
        tokio::select! {
            biased;
            () = self.viewer.session_ended.cancelled() => Err(Ending::SignedOut),
            () = self.shared.stop.cancelled() => Err(Ending::Stopping),
            sent = timeout(CONSOLE_WRITE_LIMIT, self.socket.send(message)) => match sent {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) => Err(Ending::Lost),
                Err(_) => Err(Ending::TooSlow),
            },
        }
    }
}

async fn subscription(socket: &mut WebSocket) -> Result<Subscription, Ending> {
    loop {
        let frame = socket.recv().await.ok_or(Ending::Lost)?.map_err(|_| Ending::Unreadable)?;
        match decode(&frame)? {
            None => {}
            Some(ConsoleMessage::Subscribe { protocol, epoch, seen }) => {
                let is_ours = protocol == PROTOCOL_VERSION;
                return is_ours.then_some(Subscription { epoch, seen }).ok_or(Ending::Protocol);
            }
            Some(ConsoleMessage::Ping { .. }) => return Err(Ending::NoSubscription),
        }
    }
}

/// The message in a text frame of a console, read exactly as on a live link; nothing when it is none.
/// Needs no link, so that fuzzing reaches the same reader.
pub fn read_console_frame(text: &str) -> Option<ConsoleMessage> {
    decode(&Message::Text(text.into())).ok().flatten()
}

/// The message in a frame; nothing for a sign of life of the WebSocket layer.
fn decode(frame: &Message) -> Result<Option<ConsoleMessage>, Ending> {
    match frame {
        Message::Text(text) if text.len() > MAX_CONSOLE_FRAME_BYTES => Err(Ending::TooLarge),
        Message::Text(text) => serde_json::from_str(text).map(Some).map_err(|_| Ending::BadFrame),
        Message::Binary(_) => Err(Ending::BadFrame),
        Message::Ping(_) | Message::Pong(_) => Ok(None),
        Message::Close(_) => Err(Ending::Lost),
    }
}

/// Where a console is, and what it was shown.
struct Follower {
    shared: Arc<Shared>,
    audience: Arc<Audience>,
    cursor: Cursor,
    shown_tick: Option<u64>,
    shown_service: Option<ServiceState>,
    catch_ups: u8,
}

impl Follower {
    async fn send_snapshot(&mut self, speaker: &mut Speaker) -> Result<(), Ending> {
        let made = snapshot::snapshot(&self.shared, &self.audience).await;
        self.cursor = Cursor::at(&made.positions);
        self.shown_service = None;
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
        self.catch_ups += 1;
        if self.catch_ups > MOST_CATCH_UPS {
            return Err(Ending::TooSlow);
        }
        self.send_snapshot(speaker).await
    }

    async fn send_what_is_new(&mut self, speaker: &mut Speaker) -> Result<(), Ending> {
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

/// What a console sends after its subscription: signs of life.
struct Listener {
    last_heard: Instant,
    bucket: Bucket,
}

impl Listener {
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
