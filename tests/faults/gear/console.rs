//! A console that never gives up: it folds the feed, comes back after every cut with what it has seen, and notices a
//! silent server as the browser's console does.

use super::picture::Picture;
use futures_util::{SinkExt, StreamExt};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, interval, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::console::{ConsoleMessage, FeedMessage};
use wire_protocol::views::FixView;

/// Between two pings, and the silence after which a link is given up: those of the browser's console.
const PING_EVERY: Duration = Duration::from_secs(5);
const SILENCE: Duration = Duration::from_millis(12_500);
/// Longest wait for a link to open.
const OPEN_WAIT: Duration = Duration::from_secs(5);
/// Pause before it comes back.
const COME_BACK_AFTER: Duration = Duration::from_millis(500);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Versions of every centre at which a console has seen all.
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
            if let Some(socket) = self.open().await {
                self.links += 1;
                if self.read(socket, &mut goal).await {
                    return self;
                }
            }
            sleep(COME_BACK_AFTER).await;
        }
    }

    async fn open(&mut self) -> Option<Socket> {
        let url = format!("ws://{}/ws/console", self.front);
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("cookie", self.cookie.parse().unwrap());
        let (mut socket, _) = timeout(OPEN_WAIT, connect_async(request)).await.ok()?.ok()?;
        let subscribe = ConsoleMessage::Subscribe {
            protocol: PROTOCOL_VERSION,
            epoch: self.picture.epoch.clone(),
            seen: self.picture.seen(),
        };
        self.picture.link_opens();
        say(&mut socket, &subscribe).await?;
        Some(socket)
    }

    /// Reads to the end of the link; true when the goal is reached.
    async fn read(&mut self, mut socket: Socket, goal: &mut watch::Receiver<Goal>) -> bool {
        let mut pings = interval(PING_EVERY);
        let mut heard = Instant::now();
        loop {
            if self.picture.is_caught_up() && self.has_reached(goal) {
                return true;
            }
            tokio::select! {
                frame = socket.next() => {
                    let Some(Ok(frame)) = frame else { return false };
                    heard = Instant::now();
                    if let Message::Text(text) = frame {
                        let message = serde_json::from_str(&text).unwrap();
                        if !self.picture.take(message) {
                            return false;
                        }
                    }
                }
                _ = goal.changed() => {}
                _ = pings.tick() => {
                    let ping = ConsoleMessage::Ping { clock: super::now_ms() };
                    let said = timeout(OPEN_WAIT, say(&mut socket, &ping)).await;
                    if heard.elapsed() > SILENCE || !matches!(said, Ok(Some(()))) {
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
        self.picture.versions.iter().all(|(centre, version)| *version == wanted(centre))
    }
}

/// Where a vehicle is by what a server shows to a console that has just come.
pub(crate) async fn seen_at(server: SocketAddr, cookie: &str, vehicle: &str) -> Option<FixView> {
    let mut console = Console::before(server, cookie);
    let mut socket = console.open().await?;
    loop {
        let frame = timeout(OPEN_WAIT, socket.next()).await.ok()??.ok()?;
        if let Message::Text(text) = frame
            && let FeedMessage::Snapshot(snapshot) = serde_json::from_str(&text).ok()?
        {
            return snapshot.vehicles.into_iter().find(|it| it.id == vehicle)?.fix;
        }
    }
}

async fn say(socket: &mut Socket, message: &ConsoleMessage) -> Option<()> {
    let text = serde_json::to_string(message).unwrap();
    socket.send(Message::text(text)).await.ok()
}
