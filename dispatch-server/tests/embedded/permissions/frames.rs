//! Every frame of both links from everybody: who may open a link, and what a frame brings about on it.

use super::callers;
use crate::http_support::{CITY, Caller, Server};
use dispatch_server::http::SESSION_COOKIE;
use expect_test::expect_file;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::fmt::Write as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// So many frames that are none of its own end a link: fewer leave it open, and more would lie unread when it
/// says why.
const BAD_FRAMES_OF_AGENT: usize = 8;
const BAD_FRAMES_OF_CONSOLE: usize = 1;

fn hello() -> Value {
    json!({ "type": "hello", "protocol": 1, "outbox": "box", "software": "test", "clock": 1 })
}

fn subscribe() -> Value {
    json!({ "type": "subscribe", "protocol": 1 })
}

const AGENT: &str = "/ws/agent";
const CONSOLE: &str = "/ws/console";

/// The frames of both links, each with its name and the links it belongs to.
fn frames() -> Vec<(&'static str, Value, &'static [&'static str])> {
    let fix =
        json!({ "number": 1, "fix_time": 1_700_000_000_000_i64, "lon": 101.78, "lat": 36.62 });
    let on_duty = json!({ "type": "on_duty" });
    vec![
        ("hello", hello(), &[AGENT]),
        ("fixes", json!({ "type": "fixes", "fixes": [fix] }), &[AGENT]),
        (
            "press",
            json!({ "type": "press", "number": 1, "made_at": 1, "command": on_duty }),
            &[AGENT],
        ),
        ("subscribe", subscribe(), &[CONSOLE]),
        ("ping", json!({ "type": "ping", "clock": 1 }), &[AGENT, CONSOLE]),
    ]
}

/// Opens a link with all the secrets that somebody has; else the status with which it is refused.
async fn open(server: &Server, path: &str, caller: &Caller) -> Result<Socket, u16> {
    let url = format!("{}{path}", server.base.replace("http", "ws"));
    let mut request = url.into_client_request().unwrap();
    if let Some(cookie) = &caller.cookie {
        let cookie = format!("{SESSION_COOKIE}={cookie}");
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
    }
    if let Some(key) = &caller.key {
        request.headers_mut().insert("authorization", format!("Bearer {key}").parse().unwrap());
    }
    match connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

/// What a frame brings about, sent so many times after the link's own greeting.
async fn sent(mut socket: Socket, greeting: &Value, frame: &Value, copies: usize) -> String {
    let is_greeting = frame == greeting;
    if !is_greeting {
        socket.send(Message::text(greeting.to_string())).await.unwrap();
    }
    for _ in 0..copies {
        // A link that was closed already has said why.
        let _ = socket.send(Message::text(frame.to_string())).await;
    }
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let told: Value = serde_json::from_str(&text).unwrap();
        match told["type"].as_str().unwrap() {
            "snapshot" if is_greeting => {
                let seen = told["versions"].as_array().unwrap().iter();
                let names: Vec<&str> = seen.map(|it| it["centre"].as_str().unwrap()).collect();
                return format!("the picture of {}", names.join(", "));
            }
            "welcome" if is_greeting => {
                return format!("welcome {}", told["vehicle"].as_str().unwrap());
            }
            "closing" => return format!("closed, {}", told["code"].as_str().unwrap()),
            kind @ ("pong" | "recorded" | "command_refused") => return kind.to_owned(),
            _ => {}
        }
    }
    "closed".to_owned()
}

#[tokio::test]
async fn every_frame_against_everybody() {
    let server = Server::start().await;
    let callers = callers(&server).await;
    let mut table = String::new();
    let links =
        [(AGENT, hello(), BAD_FRAMES_OF_AGENT), (CONSOLE, subscribe(), BAD_FRAMES_OF_CONSOLE)];
    for (path, greeting, bad_frames) in links {
        for (frame, content, belongs_to) in frames() {
            writeln!(table, "{path} {frame}").unwrap();
            let copies = if belongs_to.contains(&path) { 1 } else { bad_frames };
            for (name, caller) in &callers {
                let outcome = match open(&server, path, caller).await {
                    Ok(socket) => sent(socket, &greeting, &content, copies).await,
                    Err(status) => status.to_string(),
                };
                writeln!(table, "    {name}: {outcome}").unwrap();
            }
        }
    }
    assert!(table.contains(CITY));
    expect_file!["frames.txt"].assert_eq(&table);
}
