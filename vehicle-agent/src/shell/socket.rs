//! The WebSocket to the server: closed, opening or open.

use std::pin::Pin;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::header::{AUTHORIZATION, CONTENT_TYPE};
use tokio_tungstenite::tungstenite::http::{Response, StatusCode};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use tokio_util::either::Either;
use tracing::warn;
use transport_tls::{TlsBlame, tls_words};

use super::settings::{LinkTls, ServerUrl, VehicleKey};
use crate::link::Input;

/// Read buffer; the default of 128 KiB costs as much for each of thousands of simulated vehicles.
const READ_BUFFER_BYTES: usize = 4 * 1024;
/// Largest frame taken from the server: an order with ten notes of 2 000 Chinese characters fits.
const MAX_FRAME_BYTES: usize = 256 * 1024;
/// Longest wait for the server to open a link.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Longest wait for the network to take a frame.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait for the files of certificates.
const LOOK_TIMEOUT: Duration = Duration::from_secs(2);
/// Most characters of a refusal's own words that fit on the crew's page.
const MOST_WORDS: usize = 200;
/// Longest wait for a farewell.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The line below the WebSocket, in the clear or encrypted.
pub(super) type ServerLine = Either<TcpStream, tokio_rustls::client::TlsStream<TcpStream>>;
pub(super) type Stream = WebSocketStream<ServerLine>;
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
        Self::Opening(Box::pin(async { connect(server, key).await.map_err(Input::from) }))
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

/// A socket that did not come about.
pub(super) struct Refusal {
    /// A technician is needed, not patience: the server does not take the key or the certificate.
    is_of_key: bool,
    /// In words.
    pub(super) why: String,
}

impl From<Refusal> for Input {
    fn from(refusal: Refusal) -> Input {
        if refusal.is_of_key {
            Input::KeyRefused(refusal.why)
        } else {
            Input::Disconnected(refusal.why)
        }
    }
}

/// Opens a socket, in the time that is given to a server for it.
pub(super) async fn connect(server: ServerUrl, key: VehicleKey) -> Result<Stream, Refusal> {
    match tokio::time::timeout(CONNECT_TIMEOUT, open(server, key)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(refusal(error)),
        Err(_) => Err(Refusal { is_of_key: false, why: "the server does not answer".to_owned() }),
    }
}

/// Takes up certificates that have changed on disk.
pub(super) async fn look_at_files(server: &ServerUrl) {
    let Some(tls) = &server.tls else { return };
    let client = tls.client.clone();
    // A card that does not answer is no reason not to try with what was read before.
    let looked = tokio::task::spawn_blocking(move || client.look_again());
    if let Ok(Ok(Err(problem))) = tokio::time::timeout(LOOK_TIMEOUT, looked).await {
        warn!(%problem, "the certificates in the files are not in use");
    }
}

async fn open(server: ServerUrl, key: VehicleKey) -> Result<Stream, Error> {
    look_at_files(&server).await;
    let refused = match open_as(&server, &key, Shows::OwnCertificate).await {
        Err(Error::Io(error)) if is_own_certificate_refused(&error) && key.0.is_some() => error,
        opened => return opened,
    };
    // Whether a vehicle may come by its key alone is the server's to say.
    warn!(%refused, "the server does not take this vehicle's certificate; trying with its key alone");
    match open_as(&server, &key, Shows::KeyAlone).await {
        Err(Error::Http(_)) => Err(Error::Io(refused)),
        opened => opened,
    }
}

/// What the vehicle is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    /// Its certificate, if it has one, and its key.
    OwnCertificate,
    /// Its key.
    KeyAlone,
}

async fn open_as(server: &ServerUrl, key: &VehicleKey, shows: Shows) -> Result<Stream, Error> {
    let line = line(server, shows).await?;
    let mut request = server.uri.clone().into_client_request()?;
    if let Some(key) = key.0.clone() {
        request.headers_mut().insert(AUTHORIZATION, key);
    }
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_message_size(Some(MAX_FRAME_BYTES))
        .max_frame_size(Some(MAX_FRAME_BYTES));
    client_async_with_config(request, line, Some(config)).await.map(|(stream, _)| stream)
}

pub(super) async fn line(server: &ServerUrl, shows: Shows) -> std::io::Result<ServerLine> {
    let host = server.uri.host().unwrap_or_default();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let usual = if server.is_encrypted { 443 } else { 80 };
    let socket = TcpStream::connect((bare, server.uri.port_u16().unwrap_or(usual))).await?;
    socket.set_nodelay(true)?;
    match &server.tls {
        Some(LinkTls { client, .. }) => Ok(Either::Right(match shows {
            Shows::OwnCertificate => client.connect(host, socket).await?,
            Shows::KeyAlone => client.connect_nameless(host, socket).await?,
        })),
        None if server.is_encrypted => {
            let what = "an encrypted link was asked for and nothing to encrypt it with";
            Err(std::io::Error::other(what))
        }
        None => Ok(Either::Left(socket)),
    }
}

pub(super) fn is_own_certificate_refused(error: &std::io::Error) -> bool {
    tls_words(error).is_some_and(|(blame, _)| blame == TlsBlame::OwnCertificate)
}

/// What a refusal says in plain text, as a port does that speaks TLS to whoever speaks in the clear.
fn plain_words(answer: &Response<Option<Vec<u8>>>) -> Option<&str> {
    let kind = answer.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let text = std::str::from_utf8(answer.body().as_deref()?).ok()?.trim();
    let is_short = !text.is_empty() && text.chars().count() <= MOST_WORDS;
    (is_short && kind.starts_with("text/plain") && !text.contains(char::is_control)).then_some(text)
}

/// What a link that did not come about tells the crew. A certificate that the server does not take is like a key that it
/// does not take: a technician is needed, not patience.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's list, of which two have words of ours"
)]
fn refusal(error: Error) -> Refusal {
    let of_network = |why: String| Refusal { is_of_key: false, why };
    match error {
        Error::Http(answer) => {
            let mut why = format!("the server refused the link: {}", answer.status());
            if let Some(words) = plain_words(&answer) {
                why = format!("{why}: {words}");
            }
            Refusal { is_of_key: answer.status() == StatusCode::UNAUTHORIZED, why }
        }
        Error::Io(error) => match tls_words(&error) {
            Some((blame, why)) => Refusal { is_of_key: blame == TlsBlame::OwnCertificate, why },
            None => of_network(error.to_string()),
        },
        other => of_network(other.to_string()),
    }
}
