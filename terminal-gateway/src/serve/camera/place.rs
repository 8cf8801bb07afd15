//! Where the frames of a picture go from the terminal's connection: to the task that shows it, and never further than a
//! few frames ahead of it.

use crate::jt1078::VideoFrame;
use std::sync::Arc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use wire_protocol::picture::PictureEnd;

/// Frames that wait for the server; beyond, they are left out until the next key frame. A third of a second.
const MOST_WAITING: usize = 8;

/// What a connection brings.
#[derive(Debug)]
pub(in crate::serve) enum Media {
    /// A whole frame.
    Frame(VideoFrame),
    /// The terminal has closed the connection.
    Closed,
    /// What it sends cannot be shown.
    Ended(PictureEnd),
}

/// A picture that is wanted.
#[derive(Debug)]
pub(super) struct Place {
    channel: u8,
    media: mpsc::Sender<Media>,
    refused: Arc<Notify>,
    /// Of the connection that brings it.
    connection: Option<CancellationToken>,
    /// Of all of them.
    over: CancellationToken,
}

/// The other end of it.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) media: mpsc::Receiver<Media>,
    pub(super) refused: Arc<Notify>,
}

/// A connection's own part of it.
#[derive(Debug)]
pub(in crate::serve) struct Taken {
    media: mpsc::Sender<Media>,
    over: CancellationToken,
    /// A frame had no room.
    has_lost: bool,
}

impl Taken {
    /// Gives a frame to whoever shows it, or leaves it out: one who is slow gets the next that needs no earlier one.
    pub(in crate::serve) fn pass_on(&mut self, mut frame: VideoFrame) {
        frame.is_after_loss |= self.has_lost;
        let sent = self.media.try_send(Media::Frame(frame));
        self.has_lost = matches!(sent, Err(TrySendError::Full(_)));
    }

    /// Tells whoever shows it, once there is room.
    pub(in crate::serve) async fn tell(&self, media: Media) {
        tokio::select! {
            () = self.over.cancelled() => {}
            _ = self.media.send(media) => {}
        }
    }

    /// Waits until nobody wants it any more, or another connection brings it.
    pub(in crate::serve) async fn over(&self) {
        self.over.cancelled().await;
    }
}

impl Place {
    /// Of a camera's channel.
    pub(super) fn of(channel: u8) -> (Place, Brought) {
        let (sender, media) = mpsc::channel(MOST_WAITING);
        let (refused, over) = (Arc::new(Notify::new()), CancellationToken::new());
        let brought = Brought { media, refused: Arc::clone(&refused) };
        (Place { channel, media: sender, refused, connection: None, over }, brought)
    }

    pub(super) fn refused(&self, channel: u8) {
        if channel == self.channel {
            self.refused.notify_one();
        }
    }

    pub(super) fn take(&mut self, channel: u8) -> Option<Taken> {
        if channel != self.channel {
            return None;
        }
        let over = self.over.child_token();
        if let Some(earlier) = self.connection.replace(over.clone()) {
            earlier.cancel();
        }
        Some(Taken { media: self.media.clone(), over, has_lost: false })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.over.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_wanted_channel_is_taken_and_the_newest_connection_counts() {
        let (mut place, _brought) = Place::of(2);
        assert!(place.take(1).is_none());
        let first = place.take(2).expect("wanted");
        let second = place.take(2).expect("wanted");
        assert!(first.over.is_cancelled() && !second.over.is_cancelled());
        drop(place);
        assert!(second.over.is_cancelled(), "nobody wants it any more");
    }

    #[test]
    fn whoever_is_slow_gets_no_more_than_some_frames_and_is_told_that_others_are_missing() {
        let (mut place, mut brought) = Place::of(2);
        let mut taken = place.take(2).expect("wanted");
        let frame = |time_ms| VideoFrame {
            time_ms,
            data: Vec::new(),
            is_bidirectional: false,
            is_after_loss: false,
        };
        (0..100).for_each(|time_ms| taken.pass_on(frame(time_ms)));
        let mut waiting = || match brought.media.try_recv() {
            Ok(Media::Frame(frame)) => Some((frame.time_ms, frame.is_after_loss)),
            Ok(other) => panic!("{other:?}"),
            Err(_) => None,
        };
        assert_eq!(waiting(), Some((0, false)));
        (100..102).for_each(|time_ms| taken.pass_on(frame(time_ms)));
        let rest: Vec<_> = std::iter::from_fn(waiting).collect();
        let expected: Vec<_> = (1..8).map(|it| (it, false)).chain([(100, true)]).collect();
        assert_eq!(rest, expected);
    }

    #[test]
    fn a_refusal_of_another_channel_is_not_of_this_one() {
        let (place, brought) = Place::of(2);
        place.refused(1);
        assert!(!has_word(&brought));
        place.refused(2);
        assert!(has_word(&brought));
    }

    fn has_word(brought: &Brought) -> bool {
        use futures_util::FutureExt;
        brought.refused.notified().now_or_never().is_some()
    }
}
