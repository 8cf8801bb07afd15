//! A console's end of the feed, over a real link.

use super::{Picture, in_time};
use console_client::{ConsoleLink, Frame};

/// A console and what it shows.
pub(crate) struct Console {
    link: ConsoleLink,
    pub(crate) picture: Picture,
}

impl Console {
    /// A console that comes fresh.
    pub(super) async fn open(address: &str, cookie: &str) -> Self {
        let link = ConsoleLink::open(address, cookie).await.expect("the feed opens");
        let mut console = Self { link, picture: Picture::default() };
        console.subscribe().await;
        console
    }

    /// The console comes back on a new link and says what it has seen.
    pub(crate) async fn come_back(&mut self, address: &str, cookie: &str) {
        self.link = ConsoleLink::open(address, cookie).await.expect("the feed opens");
        self.subscribe().await;
    }

    async fn subscribe(&mut self) {
        let subscribe = self.picture.subscribe();
        self.link.say(&subscribe).await.unwrap();
        self.until("the console to be up to date", |picture| picture.caught_up).await;
    }

    /// Reads on until the picture is as wanted.
    pub(crate) async fn until(&mut self, what: &str, wanted: impl Fn(&Picture) -> bool) {
        let reading = async {
            while !wanted(&self.picture) {
                assert!(self.read().await, "the link ended before {what}");
            }
        };
        in_time(what, reading).await;
    }

    /// Reads to the end of the link.
    pub(crate) async fn until_cut(&mut self) {
        in_time("the end of the link", async { while self.read().await {} }).await;
    }

    /// Takes one frame; false when the link has ended.
    async fn read(&mut self) -> bool {
        match self.link.next().await {
            Ok(Some(Frame::Message(message))) => self.picture.take(*message),
            Ok(Some(Frame::Positions { tick, records })) => self.picture.place(tick, &records),
            Ok(None) | Err(console_client::LinkError::Socket(_)) => return false,
            Err(error) => panic!("{error}"),
        }
        true
    }
}
