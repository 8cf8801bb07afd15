//! A terminal and a console as plain sockets that speak the protocol.

use super::journal_support::NOON;
use futures_util::{SinkExt, StreamExt};
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{
    AgentMessage, CrewCommand, FixReport, ServerMessage, VehicleAssignment,
};
use wire_protocol::console::{ConsoleMessage, FeedMessage, SeenVersion};
use wire_protocol::positions::{self, PositionRecord};

/// Long enough for the slowest machine; a test that waits so long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub(crate) async fn connect(url: &str) -> Self {
        Self(connect_async(url).await.expect("the server listens").0)
    }

    pub(crate) async fn send_raw(&mut self, message: Message) {
        // A link that the server is closing may refuse; what it said before is still to be read.
        let _ = self.0.send(message).await;
    }

    /// The next text or binary frame; nothing once the link is closed or lost.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        let frame = async {
            loop {
                match self.0.next().await? {
                    Ok(frame @ (Message::Text(_) | Message::Binary(_))) => return Some(frame),
                    Ok(Message::Close(_)) | Err(_) => return None,
                    Ok(_) => {}
                }
            }
        };
        tokio::time::timeout(PATIENCE, frame).await.expect("the server says something in time")
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// A terminal.
pub(crate) struct Agent(pub(crate) Socket);

impl Agent {
    pub(crate) async fn connect(url: &str) -> Self {
        Self(Socket::connect(url).await)
    }

    pub(crate) async fn say(&mut self, message: &AgentMessage) {
        let text = serde_json::to_string(message).unwrap();
        self.0.send_raw(Message::text(text)).await;
    }

    /// Says hello.
    pub(crate) async fn greet(&mut self, outbox: &str) {
        self.say(&AgentMessage::Hello {
            protocol: PROTOCOL_VERSION,
            outbox: outbox.into(),
            software: "test 1".into(),
            clock: NOON.0,
            terminal: None,
        })
        .await;
    }

    /// Says hello, and gives how far the commands are recorded.
    pub(crate) async fn hello(&mut self, outbox: &str) -> u64 {
        self.greet(outbox).await;
        match self.next().await {
            ServerMessage::Welcome { commands_through, .. } => commands_through,
            other => panic!("not a welcome: {other:?}"),
        }
    }

    pub(crate) async fn press(&mut self, number: u64, command: CrewCommand) {
        self.press_at(0, number, command).await;
    }

    /// Presses so many seconds after noon.
    pub(crate) async fn press_at(&mut self, seconds: i64, number: u64, command: CrewCommand) {
        self.say(&AgentMessage::Press {
            number,
            made_at: NOON.0 + seconds * 1000,
            command,
            pressed_as: None,
            reckoned: None,
        })
        .await;
    }

    pub(crate) async fn next(&mut self) -> ServerMessage {
        match self.0.next().await {
            Some(Message::Text(text)) => parse(&text),
            other => panic!("not a message of the server: {other:?}"),
        }
    }

    /// Reads on until something is as wanted.
    pub(crate) async fn until<T>(&mut self, wanted: impl Fn(&ServerMessage) -> Option<T>) -> T {
        loop {
            if let Some(found) = wanted(&self.next().await) {
                return found;
            }
        }
    }

    /// Reads on until commands are recorded up to a number.
    pub(crate) async fn until_commands(&mut self, through: u64) {
        self.until(|message| match message {
            ServerMessage::Recorded { commands_through, .. } if *commands_through >= through => {
                Some(())
            }
            _ => None,
        })
        .await;
    }

    /// Reads on until these fixes are acknowledged, in however many messages.
    pub(crate) async fn until_fixes(&mut self, numbers: impl IntoIterator<Item = u64>) {
        let mut missing: std::collections::BTreeSet<u64> = numbers.into_iter().collect();
        while !missing.is_empty() {
            if let ServerMessage::Recorded { fixes, .. } = self.next().await {
                missing.retain(|n| !fixes.iter().any(|[a, b]| (a..=b).contains(&n)));
            }
        }
    }

    /// Reads on until the duty picture is as wanted.
    pub(crate) async fn until_duty(
        &mut self,
        wanted: impl Fn(&VehicleAssignment) -> bool,
    ) -> VehicleAssignment {
        self.until(|message| match message {
            ServerMessage::Duty(duty) if wanted(duty) => Some((**duty).clone()),
            _ => None,
        })
        .await
    }

    /// Reads to the end and gives the code of the closing words.
    pub(crate) async fn closing(&mut self) -> String {
        let code = self
            .until(|message| match message {
                ServerMessage::Closing { code, .. } => Some(code.clone()),
                _ => None,
            })
            .await;
        assert!(self.0.next().await.is_none(), "nothing follows the closing words");
        code
    }
}

/// A fix of a vehicle near the first station, `seconds` after noon and so many steps of 100 m east.
pub(crate) fn fix(number: u64, seconds: i64, steps: i32) -> FixReport {
    FixReport {
        number,
        fix_time: NOON.0 + seconds * 1000,
        lon: 101.79 + f64::from(steps) * 0.0011,
        lat: 36.61,
        speed_mps: Some(12.0),
        heading_deg: Some(90.0),
        satellites: Some(9),
        hdop: Some(0.9),
    }
}

/// A dispatcher's console.
pub(crate) struct Console(pub(crate) Socket);

/// What a console is sent.
#[derive(Debug)]
pub(crate) enum Fed {
    Message(Box<FeedMessage>),
    Positions(Vec<PositionRecord>),
}

impl Console {
    pub(crate) async fn connect(url: &str) -> Self {
        Self(Socket::connect(url).await)
    }

    pub(crate) async fn subscribe(&mut self, epoch: Option<String>, seen: Vec<SeenVersion>) {
        let protocol = PROTOCOL_VERSION;
        self.say(&ConsoleMessage::Subscribe { protocol, epoch, seen }).await;
    }

    pub(crate) async fn say(&mut self, message: &ConsoleMessage) {
        let text = serde_json::to_string(message).unwrap();
        self.0.send_raw(Message::text(text)).await;
    }

    /// What comes next; nothing once the link has ended.
    pub(crate) async fn next(&mut self) -> Option<Fed> {
        match self.0.next().await? {
            Message::Text(text) => Some(Fed::Message(Box::new(parse(&text)))),
            Message::Binary(frame) => {
                Some(Fed::Positions(positions::decode(&frame).expect("a position frame").1))
            }
            other => panic!("not a feed message: {other:?}"),
        }
    }

    /// Reads on until a message is as wanted.
    pub(crate) async fn until<T>(&mut self, wanted: impl Fn(&FeedMessage) -> Option<T>) -> T {
        loop {
            match self.next().await.expect("the link lives") {
                Fed::Message(message) => {
                    if let Some(found) = wanted(&message) {
                        return found;
                    }
                }
                Fed::Positions(_) => {}
            }
        }
    }

    /// Reads on until a position frame comes that shows at least one vehicle as wanted.
    pub(crate) async fn until_position(
        &mut self,
        wanted: impl Fn(&PositionRecord) -> bool,
    ) -> PositionRecord {
        loop {
            if let Fed::Positions(records) = self.next().await.expect("the link lives")
                && let Some(found) = records.into_iter().find(&wanted)
            {
                return found;
            }
        }
    }

    /// Reads to the end and gives the code of the closing words.
    pub(crate) async fn closing(&mut self) -> String {
        self.until(|message| match message {
            FeedMessage::Closing { code, .. } => Some(code.clone()),
            _ => None,
        })
        .await
    }
}
