//! From a console's frames to its messages.

use super::ending::CloseReason;
use crate::live::link::Incoming;
use wire_protocol::console::{ConsoleMessage, SeenVersion};
use wire_protocol::{MAX_CONSOLE_FRAME_BYTES, PROTOCOL_VERSION};

/// What a console asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Subscription {
    /// The epoch of its numbers.
    pub(super) epoch: Option<String>,
    /// The versions it has seen.
    pub(super) seen: Vec<SeenVersion>,
}

/// The subscription, which must be the first message; nothing for a sign of life.
pub(super) fn subscription(frame: Incoming<'_>) -> Result<Option<Subscription>, CloseReason> {
    match decode(frame)? {
        None => Ok(None),
        Some(ConsoleMessage::Subscribe { protocol, epoch, seen }) => {
            let is_ours = protocol == PROTOCOL_VERSION;
            is_ours.then_some(Some(Subscription { epoch, seen })).ok_or(CloseReason::Protocol)
        }
        Some(ConsoleMessage::Ping { .. }) => Err(CloseReason::NoSubscription),
    }
}

/// The message in a text frame of a console, read exactly as on a live link; nothing when it is none.
/// Needs no link, so that fuzzing reaches the same reader.
pub fn read_console_frame(text: &str) -> Option<ConsoleMessage> {
    decode(Incoming::Text(text)).ok().flatten()
}

/// The message in a frame; nothing for a sign of life of the WebSocket layer.
pub(super) fn decode(frame: Incoming<'_>) -> Result<Option<ConsoleMessage>, CloseReason> {
    match frame {
        Incoming::Text(text) if text.len() > MAX_CONSOLE_FRAME_BYTES => Err(CloseReason::TooLarge),
        Incoming::Text(text) => {
            serde_json::from_str(text).map(Some).map_err(|_| CloseReason::BadFrame)
        }
        Incoming::Binary => Err(CloseReason::BadFrame),
        Incoming::SignOfLife => Ok(None),
        Incoming::Unreadable => Err(CloseReason::Unreadable),
        Incoming::Closed => Err(CloseReason::Lost),
    }
}
