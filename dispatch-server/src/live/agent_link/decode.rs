//! From a frame to a message.

use super::closing::CloseReason;
use crate::live::link::Incoming;
use serde::Deserialize;
use wire_protocol::MAX_AGENT_FRAME_BYTES;
use wire_protocol::agent::{AgentMessage, FixReport};

/// What a frame held.
#[derive(Debug)]
pub(super) enum Frame {
    /// A message.
    Message(AgentMessage),
    /// A sign of life of the WebSocket layer.
    Alive,
    /// Text that is no message of this protocol.
    Bad,
}

/// Fix reports are nearly all of the traffic. The tag of [`AgentMessage`] may stand anywhere in the
/// object, so the general reader first copies the object to look for it; a frame that begins as our
/// agents write it is read straight away, at half the cost.
#[derive(Deserialize)]
struct FixesOnly {
    fixes: Vec<FixReport>,
}

const FIXES_BEGIN: &str = r#"{"type":"fixes","#;

/// Reads a frame.
pub(super) fn decode(frame: Incoming<'_>) -> Result<Frame, CloseReason> {
    match frame {
        Incoming::Text(text) if text.len() > MAX_AGENT_FRAME_BYTES => Err(CloseReason::TooLarge),
        Incoming::Text(text) => Ok(decode_text(text)),
        Incoming::Binary => Err(CloseReason::NotText),
        Incoming::SignOfLife => Ok(Frame::Alive),
        Incoming::Unreadable => Err(CloseReason::Unreadable),
        Incoming::Closed => Err(CloseReason::Lost),
    }
}

/// The message in a text frame of a terminal, read exactly as on a live link; nothing when it is none.
/// Needs no link, so that fuzzing and benchmarks reach the same reader.
pub fn read_agent_frame(text: &str) -> Option<AgentMessage> {
    match decode(Incoming::Text(text)) {
        Ok(Frame::Message(message)) => Some(message),
        Ok(Frame::Alive | Frame::Bad) | Err(_) => None,
    }
}

fn decode_text(text: &str) -> Frame {
    if text.starts_with(FIXES_BEGIN)
        && let Ok(FixesOnly { fixes }) = serde_json::from_str(text)
    {
        return Frame::Message(AgentMessage::Fixes { fixes });
    }
    serde_json::from_str(text).map_or(Frame::Bad, Frame::Message)
}
