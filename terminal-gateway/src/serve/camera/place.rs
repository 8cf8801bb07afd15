//! Where the frames of a picture go from the terminal's connection: to the task that shows it, and never further than a
//! few frames ahead of it.

use crate::jt1078::VideoFrame;
use std::sync::Arc;
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
    pub(in crate::serve) media: mpsc::Sender<Media>,
    /// Nobody wants it any more, or another connection brings it.
    pub(in crate::serve) over: CancellationToken,
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
        Some(Taken { media: self.media.clone(), over })
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
