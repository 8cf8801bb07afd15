//! One agent link as a plain socket that says whatever it is told to; and what is said twice or too often.

use super::{Sent, count};
use crate::gear::{in_time, now_ms};
use futures_util::{SinkExt, StreamExt};
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, CrewCommand, FixReport, ServerMessage};

/// Links on which old messages are sent once more.
const REPLAY_LINKS: usize = 10;
/// Times they are sent on one link: 240 frames in all, which is not yet a flood.
const REPLAYS: usize = 40;
/// Frames of a flood; the server names it long before the last.
const FLOOD: i64 = 5_000;

pub(super) struct Link(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Link {
    /// A link that was opened with this key.
    ///
    /// # Errors
    /// The status with which it was refused.
    pub(super) async fn open(address: SocketAddr, key: &str) -> Result<Self, u16> {
        let mut request = format!("ws://{address}/ws/agent").into_client_request().unwrap();
        request.headers_mut().insert("authorization", format!("Bearer {key}").parse().unwrap());
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    /// Sends a frame; a link that the server is closing may refuse it.
    pub(super) async fn send(&mut self, frame: Message) -> bool {
        self.0.send(frame).await.is_ok()
    }

    pub(super) async fn say(&mut self, message: &AgentMessage) -> bool {
        self.send(Message::text(serde_json::to_string(message).unwrap())).await
    }

    pub(super) async fn hello(&mut self, outbox: &str) {
        let (outbox, software) = (outbox.to_owned(), "hostile".to_owned());
        let protocol = PROTOCOL_VERSION;
        assert!(
            self.say(&AgentMessage::Hello { protocol, outbox, software, clock: 0, terminal: None })
                .await
        );
    }

    /// The next order; nothing once the link has ended.
    async fn next(&mut self) -> Option<ServerMessage> {
        let order = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).ok(),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    Some(Ok(_)) => {}
                }
            }
        };
        in_time("the server to answer", order).await
    }

    /// Reads to the end and gives the code of the closing words; nothing when the line was cut.
    pub(super) async fn closing(&mut self) -> Option<String> {
        while let Some(order) = self.next().await {
            if let ServerMessage::Closing { code, .. } = order {
                // Answers the close, so that the server need not wait for it.
                let _ = self.0.close(None).await;
                return Some(code);
            }
        }
        None
    }

    async fn until_commands(&mut self, through: u64) {
        loop {
            let order = self.next().await.expect("the link lives");
            if matches!(order, ServerMessage::Recorded { commands_through, .. } if commands_through >= through)
            {
                return;
            }
        }
    }

    /// Everything said so far has been taken, because the ping after it is answered.
    async fn until_answered(&mut self) {
        self.say(&AgentMessage::Ping { clock: 4711, storage: None, receiver: None }).await;
        loop {
            let order = self.next().await.expect("the link lives");
            if matches!(order, ServerMessage::Pong { clock: 4711, .. }) {
                return;
            }
        }
    }
}

/// Two honest presses, then the same again and again, numbers out of order, and a flood.
pub(super) async fn replay_and_flood(address: SocketAddr, key: String) -> Sent {
    let mut sent = Sent::new();
    for _ in 0..REPLAY_LINKS {
        replay(address, &key, &mut sent).await;
    }
    let mut flooding = Link::open(address, &key).await.ok().unwrap();
    flooding.hello("stolen").await;
    for clock in 0..FLOOD {
        if !flooding.say(&AgentMessage::Ping { clock, storage: None, receiver: None }).await {
            break;
        }
    }
    count(&mut sent, r#"helan_agent_links_ended_total{code="flood"}"#);
    // Its own unread words may tear the farewell; the counter knows.
    let code = flooding.closing().await;
    assert!(code.as_deref().is_none_or(|code| code == "flood"), "{code:?}");
    sent
}

async fn replay(address: SocketAddr, key: &str, sent: &mut Sent) {
    let mut link = Link::open(address, key).await.ok().unwrap();
    link.hello("stolen").await;
    let press = |number| {
        let command = if number % 2 == 1 { CrewCommand::OffDuty } else { CrewCommand::OnDuty };
        AgentMessage::Press { number, made_at: now_ms(), command, pressed_as: None, reckoned: None }
    };
    link.say(&press(1)).await;
    link.say(&press(2)).await;
    link.until_commands(2).await;
    for _ in 0..REPLAYS {
        for number in [1, 2, 0, 7, u64::MAX] {
            link.say(&press(number)).await;
        }
        // A fix that is none: answered, so that it is not sent for ever, and kept nowhere.
        link.say(&AgentMessage::Fixes { fixes: vec![nowhere()] }).await;
        count(sent, "helan_agent_fixes_refused_total");
    }
    link.until_answered().await;
}

fn nowhere() -> FixReport {
    FixReport {
        number: 1,
        fix_time: 0,
        lon: 999.0,
        lat: -999.0,
        speed_mps: None,
        heading_deg: None,
        satellites: None,
        hdop: None,
    }
}
