//! A console's end of the feed: a real WebSocket, text frames as messages, binary frames as positions.

use super::{Picture, in_time};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire_protocol::console::ConsoleMessage;
use wire_protocol::{PROTOCOL_VERSION, positions};

/// A console and what it shows.
pub(crate) struct Console {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) picture: Picture,
}

impl Console {
    /// A console that comes fresh.
    pub(super) async fn open(address: &str, cookie: &str) -> Self {
        let socket = connect(address, cookie).await;
        let mut console = Self { socket, picture: Picture::default() };
        console.subscribe().await;
        console
    }

    /// The console comes back on a new link and says what it has seen.
    pub(crate) async fn come_back(&mut self, address: &str, cookie: &str) {
        self.socket = connect(address, cookie).await;
        self.subscribe().await;
    }

    async fn subscribe(&mut self) {
        self.picture.caught_up = false;
        let subscribe = ConsoleMessage::Subscribe {
            protocol: PROTOCOL_VERSION,
            epoch: self.picture.epoch.clone(),
            seen: self.picture.seen(),
        };
        let text = serde_json::to_string(&subscribe).unwrap();
        self.socket.send(Message::text(text)).await.unwrap();
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
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => {
                self.picture.take(serde_json::from_str(&text).unwrap());
            }
            Some(Ok(Message::Binary(frame))) => {
                let (tick, records) = positions::decode(&frame).expect("a position frame");
                self.picture.place(tick, &records);
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
            Some(Ok(Message::Close(_)) | Err(_)) | None => return false,
        }
        true
    }
}

async fn connect(address: &str, cookie: &str) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let mut request = format!("ws://{address}/ws/console").into_client_request().unwrap();
    request.headers_mut().insert("cookie", cookie.parse().unwrap());
    connect_async(request).await.expect("the feed opens").0
}
