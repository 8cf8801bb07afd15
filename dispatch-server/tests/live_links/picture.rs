//! What a console of these tests is shown, read frame by frame.

use super::client::{Console, Fed};
use console_client::{FeedState, Told};
use std::ops::{Deref, DerefMut};
use wire_protocol::console::FeedMessage;

#[derive(Debug, Default)]
pub(crate) struct Picture(FeedState);

impl Deref for Picture {
    type Target = FeedState;

    fn deref(&self) -> &FeedState {
        &self.0
    }
}

impl DerefMut for Picture {
    fn deref_mut(&mut self) -> &mut FeedState {
        &mut self.0
    }
}

impl Picture {
    /// Subscribes with what was seen, and reads until told that this was all.
    pub(crate) async fn catch_up(&mut self, console: &mut Console) {
        console.subscribe(self.epoch.clone(), self.seen()).await;
        self.caught_up = false;
        while !self.caught_up {
            self.take_next(console).await;
        }
    }

    /// Reads until a centre's version is reached.
    pub(crate) async fn until(&mut self, console: &mut Console, centre: &str, version: u64) {
        while self.versions.get(centre).copied().unwrap_or(0) < version {
            self.take_next(console).await;
        }
    }

    pub(crate) async fn take_next(&mut self, console: &mut Console) {
        match console.next().await.expect("the link lives") {
            Fed::Message(message) => self.take(*message),
            Fed::Positions(_) => {}
        }
    }

    fn take(&mut self, message: FeedMessage) {
        if let FeedMessage::Changes(changes) = &message {
            assert!(changes.last_hash.is_some());
        }
        match self.0.take(message).expect("the feed keeps its promises") {
            Told::Taken | Told::Link { .. } => {}
            Told::Closing { code, message } => panic!("closed: {code}, {message}"),
        }
    }
}
