//! The first message of a link.

use super::closing::CloseReason;
use super::decode::{Frame, decode};
use crate::commands::kept_moment;
use crate::live::limits::MOST_OUTBOX_CHARS;
use crate::live::link::Incoming;
use dispatch_core::model::{OutboxId, Timestamp};
use dispatch_core::text::line_of_report;
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, TerminalReport};

/// Characters kept of a program and its version.
const MOST_SOFTWARE_CHARS: usize = 60;

/// What a terminal says of itself.
#[derive(Debug)]
pub(super) struct Greeting {
    /// The outbox whose numbers follow.
    pub(super) outbox: OutboxId,
    /// Program and version, as the terminal says them.
    pub(super) software: String,
    /// The terminal's clock as the link began; a press before it was made without this link.
    pub(super) clock: Timestamp,
    /// How the terminal numbers and stores; nothing from releases that could not tell.
    pub(super) terminal: Option<TerminalReport>,
}

impl Greeting {
    /// Whether it can send a picture of its cameras.
    pub(super) fn has_camera(&self) -> bool {
        self.terminal.as_ref().is_some_and(|report| report.pictures)
    }
}

/// The hello, which must be the first message; nothing for a sign of life.
pub(super) fn greeting(frame: Incoming<'_>) -> Result<Option<Greeting>, CloseReason> {
    match decode(frame)? {
        Frame::Alive => Ok(None),
        Frame::Message(AgentMessage::Hello { protocol, outbox, software, clock, terminal }) => {
            let outbox = accept(protocol, &outbox)?;
            if let Some(previous) = terminal.as_ref().and_then(|it| it.previous.as_ref())
                && !previous.outbox.is_empty()
            {
                check_outbox(&previous.outbox)?;
            }
            let software = line_of_report(&software, MOST_SOFTWARE_CHARS);
            Ok(Some(Greeting { outbox, software, clock: kept_moment(clock), terminal }))
        }
        Frame::Bad
        | Frame::Message(
            AgentMessage::Fixes { .. } | AgentMessage::Press { .. } | AgentMessage::Ping { .. },
        ) => Err(CloseReason::NoHello),
    }
}

fn accept(protocol: u16, outbox: &str) -> Result<OutboxId, CloseReason> {
    if protocol != PROTOCOL_VERSION {
        return Err(CloseReason::Protocol);
    }
    check_outbox(outbox)?;
    Ok(OutboxId::from(outbox))
}

fn check_outbox(outbox: &str) -> Result<(), CloseReason> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if outbox.is_empty() || outbox.len() > MOST_OUTBOX_CHARS || !outbox.chars().all(is_plain) {
        return Err(CloseReason::BadOutbox);
    }
    Ok(())
}
