//! Writing to an agent's socket, never for longer than a limit.

use super::closing::Ending;
use crate::live::limits::{FAREWELL_LIMIT, WRITE_LIMIT};
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use tokio::time::timeout;
use wire_protocol::agent::AgentOrder;

pub(super) struct Speaker<'a>(pub(super) &'a mut WebSocket);

impl Speaker<'_> {
    /// Sends an order; a terminal that does not read ends its link.
    pub(super) async fn say(&mut self, order: &AgentOrder) -> Result<(), Ending> {
        // An order of ours is always JSON; if it were not, the link is of no use.
        let text = serde_json::to_string(order).map_err(|_| Ending::Lost)?;
        self.send(Message::Text(text.into())).await
    }

    /// Asks for a sign of life.
    pub(super) async fn ping(&mut self) -> Result<(), Ending> {
        self.send(Message::Ping(Bytes::new())).await
    }

    /// Says why, and closes.
    pub(super) async fn farewell(mut self, code: &'static str, message: &str) {
        let closing = AgentOrder::Closing { code: code.to_owned(), message: message.to_owned() };
        let words = async {
            self.say(&closing).await?;
            let frame = CloseFrame { code: close_code::POLICY, reason: code.into() };
            self.send(Message::Close(Some(frame))).await?;
            // What is still coming is read away: closing over it would tear the last words as well.
            while let Some(Ok(_)) = self.0.recv().await {}
            Ok::<(), Ending>(())
        };
        // Whether it arrives is out of our hands; the link ends either way.
        let _ = timeout(FAREWELL_LIMIT, words).await;
    }

    async fn send(&mut self, message: Message) -> Result<(), Ending> {
        match timeout(WRITE_LIMIT, self.0.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Ending::Lost),
            Err(_) => Err(Ending::NotReading),
        }
    }
}
