//! The WebSocket of a link, as its shell uses it: axum's, or one that a simulation carries.

use axum::Error;
use axum::extract::ws::{Message, WebSocket};

/// Whole messages in order, up and down, until it ends.
pub trait Socket: Send {
    /// The next message; none once the peer has closed it. May be dropped and called again without loss.
    fn recv(&mut self) -> impl Future<Output = Option<Result<Message, Error>>> + Send;

    /// Sends a message; returns when it is handed over, not when it has arrived.
    ///
    /// # Errors
    /// When the link is lost.
    fn send(&mut self, message: Message) -> impl Future<Output = Result<(), Error>> + Send;
}

impl Socket for WebSocket {
    async fn recv(&mut self) -> Option<Result<Message, Error>> {
        Self::recv(self).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Error> {
        Self::send(self, message).await
    }
}
