//! History has every fix of a vehicle once: through a terminal switched off, a backlog, and replays.

use crate::gear::{Receiver, Relay, Server, Terminal, in_time, tiny};
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use vehicle_agent::link::LinkPhase;
use vehicle_agent::outbox::{Outbox, SqliteOutbox};
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, FixReport, ServerMessage};
use wire_protocol::vocabulary::Role;

const VEHICLE: &str = "XN-02-1";
const STATION: (f64, f64) = (101.57, 36.50);
const MOMENTS: u32 = 200;

#[tokio::test]
async fn history_has_every_fix_once_whatever_was_cut_and_sent_again() {
    let server = Server::open(tiny(), |_| {}).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let relay = Relay::before(server.address()).await;
    let folder = tempfile::tempdir().unwrap();
    let (key, outbox) = (server.key(VEHICLE).await, folder.path().join("outbox"));
    let receiver = Receiver::driving_from(STATION.0, STATION.1, MOMENTS);

    let terminal = Terminal::online(&relay.address.to_string(), &key, &outbox).await;
    relay.lose_signal();
    terminal.until("the terminal to notice", |it| it.link != LinkPhase::Online).await;
    terminal.drive(&receiver, 0..150).await;
    terminal.until_waiting(150).await;
    terminal.switch_off().await;
    let mut kept = SqliteOutbox::open(&outbox).await.unwrap();
    let kept = kept.load().await.unwrap();
    assert_eq!(kept.fixes.len(), 150, "the backlog outlives the terminal");

    relay.regain_signal();
    let terminal = Terminal::online(&relay.address.to_string(), &key, &outbox).await;
    terminal.drive(&receiver, 150..MOMENTS - 1).await;
    terminal.measure(&receiver, MOMENTS - 1).await;
    terminal.until_all_sent().await;
    terminal.switch_off().await;
    replay(&server.address().to_string(), &key, &kept.id, &kept.fixes).await;

    let (from, to) = (receiver.time_of(0), receiver.time_of(MOMENTS));
    let path = |from, to| format!("/api/v1/vehicles/{VEHICLE}/positions?from={from}&to={to}");
    let whole: Vec<Value> = dispatcher.get(&path(from, to)).await;
    let times: Vec<i64> = whole.iter().map(|fix| fix["fix_time"].as_i64().unwrap()).collect();
    let measured: Vec<i64> = (0..MOMENTS).map(|moment| receiver.time_of(moment)).collect();
    assert_eq!(times, measured);

    // In pages of time, as a track is looked at: nothing falls between two and nothing is in both.
    let mut paged: Vec<Value> = Vec::new();
    for page in 0..7 {
        let edge = |page: u32| receiver.time_of(page * 30);
        paged.extend(dispatcher.get::<Vec<Value>>(&path(edge(page), edge(page + 1))).await);
    }
    assert_eq!(paged, whole);
    server.close().await;
}

/// Somebody who has the key sends the terminal's old fixes once more, each moved a little.
async fn replay(address: &str, key: &str, outbox: &str, fixes: &[FixReport]) {
    let mut request = format!("ws://{address}/ws/agent").into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {key}").parse().unwrap());
    let (mut socket, _) = connect_async(request).await.unwrap();
    let hello = AgentMessage::Hello {
        protocol: PROTOCOL_VERSION,
        outbox: outbox.to_owned(),
        software: "replay".to_owned(),
        clock: 0,
        terminal: None,
    };
    socket.send(Message::text(serde_json::to_string(&hello).unwrap())).await.unwrap();
    for chunk in fixes.chunks(50) {
        let moved = |fix: &FixReport| FixReport { lat: fix.lat + 0.001, ..fix.clone() };
        let fixes = AgentMessage::Fixes { fixes: chunk.iter().map(moved).collect() };
        socket.send(Message::text(serde_json::to_string(&fixes).unwrap())).await.unwrap();
    }
    let mut missing: Vec<u64> = fixes.iter().map(|fix| fix.number).collect();
    while !missing.is_empty() {
        let frame = in_time("the replayed fixes to be answered", socket.next()).await;
        let Message::Text(text) = frame.unwrap().unwrap() else { continue };
        if let ServerMessage::Recorded { fixes, .. } = serde_json::from_str(&text).unwrap() {
            missing.retain(|number| !fixes.iter().any(|[a, b]| (a..=b).contains(&number)));
        }
    }
}
