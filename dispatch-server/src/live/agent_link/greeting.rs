//! The first message of a link.

use super::closing::Ending;
use super::decode::{Frame, decode};
use crate::acts::kept_moment;
use crate::live::limits::MOST_OUTBOX_CHARS;
use crate::live::shared::Shared;
use axum::extract::ws::WebSocket;
use dispatch_core::model::{OutboxId, Timestamp};
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, TerminalReport};

/// What a terminal says of itself.
pub(super) struct Greeting {
    /// The outbox whose numbers follow.
    pub(super) outbox: OutboxId,
    /// The terminal's clock as the link began; a press before it was made without this link.
    pub(super) clock: Timestamp,
    /// How the terminal numbers and stores; nothing from releases that could not tell.
    pub(super) terminal: Option<TerminalReport>,
}

/// Waits for the hello.
pub(super) async fn greeting(shared: &Shared, socket: &mut WebSocket) -> Result<Greeting, Ending> {
    let limit = shared.settings.first_message_limit;
    tokio::select! {
        hello = hello(socket) => hello,
        () = tokio::time::sleep(limit) => Err(Ending::NoHello),
        () = shared.stop.cancelled() => Err(Ending::Stopping),
    }
}

async fn hello(socket: &mut WebSocket) -> Result<Greeting, Ending> {
    loop {
        let frame = socket.recv().await.ok_or(Ending::Lost)?.map_err(|_| Ending::Unreadable)?;
        match decode(&frame)? {
            Frame::Alive => {}
            Frame::Message(AgentMessage::Hello {
                protocol,
                outbox,
                software: _,
                clock,
                terminal,
            }) => {
                let outbox = accept(protocol, &outbox)?;
                if let Some(previous) = terminal.as_ref().and_then(|it| it.previous.as_ref())
                    && !previous.outbox.is_empty()
                {
                    check_outbox(&previous.outbox)?;
                }
                return Ok(Greeting { outbox, clock: kept_moment(clock), terminal });
            }
            Frame::Bad
            | Frame::Message(
                AgentMessage::Fixes { .. } | AgentMessage::Act { .. } | AgentMessage::Ping { .. },
            ) => return Err(Ending::NoHello),
        }
    }
}

fn accept(protocol: u16, outbox: &str) -> Result<OutboxId, Ending> {
    if protocol != PROTOCOL_VERSION {
        return Err(Ending::Protocol);
    }
    check_outbox(outbox)?;
    Ok(OutboxId::from(outbox))
}

fn check_outbox(outbox: &str) -> Result<(), Ending> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if outbox.is_empty() || outbox.len() > MOST_OUTBOX_CHARS || !outbox.chars().all(is_plain) {
        return Err(Ending::BadOutbox);
    }
    Ok(())
}
