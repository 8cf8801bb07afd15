//! The two links as plain sockets.

use super::{Caller, Server};
use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::console::ConsoleMessage;

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

async fn link(
    server: &Server,
    path: &str,
    name: &'static str,
    value: String,
) -> Result<Socket, u16> {
    let url = format!("{}{path}", server.base.replace("http", "ws"));
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert(name, value.parse().unwrap());
    match connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

/// A console's link, or the status it is refused with.
pub(crate) async fn feed(server: &Server, caller: &Caller) -> Result<Socket, u16> {
    let cookie = caller.cookie.clone().unwrap_or_default();
    link(server, "/ws/console", "cookie", format!("helan_session={cookie}")).await
}

/// A console that has its first picture.
pub(crate) async fn console(server: &Server, caller: &Caller) -> Socket {
    let mut socket = feed(server, caller).await.unwrap();
    let subscription =
        ConsoleMessage::Subscribe { protocol: PROTOCOL_VERSION, epoch: None, seen: Vec::new() };
    let text = serde_json::to_string(&subscription).unwrap();
    socket.send(Message::text(text)).await.unwrap();
    let first = socket.next().await.unwrap().unwrap();
    assert!(first.to_text().unwrap().contains("snapshot"), "{first}");
    socket
}

/// A terminal's link, or the status it is refused with.
pub(crate) async fn terminal(server: &Server, key: &str) -> Result<Socket, u16> {
    link(server, "/ws/agent", "authorization", format!("Bearer {key}")).await
}

/// The link of a vehicle that a gateway speaks for, or the status it is refused with.
pub(crate) async fn spoken_for(server: &Server, key: &str, vehicle: &str) -> Result<Socket, u16> {
    let path = format!("/ws/agent?vehicle={vehicle}");
    link(server, &path, "authorization", format!("Bearer {key}")).await
}

/// A console's look through a vehicle's camera, `vehicle=...`, or the status it is refused with.
pub(crate) async fn look(server: &Server, caller: &Caller, camera: &str) -> Result<Socket, u16> {
    let cookie = caller.cookie.clone().unwrap_or_default();
    let path = format!("/ws/picture?{camera}");
    link(server, &path, "cookie", format!("helan_session={cookie}")).await
}

/// The socket on which a vehicle sends a picture, or the status it is refused with.
pub(crate) async fn picture_source(
    server: &Server,
    key: &str,
    picture: &str,
) -> Result<Socket, u16> {
    let path = format!("/ws/picture/source?picture={picture}");
    link(server, &path, "authorization", format!("Bearer {key}")).await
}

/// Waits until the server ends the link; gives the last text it sent.
pub(crate) async fn ends(mut socket: Socket) -> String {
    let mut last = String::new();
    while let Some(Ok(frame)) = socket.next().await {
        if let Message::Text(text) = frame {
            last = text.to_string();
        }
    }
    last
}
