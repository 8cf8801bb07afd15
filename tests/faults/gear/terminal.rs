//! A terminal as plain as can be: a link to one server that says what a test wants said, and comes back when it ends.

use super::{in_time, now_ms};
use futures_util::{SinkExt, StreamExt};
use simulations::fleet::read_keys;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{interval, sleep};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{
    AgentMessage, CrewCommand, FixReport, ServerMessage, VehicleAssignment,
};

/// Between two fixes of one that drives.
const FIX_EVERY: Duration = Duration::from_millis(500);
/// Pause before it comes back.
const COME_BACK_AFTER: Duration = Duration::from_millis(200);

/// A terminal with a right clock, linked at one server.
pub(crate) struct Terminal {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// A vehicle's key.
pub(crate) fn key_of(keys: &Path, vehicle: &str) -> String {
    let all = read_keys(keys).unwrap();
    all.into_iter().find(|(id, _)| id == vehicle).expect("a vehicle of the region").1
}

impl Terminal {
    pub(crate) async fn try_link(server: SocketAddr, key: &str) -> Option<Self> {
        let mut request = format!("ws://{server}/ws/agent").into_client_request().unwrap();
        request.headers_mut().insert("authorization", format!("Bearer {key}").parse().unwrap());
        let (socket, _) = connect_async(request).await.ok()?;
        let mut terminal = Self { socket };
        let (outbox, software) = ("plain-1".to_owned(), "plain".to_owned());
        let hello = AgentMessage::Hello {
            protocol: PROTOCOL_VERSION,
            outbox,
            software,
            clock: now_ms(),
            terminal: None,
        };
        terminal.say(&hello).await.then_some(terminal)
    }

    pub(crate) async fn link(server: SocketAddr, key: &str) -> Self {
        in_time("a link", Self::try_link(server, key)).await.expect("a link")
    }

    /// Drives about this place for ever, on whatever link it gets.
    pub(crate) fn drive(server: SocketAddr, key: String, lon: f64, lat: f64) -> JoinHandle<()> {
        tokio::spawn(async move {
            let mut number = 0;
            loop {
                if let Some(mut terminal) = Self::try_link(server, &key).await {
                    terminal.drive_on(&mut number, lon, lat).await;
                }
                sleep(COME_BACK_AFTER).await;
            }
        })
    }

    async fn drive_on(&mut self, number: &mut u64, lon: f64, lat: f64) {
        let mut ticks = interval(FIX_EVERY);
        loop {
            tokio::select! {
                frame = self.socket.next() => if !matches!(frame, Some(Ok(_))) { return },
                _ = ticks.tick() => {
                    *number += 1;
                    let moved = lon + (*number % 100) as f64 * 1e-5;
                    let fix = FixReport {
                        number: *number,
                        fix_time: now_ms(),
                        lon: moved,
                        lat,
                        speed_mps: Some(2.0),
                        heading_deg: Some(90.0),
                        satellites: None,
                        hdop: None,
                    };
                    if !self.say(&AgentMessage::Fixes { fixes: vec![fix] }).await {
                        return;
                    }
                }
            }
        }
    }

    /// Reads until there is a duty picture that is wanted.
    pub(crate) async fn duty<T>(&mut self, wanted: impl Fn(&VehicleAssignment) -> Option<T>) -> T {
        loop {
            if let ServerMessage::Duty(duty) = self.hear().await
                && let Some(found) = wanted(&duty)
            {
                return found;
            }
        }
    }

    /// Presses, and reads until the press is recorded; the code when it was refused.
    pub(crate) async fn press(&mut self, number: u64, command: CrewCommand) -> Option<String> {
        assert!(
            self.say(&AgentMessage::Press {
                number,
                made_at: now_ms(),
                command,
                pressed_as: None,
                reckoned: None
            })
            .await
        );
        let mut refused = None;
        loop {
            let order = self.hear().await;
            if let ServerMessage::Recorded { commands_through, .. } = &order
                && *commands_through >= number
            {
                return refused;
            }
            if let ServerMessage::CommandRefused { code, .. } = order {
                refused = Some(code);
            }
        }
    }

    async fn hear(&mut self) -> ServerMessage {
        loop {
            let frame = in_time("an order", self.socket.next()).await.unwrap().unwrap();
            if let Message::Text(text) = frame {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    async fn say(&mut self, message: &AgentMessage) -> bool {
        let text = serde_json::to_string(message).unwrap();
        self.socket.send(Message::text(text)).await.is_ok()
    }
}
