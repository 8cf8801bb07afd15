//! The WebSocket to the server: closed, opening or open.

use std::pin::Pin;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::tungstenite::http::header::AUTHORIZATION;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::settings::{ServerUrl, VehicleKey};
use crate::link::Input;

/// Read buffer; the default of 128 KiB costs as much for each of thousands of simulated vehicles.
const READ_BUFFER_BYTES: usize = 4 * 1024;
/// Largest frame taken from the server: an order with ten notes of 2 000 Chinese characters fits.
const MAX_FRAME_BYTES: usize = 256 * 1024;
/// Longest wait for the server to open a link.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Longest wait for the network to take a frame.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait for a farewell.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;
type Opening = Pin<Box<dyn Future<Output = Result<Stream, Input>> + Send>>;

/// Where the socket stands.
pub(super) enum Socket {
    Closed,
    Opening(Opening),
    Open(Box<Stream>),
}

impl Socket {
    /// Begins to open a link.
    pub(super) fn open(server: ServerUrl, key: VehicleKey) -> Self {
        Self::Opening(Box::pin(connect(server, key)))
    }

    /// Waits for what happens next; for ever while closed. May be cancelled and called again.
    pub(super) async fn next(&mut self) -> Input {
        match self {
            Self::Closed => std::future::pending().await,
            Self::Opening(opening) => match opening.as_mut().await {
                Ok(stream) => {
                    *self = Self::Open(Box::new(stream));
                    Input::Connected
                }
                Err(why) => {
                    *self = Self::Closed;
                    why
                }
            },
            Self::Open(stream) => loop {
                let why = match stream.next().await {
                    Some(Ok(Message::Text(text))) => return Input::Frame(text.as_str().to_owned()),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Binary(_) | Message::Frame(_))) => {
                        "the server sent a frame that is no text".to_owned()
                    }
                    Some(Ok(Message::Close(_))) | None => "the server closed the link".to_owned(),
                    Some(Err(error)) => error.to_string(),
                };
                return self.closed(why);
            },
        }
    }

    /// Sends a frame; an error has closed the socket.
    pub(super) async fn send(&mut self, text: String) -> Result<(), Input> {
        let Self::Open(stream) = self else { return Ok(()) };
        match tokio::time::timeout(SEND_TIMEOUT, stream.send(Message::text(text))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.closed(error.to_string())),
            Err(_) => Err(self.closed("the network does not take anything".to_owned())),
        }
    }

    /// Closes with a farewell if the other side still listens.
    pub(super) async fn close(&mut self) {
        if let Self::Open(stream) = self {
            // Nothing depends on the farewell: what was not confirmed is sent again next time.
            tokio::time::timeout(CLOSE_TIMEOUT, stream.as_mut().close(None)).await.ok();
        }
        *self = Self::Closed;
    }

    fn closed(&mut self, why: String) -> Input {
        *self = Self::Closed;
        Input::Disconnected(why)
    }
}

async fn connect(server: ServerUrl, key: VehicleKey) -> Result<Stream, Input> {
    let failed = |error: Error| Input::Disconnected(error.to_string());
    let mut request = server.0.into_client_request().map_err(failed)?;
    request.headers_mut().insert(AUTHORIZATION, key.0);
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_message_size(Some(MAX_FRAME_BYTES))
        .max_frame_size(Some(MAX_FRAME_BYTES));
    let opening = connect_async_with_config(request, Some(config), true);
    match tokio::time::timeout(CONNECT_TIMEOUT, opening).await {
        Ok(Ok((stream, _))) => Ok(stream),
        Ok(Err(Error::Http(answer))) => {
            let why = format!("the server refused the link: {}", answer.status());
            match answer.status() {
                StatusCode::UNAUTHORIZED => Err(Input::KeyRefused(why)),
                _ => Err(Input::Disconnected(why)),
            }
        }
        Ok(Err(error)) => Err(failed(error)),
        Err(_) => Err(Input::Disconnected("the server does not answer".to_owned())),
    }
}
