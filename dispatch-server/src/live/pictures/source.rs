//! The socket of whoever sends a picture: the vehicle's terminal, or the gateway that speaks for it.

use super::Shared;
use super::relay::Relay;
use crate::live::cameras::{Sending, Shown};
use crate::live::link::Socket;
use axum::body::Bytes;
use axum::extract::ws::Message;
use dispatch_core::model::VehicleId;
use dispatch_desk::clock::steady_now;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use wire_protocol::picture::{FragmentKind, MAX_FRAGMENT_BYTES, PictureEnd, PictureNews};

/// A picture may be asked for by a server of which this one has not heard yet.
const KNOWN_WITHIN: Duration = Duration::from_secs(5);
/// How often that is looked at, and whether another server still wants it.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Bytes a second that are passed on in the long run, and at one time: 8 Mbit/s, several times what a vehicle's line has.
const MOST_BYTES_PER_SECOND: f64 = 1_000_000.0;
const MOST_BYTES_AT_ONCE: f64 = 4_000_000.0;

/// Where a picture goes.
enum Way {
    /// It is looked at from here.
    Here(Sending),
    /// It is looked at from another server.
    Elsewhere(Relay),
}

/// Passes on a picture until nobody looks, its sender is gone, or it is too large.
pub(in crate::live) async fn run_source(
    shared: Arc<Shared>,
    vehicle: VehicleId,
    picture: String,
    mut socket: impl Socket,
) {
    let Some(mut way) = way(&shared, &vehicle, &picture).await else { return };
    let over = match &way {
        Way::Here(sending) => sending.over.clone(),
        Way::Elsewhere(_) => until_unwanted(&shared, &vehicle, &picture),
    };
    let mut bytes = Allowance { left: MOST_BYTES_AT_ONCE, filled: steady_now() };
    let mut has_ended = false;
    loop {
        let message = tokio::select! {
            biased;
            () = shared.stop.cancelled() => break,
            () = over.cancelled() => break,
            message = socket.recv() => message,
        };
        let shown = match message {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).ok().map(Shown::News),
            Some(Ok(Message::Binary(frame))) => match bytes.take(frame.len(), steady_now()) {
                true => fragment(frame),
                false => Some(Shown::News(PictureNews::Ended { reason: PictureEnd::TooLarge })),
            },
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            Some(Ok(Message::Close(_)) | Err(_)) | None => break,
        };
        // What is none is a stranger's, or of a later release that both ends have to know.
        let Some(shown) = shown else { break };
        has_ended = matches!(shown, Shown::News(PictureNews::Ended { .. }));
        if !pass(&shared, &mut way, shown).await || has_ended {
            break;
        }
    }
    if !has_ended {
        // It may come back in a moment; whoever looks sees that it does not go on.
        pass(&shared, &mut way, Shown::News(PictureNews::Waiting)).await;
    }
}

async fn way(shared: &Arc<Shared>, vehicle: &VehicleId, picture: &str) -> Option<Way> {
    let since = steady_now();
    loop {
        if let Some(sending) = shared.cameras.send(vehicle, picture) {
            return Some(Way::Here(sending));
        }
        if shared.cameras.is_wanted_elsewhere(vehicle, picture) {
            return Relay::open(shared, picture).await.map(Way::Elsewhere);
        }
        if steady_now().duration_since(since) >= KNOWN_WITHIN || shared.stop.is_cancelled() {
            return None;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Cancelled when no other server says any more that it is looked at.
fn until_unwanted(shared: &Arc<Shared>, vehicle: &VehicleId, picture: &str) -> CancellationToken {
    let over = CancellationToken::new();
    let (shared, vehicle, picture, told) =
        (Arc::clone(shared), vehicle.clone(), picture.to_owned(), over.clone());
    tokio::spawn(async move {
        let _over = told.drop_guard();
        let is_wanted = || shared.cameras.is_wanted_elsewhere(&vehicle, &picture);
        while is_wanted() && !shared.stop.is_cancelled() {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    });
    over
}

async fn pass(shared: &Shared, way: &mut Way, shown: Shown) -> bool {
    match way {
        Way::Here(sending) => shared.cameras.pass(sending, shown),
        Way::Elsewhere(relay) => relay.say(&shown).await,
    }
}

fn fragment(frame: Bytes) -> Option<Shown> {
    let kind = FragmentKind::of(&frame).filter(|_| frame.len() <= MAX_FRAGMENT_BYTES)?;
    Some(Shown::Fragment(kind, frame))
}

/// How many bytes may still be passed on.
struct Allowance {
    left: f64,
    filled: Instant,
}

impl Allowance {
    fn take(&mut self, bytes: usize, now: Instant) -> bool {
        let filled = now.duration_since(self.filled).as_secs_f64() * MOST_BYTES_PER_SECOND;
        self.filled = now;
        self.left = (self.left + filled).min(MOST_BYTES_AT_ONCE) - bytes as f64;
        self.left >= 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_may_come_in_bursts_and_not_for_ever() {
        let start = steady_now();
        let mut bytes = Allowance { left: MOST_BYTES_AT_ONCE, filled: start };
        assert!(bytes.take(3_000_000, start) && bytes.take(900_000, start));
        assert!(bytes.take(1_000_000, start + Duration::from_secs(1)));
        let honest = (2..60).all(|second| bytes.take(250_000, start + Duration::from_secs(second)));
        assert!(honest);
        let flood =
            (60..70).all(|second| bytes.take(2_000_000, start + Duration::from_secs(second)));
        assert!(!flood);
    }

    #[test]
    fn only_what_begins_as_a_fragment_is_one() {
        assert!(matches!(
            fragment(Bytes::from_static(&[0, 9])),
            Some(Shown::Fragment(FragmentKind::Start, _))
        ));
        assert!(fragment(Bytes::from_static(&[3, 9])).is_none());
        assert!(fragment(Bytes::from_static(&[1])).is_none());
        assert!(fragment(Bytes::from(vec![1; MAX_FRAGMENT_BYTES + 1])).is_none());
    }
}
