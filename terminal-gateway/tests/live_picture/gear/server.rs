//! The server's end: it welcomes the vehicle's link, says which picture it would like, and takes the picture's socket.

use super::soon;
use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use axum::routing::any;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};
use wire_protocol::agent::{AgentMessage, ReportSeconds, ServerMessage};
use wire_protocol::picture::{FragmentKind, PictureEnd, PictureNews, PictureWanted};

#[derive(Clone)]
struct Doors {
    told: Arc<Mutex<mpsc::Receiver<ServerMessage>>>,
    heard: mpsc::Sender<AgentMessage>,
    sources: mpsc::Sender<Source>,
}

pub(crate) struct Server {
    pub(crate) address: String,
    tell: mpsc::Sender<ServerMessage>,
    heard: mpsc::Receiver<AgentMessage>,
    sources: mpsc::Receiver<Source>,
}

/// A picture's socket as it was opened.
pub(crate) struct Source {
    pub(crate) query: String,
    pub(crate) authorization: String,
    pub(crate) socket: WebSocket,
}

impl Server {
    pub(crate) async fn begin() -> Server {
        let (tell, told) = mpsc::channel(8);
        let (hear, heard) = mpsc::channel(256);
        let (open, sources) = mpsc::channel(8);
        let doors = Doors { told: Arc::new(Mutex::new(told)), heard: hear, sources: open };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("it is bound").to_string();
        let router = Router::new()
            .route("/ws/agent", any(agent))
            .route("/ws/picture/source", any(source))
            .with_state(doors);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Server { address, tell, heard, sources }
    }

    /// Says what it would like to see.
    pub(crate) async fn wants(&self, wanted: Option<(&str, u8)>) {
        let wanted =
            wanted.map(|(picture, channel)| PictureWanted { picture: picture.to_owned(), channel });
        self.tell.send(ServerMessage::Camera { wanted }).await.expect("a link");
    }

    /// The next socket of a picture.
    pub(crate) async fn source(&mut self) -> Source {
        soon(self.sources.recv()).await.expect("the server runs")
    }

    /// Waits for a message of the vehicle's link.
    pub(crate) async fn hears<T>(&mut self, wanted: impl Fn(AgentMessage) -> Option<T>) -> T {
        loop {
            let message = soon(self.heard.recv()).await.expect("the server runs");
            if let Some(found) = wanted(message) {
                return found;
            }
        }
    }
}

impl Source {
    async fn next(&mut self) -> Option<Message> {
        loop {
            match soon(self.socket.recv()).await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(message)) => return Some(message),
            }
        }
    }

    pub(crate) async fn news(&mut self) -> PictureNews {
        match self.next().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).expect("news"),
            other => panic!("no news: {other:?}"),
        }
    }

    pub(crate) async fn fragment(&mut self) -> (FragmentKind, Vec<u8>) {
        match self.next().await {
            Some(Message::Binary(bytes)) => {
                (FragmentKind::of(&bytes).expect("a kind"), bytes[1..].to_vec())
            }
            other => panic!("no fragment: {other:?}"),
        }
    }

    /// Waits for its end; gives why it ended, if it was told.
    pub(crate) async fn ended(mut self) -> Option<PictureEnd> {
        let mut why = None;
        while let Some(message) = self.next().await {
            if let Message::Text(text) = message
                && let PictureNews::Ended { reason } = serde_json::from_str(&text).expect("news")
            {
                why = Some(reason);
            }
        }
        why
    }
}

async fn agent(State(doors): State<Doors>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|socket| linked(socket, doors))
}

async fn linked(mut socket: WebSocket, doors: Doors) {
    let mut told = doors.told.lock().await;
    loop {
        let answer = tokio::select! {
            told = told.recv() => told,
            came = socket.recv() => match came {
                Some(Ok(Message::Text(text))) => {
                    let message = serde_json::from_str(&text).expect("a terminal's message");
                    let answer = answer(&message);
                    doors.heard.send(message).await.ok();
                    if answer.is_none() {
                        continue;
                    }
                    answer
                }
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return,
            },
        };
        let Some(answer) = answer else { return };
        let text = serde_json::to_string(&answer).expect("a message");
        if socket.send(Message::text(text)).await.is_err() {
            return;
        }
    }
}

fn answer(message: &AgentMessage) -> Option<ServerMessage> {
    match message {
        AgentMessage::Hello { clock, .. } => Some(ServerMessage::Welcome {
            vehicle: "YC-01-1".to_owned(),
            server_time: *clock,
            commands_through: 0,
            report_seconds: ReportSeconds { on_task: 5, available: 10, idle: 30 },
            exercise: false,
            servers: Vec::new(),
        }),
        AgentMessage::Ping { clock, .. } => {
            Some(ServerMessage::Pong { clock: *clock, server_time: *clock })
        }
        AgentMessage::Fixes { .. } | AgentMessage::Press { .. } => None,
    }
}

async fn source(
    State(doors): State<Doors>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    let (query, authorization) =
        (query.unwrap_or_default(), authorization.unwrap_or_default().to_owned());
    upgrade.on_upgrade(|socket| async move {
        doors.sources.send(Source { query, authorization, socket }).await.ok();
    })
}
