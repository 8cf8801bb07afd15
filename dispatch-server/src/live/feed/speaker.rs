//! Writing to a console's socket, for as long as its session and the server last.

use super::console_ending::Ending;
use super::console_frames::{Subscription, subscription};
use super::encode;
use crate::live::Viewer;
use crate::live::limits::{CONSOLE_WRITE_LIMIT, FAREWELL_LIMIT};
use crate::live::shared::Shared;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use std::sync::Arc;
use tokio::time::timeout;
use wire_protocol::console::FeedMessage;

/// One console's socket.
pub(super) struct Speaker {
    pub(super) shared: Arc<Shared>,
    pub(super) viewer: Viewer,
    pub(super) socket: WebSocket,
}

impl Speaker {
    /// The subscription, once it came and there is a picture to show.
    pub(super) async fn subscription(&mut self) -> Result<Subscription, Ending> {
        let limit = self.shared.settings.first_message_limit;
        let mut ready = self.shared.feed.ready.subscribe();
        let asked = async {
            let asked = subscription(&mut self.socket).await?;
            // Fails only when the feed is gone, and the feed outlives its links.
            let _ = ready.wait_for(|ready| *ready).await;
            Ok(asked)
        };
        tokio::select! {
            asked = asked => asked,
            () = tokio::time::sleep(limit) => Err(Ending::NoSubscription),
            () = self.viewer.session_ended.cancelled() => Err(Ending::SignedOut),
            () = self.shared.stop.cancelled() => Err(Ending::Stopping),
        }
    }

    pub(super) async fn text(&mut self, text: Utf8Bytes) -> Result<(), Ending> {
        self.send(Message::Text(text)).await
    }

    pub(super) async fn send(&mut self, message: Message) -> Result<(), Ending> {
        tokio::select! {
            biased;
            () = self.viewer.session_ended.cancelled() => Err(Ending::SignedOut),
            () = self.shared.stop.cancelled() => Err(Ending::Stopping),
            sent = timeout(CONSOLE_WRITE_LIMIT, self.socket.send(message)) => match sent {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) => Err(Ending::Lost),
                Err(_) => Err(Ending::TooSlow),
            },
        }
    }

    /// Says why, and closes.
    pub(super) async fn farewell(mut self, ending: Ending) {
        let code = ending.code();
        let closing = FeedMessage::Closing { code: code.to_owned(), message: ending.to_string() };
        let last_words = async {
            self.socket.send(Message::Text(encode(&closing))).await?;
            let frame = CloseFrame { code: close_code::POLICY, reason: code.into() };
            self.socket.send(Message::Close(Some(frame))).await?;
            // What is still coming is read away: closing over it would tear the last words as well.
            while let Some(Ok(_)) = self.socket.recv().await {}
            Ok::<(), axum::Error>(())
        };
        // Whether it arrives is out of our hands; the link ends either way.
        let _ = timeout(FAREWELL_LIMIT, last_words).await;
    }
}
