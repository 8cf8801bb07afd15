//! The link: a WebSocket to `/ws/console` with a person's session, text frames as messages, binary frames as
//! positions.

use futures_util::{SinkExt, StreamExt};
use thiserror::Error;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::header::{COOKIE, InvalidHeaderValue};
use tokio_tungstenite::tungstenite::{self, Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire_protocol::console::{ConsoleMessage, FeedMessage};
use wire_protocol::positions::{self, FrameError, PositionRecord};

/// What the server sends.
#[derive(Clone, Debug)]
pub enum Frame {
    /// A message of the feed.
    Message(Box<FeedMessage>),
    /// Positions of vehicles, the newest of each.
    Positions {
        /// When the frame was made, Unix milliseconds by the server's clock.
        tick: i64,
        /// One for each vehicle that moved; WGS 84, degrees.
        records: Vec<PositionRecord>,
    },
}

/// What the server sends, as far as a link reads it that only bears its load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// A message of the feed.
    Message,
    /// Positions of so many vehicles.
    Positions(usize),
}

/// Why a link could not be used.
#[derive(Debug, Error)]
pub enum LinkError {
    /// The session is no header's value.
    #[error("the session cookie cannot be sent: {0}")]
    Cookie(#[from] InvalidHeaderValue),
    /// The link could not be opened, or broke.
    #[error("the link to the server: {0}")]
    Socket(#[from] Box<tungstenite::Error>),
    /// A text frame that is no message of the feed.
    #[error("the server sent {text:?}: {why}")]
    Message {
        /// The frame.
        text: String,
        /// Why it cannot be read.
        why: serde_json::Error,
    },
    /// A binary frame that holds no positions.
    #[error("the server sent a binary frame that holds no positions: {0:?}")]
    Positions(FrameError),
}

enum Data {
    Text(Utf8Bytes),
    Positions(i64, Vec<PositionRecord>),
}

/// A console's open link.
pub struct ConsoleLink(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl ConsoleLink {
    /// Opens one. `address` is host and port; `cookie` the whole cookie, `helan_session=...`.
    ///
    /// # Errors
    /// When nobody listens, or the server refuses the session.
    pub async fn open(address: &str, cookie: &str) -> Result<Self, LinkError> {
        let url = format!("ws://{address}/ws/console");
        let mut request = url.into_client_request().map_err(Box::new)?;
        request.headers_mut().insert(COOKIE, cookie.parse()?);
        let (socket, _) = connect_async(request).await.map_err(Box::new)?;
        Ok(Self(socket))
    }

    /// Sends a message.
    ///
    /// # Errors
    /// When the link is broken.
    pub async fn say(&mut self, message: &ConsoleMessage) -> Result<(), LinkError> {
        let text = serde_json::to_string(message)
            .map_err(|why| LinkError::Message { text: String::new(), why })?;
        self.0.send(Message::text(text)).await.map_err(Box::new)?;
        Ok(())
    }

    /// The next frame; none once the server has closed the link.
    ///
    /// # Errors
    /// When the link breaks, or the server sends what is no part of the feed.
    pub async fn next(&mut self) -> Result<Option<Frame>, LinkError> {
        match self.next_data().await? {
            Some(Data::Text(text)) => match serde_json::from_str(&text) {
                Ok(message) => Ok(Some(Frame::Message(message))),
                Err(why) => Err(LinkError::Message { text: text.to_string(), why }),
            },
            Some(Data::Positions(tick, records)) => Ok(Some(Frame::Positions { tick, records })),
            None => Ok(None),
        }
    }

    /// The next frame, whose message is not read: a load of hundreds of links would otherwise measure its own reading.
    ///
    /// # Errors
    /// When the link breaks, or the server sends a binary frame that holds no positions.
    pub async fn next_unread(&mut self) -> Result<Option<Unread>, LinkError> {
        Ok(self.next_data().await?.map(|data| match data {
            Data::Text(_) => Unread::Message,
            Data::Positions(_, records) => Unread::Positions(records.len()),
        }))
    }

    async fn next_data(&mut self) -> Result<Option<Data>, LinkError> {
        loop {
            match self.0.next().await.transpose().map_err(Box::new)? {
                Some(Message::Text(text)) => return Ok(Some(Data::Text(text))),
                Some(Message::Binary(frame)) => {
                    let (tick, records) =
                        positions::decode(&frame).map_err(LinkError::Positions)?;
                    return Ok(Some(Data::Positions(tick, records)));
                }
                Some(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                Some(Message::Close(_)) | None => return Ok(None),
            }
        }
    }
}
