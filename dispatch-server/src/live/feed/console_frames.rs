//! From a console's frames to its messages.

use super::console_ending::Ending;
use axum::extract::ws::{Message, WebSocket};
use wire_protocol::console::{ConsoleMessage, SeenVersion};
use wire_protocol::{MAX_CONSOLE_FRAME_BYTES, PROTOCOL_VERSION};

/// What a console asked for.
pub(super) struct Subscription {
    pub(super) epoch: Option<String>,
    pub(super) seen: Vec<SeenVersion>,
}

/// Waits for the first message.
pub(super) async fn subscription(socket: &mut WebSocket) -> Result<Subscription, Ending> {
    loop {
        let frame = socket.recv().await.ok_or(Ending::Lost)?.map_err(|_| Ending::Unreadable)?;
        match decode(&frame)? {
            None => {}
            Some(ConsoleMessage::Subscribe { protocol, epoch, seen }) => {
                let is_ours = protocol == PROTOCOL_VERSION;
                return is_ours.then_some(Subscription { epoch, seen }).ok_or(Ending::Protocol);
            }
            Some(ConsoleMessage::Ping { .. }) => return Err(Ending::NoSubscription),
        }
    }
}

/// The message in a text frame of a console, read exactly as on a live link; nothing when it is none.
/// Needs no link, so that fuzzing reaches the same reader.
pub fn read_console_frame(text: &str) -> Option<ConsoleMessage> {
    decode(&Message::Text(text.into())).ok().flatten()
}

/// The message in a frame; nothing for a sign of life of the WebSocket layer.
pub(super) fn decode(frame: &Message) -> Result<Option<ConsoleMessage>, Ending> {
    match frame {
        Message::Text(text) if text.len() > MAX_CONSOLE_FRAME_BYTES => Err(Ending::TooLarge),
        Message::Text(text) => serde_json::from_str(text).map(Some).map_err(|_| Ending::BadFrame),
        Message::Binary(_) => Err(Ending::BadFrame),
        Message::Ping(_) | Message::Pong(_) => Ok(None),
        Message::Close(_) => Err(Ending::Lost),
    }
}
