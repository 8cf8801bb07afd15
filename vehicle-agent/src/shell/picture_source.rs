//! The socket on which a picture of the vehicle's camera goes to the server: one for each picture, beside the agent link
//! and opened as that is, so that a picture never stands before an order or a press.

use std::fmt;
use std::time::Duration;

use axum::http::Uri;
use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::tungstenite::Message;
use wire_protocol::picture::PictureNews;

use super::settings::{ServerUrl, VehicleKey, percent_encoded};
use super::socket::{Stream, connect};

/// Longest wait for the network to take a frame: beyond it nobody sees the picture live.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest wait for a farewell.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The socket of one picture.
pub struct PictureSource(Box<Stream>);

/// The server does not take the picture any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server does not take the picture any more")]
pub struct PictureRefused;

impl PictureSource {
    /// Opens the socket of the picture of this name on the server of this agent link.
    ///
    /// # Errors
    /// Why it cannot be opened, in words for a log.
    pub async fn open(server: &ServerUrl, key: &VehicleKey, picture: &str) -> Result<Self, String> {
        let server = server.picture_source(picture);
        let opened = connect(server, key.clone()).await.map_err(|refusal| refusal.why)?;
        Ok(Self(Box::new(opened)))
    }

    /// Tells what is to be told beside the picture.
    ///
    /// # Errors
    /// When the server takes nothing any more.
    pub async fn tell(&mut self, news: &PictureNews) -> Result<(), PictureRefused> {
        let text = serde_json::to_string(news).map_err(|_| PictureRefused)?;
        self.send(Message::text(text)).await
    }

    /// Sends a fragment, which begins with its byte of kind.
    ///
    /// # Errors
    /// When the server takes nothing any more.
    pub async fn fragment(&mut self, bytes: Vec<u8>) -> Result<(), PictureRefused> {
        self.send(Message::binary(bytes)).await
    }

    /// Waits until the server closes the socket. May be given up and called again.
    pub async fn closed(&mut self) {
        // Whatever the server says means nothing here; its pings are answered by reading.
        loop {
            match self.0.next().await {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Closes with a farewell if the server still listens.
    pub async fn close(mut self) {
        // Nothing depends on the farewell.
        tokio::time::timeout(CLOSE_TIMEOUT, self.0.as_mut().close(None)).await.ok();
    }

    async fn send(&mut self, message: Message) -> Result<(), PictureRefused> {
        match tokio::time::timeout(SEND_TIMEOUT, self.0.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(PictureRefused),
        }
    }
}

impl fmt::Debug for PictureSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PictureSource")
    }
}

impl ServerUrl {
    /// Where a picture goes, for the vehicle that this agent link is of.
    fn picture_source(&self, picture: &str) -> Self {
        let path = self.http_path("/ws/picture/source");
        let vehicle = self.uri.query().map(|query| format!("&{query}")).unwrap_or_default();
        let mut parts = self.uri.clone().into_parts();
        let whole = format!("{path}?picture={}{vehicle}", percent_encoded(picture));
        // Letters, digits and percent signs are a query always.
        parts.path_and_query = whole.parse().ok().or(parts.path_and_query);
        let uri = Uri::from_parts(parts).unwrap_or_else(|_| self.uri.clone());
        Self { uri, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_goes_beside_the_agent_link_of_its_vehicle() {
        let link: ServerUrl = "ws://10.0.0.1:8120/helan/ws/agent".parse().expect("is one");
        let wanted = "ws://10.0.0.1:8120/helan/ws/picture/source?picture=a%2Fb";
        assert_eq!(link.picture_source("a/b").uri.to_string(), wanted);
        let of_a_gateway = link.for_vehicle("YC-01-1").picture_source("p1").uri.to_string();
        let wanted = "ws://10.0.0.1:8120/helan/ws/picture/source?picture=p1&vehicle=YC-01-1";
        assert_eq!(of_a_gateway, wanted);
    }
}
