//! A console that never gives up: it folds the feed, comes back after every cut with what it has seen, and notices a
//! silent server as the browser's console does.

use super::picture::Picture;
use console_client::{ConsoleLink, Frame};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, interval, sleep, timeout};
use wire_protocol::console::{ConsoleMessage, FeedMessage};
use wire_protocol::views::FixView;

/// Between two pings, and the silence after which a link is given up: those of the browser's console.
const PING_EVERY: Duration = Duration::from_secs(5);
const SILENCE: Duration = Duration::from_millis(12_500);
/// Longest wait for a link to open.
const OPEN_WAIT: Duration = Duration::from_secs(5);
/// Pause before it comes back.
const COME_BACK_AFTER: Duration = Duration::from_millis(500);

/// Versions of every centre that a console has to have seen.
pub(crate) type Goal = Option<BTreeMap<String, u64>>;

/// A console in front of a balancer.
pub(crate) struct Console {
    pub(crate) front: SocketAddr,
    pub(crate) cookie: String,
    pub(crate) picture: Picture,
    /// Links that were opened.
    pub(crate) links: u32,
}

impl Console {
    pub(crate) fn before(front: SocketAddr, cookie: &str) -> Self {
        Self { front, cookie: cookie.to_owned(), picture: Picture::default(), links: 0 }
    }

    /// Looks on until there is a goal and it has been reached.
    pub(crate) async fn look_on(mut self, mut goal: watch::Receiver<Goal>) -> Self {
        loop {
            if let Some(link) = self.open().await {
                self.links += 1;
                if self.read(link, &mut goal).await {
                    return self;
                }
            }
            sleep(COME_BACK_AFTER).await;
        }
    }

    async fn open(&mut self) -> Option<ConsoleLink> {
        let address = self.front.to_string();
        let opened = timeout(OPEN_WAIT, ConsoleLink::open(&address, &self.cookie)).await;
        let mut link = opened.ok()?.ok()?;
        link.say(&self.picture.feed.subscribe()).await.ok()?;
        Some(link)
    }

    /// Reads to the end of the link; true when the goal is reached.
    async fn read(&mut self, mut link: ConsoleLink, goal: &mut watch::Receiver<Goal>) -> bool {
        let mut pings = interval(PING_EVERY);
        let mut heard = Instant::now();
        loop {
            if self.picture.feed.caught_up && self.has_reached(goal) {
                return true;
            }
            tokio::select! {
                frame = link.next() => {
                    let Ok(Some(frame)) = frame else { return false };
                    heard = Instant::now();
                    if let Frame::Message(message) = frame && !self.picture.take(*message) {
                        return false;
                    }
                }
                _ = goal.changed() => {}
                _ = pings.tick() => {
                    let ping = ConsoleMessage::Ping { clock: super::now_ms() };
                    let said = timeout(OPEN_WAIT, link.say(&ping)).await;
                    if heard.elapsed() > SILENCE || !matches!(said, Ok(Ok(()))) {
                        return false;
                    }
                }
            }
        }
    }

    fn has_reached(&self, goal: &mut watch::Receiver<Goal>) -> bool {
        let goal = goal.borrow_and_update();
        let Some(goal) = goal.as_ref() else { return false };
        // A centre at which nothing ever happened stands at its beginning.
        let wanted = |centre| goal.get(centre).copied().unwrap_or(0);
        self.picture.feed.versions.iter().all(|(centre, version)| *version >= wanted(centre))
    }
}

/// Where a vehicle is by what a server shows to a console that has just come.
pub(crate) async fn seen_at(server: SocketAddr, cookie: &str, vehicle: &str) -> Option<FixView> {
    let mut console = Console::before(server, cookie);
    let mut link = console.open().await?;
    loop {
        let frame = timeout(OPEN_WAIT, link.next()).await.ok()?.ok()??;
        if let Frame::Message(message) = frame
            && let FeedMessage::Snapshot(snapshot) = *message
        {
            return snapshot.vehicles.into_iter().find(|it| it.id == vehicle)?.fix;
        }
    }
}
