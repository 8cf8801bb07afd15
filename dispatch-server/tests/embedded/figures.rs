//! Figures at `/metrics` that are read off the journal or the links: they move with what happens, and are right
//! again after a restart.

use crate::http_support::{CITY, Caller, PASSWORD, Server, links, take_call};
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::Message;
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::AgentMessage;
use wire_protocol::console::ConsoleMessage;
use wire_protocol::vocabulary::Role;

const NOON: Timestamp = Timestamp(1_796_000_000_000);
/// The tiny region's norm for sending an order is 60 seconds.
const TOO_LATE_MILLIS: i64 = 61_000;
/// Figures are worked out every few seconds; far longer than the slowest machine needs.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at a figure, which nobody announces.
const LOOK_EVERY: Duration = Duration::from_millis(100);

async fn start(data: &Path, clock: &Clock) -> Server {
    Server::start_with(|settings| {
        settings.data = data.to_owned();
        settings.clock = clock.clone();
        settings.metrics_listen = Some("127.0.0.1:0".parse().unwrap());
    })
    .await
}

/// Waits until the figures whose lines hold all these words come to a sum; nothing when there are none.
async fn until_sum(server: &Server, name: &str, labels: &[&str], wanted: f64) {
    let url = format!("http://{}/metrics", server.running.metrics_address.unwrap());
    let began = Instant::now();
    loop {
        let text = reqwest::get(&url).await.unwrap().text().await.unwrap();
        let of_it = text.lines().filter(|line| line.starts_with(name));
        let lines: Vec<&str> =
            of_it.filter(|line| labels.iter().all(|label| line.contains(label))).collect();
        let values = lines.iter().filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok());
        if !lines.is_empty() && values.sum::<f64>() == wanted {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{name} {labels:?} is not {wanted}: {lines:?}");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn until_orders(server: &Server, outcome: &str, cases: f64) {
    let outcome = format!("outcome=\"{outcome}\"");
    until_sum(server, "helan_norm{", &["centre=\"xining\"", "norm=\"order\"", &outcome], cases)
        .await;
}

async fn call(li: &Caller) -> String {
    let taken = li.execute(CITY, take_call()).await;
    assert_eq!(taken.status, 200, "{}", taken.body);
    taken.body["incident"].as_str().unwrap().to_owned()
}

async fn send(li: &Caller, incident: &str, vehicle: &str) {
    let send = json!({
        "type": "dispatch_vehicles", "incident": incident, "vehicles": [vehicle], "offer": null,
    });
    let sent = li.execute(CITY, send).await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    // An order counts as sent once its crew has it, which they tell by radio.
    let acknowledged = json!({
        "type": "record_milestone", "task": format!("{incident}.t1"), "milestone": "order_received",
        "details": {},
    });
    let told = li.execute(CITY, acknowledged).await;
    assert_eq!(told.status, 200, "{}", told.body);
}

#[tokio::test]
async fn norms_kept_and_broken_move_their_figures_which_a_restart_leaves_right() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), Clock::by_hand(NOON));
    let server = start(folder.path(), &clock).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    for outcome in ["met", "missed", "not_known", "pending", "overdue", "never"] {
        until_orders(&server, outcome, 0.0).await;
    }
    let late = call(&li).await;
    until_orders(&server, "pending", 1.0).await;
    clock.advance_millis(TOO_LATE_MILLIS);
    until_orders(&server, "overdue", 1.0).await;
    until_orders(&server, "pending", 0.0).await;
    let soon = call(&li).await;
    send(&li, &soon, "XN-01-1").await;
    send(&li, &late, "XN-01-2").await;
    until_orders(&server, "met", 1.0).await;
    until_orders(&server, "missed", 1.0).await;
    until_orders(&server, "overdue", 0.0).await;
    server.end().await;

    // As a new process has it: no figure is left from before.
    for outcome in ["met", "missed"] {
        for around in ["urban", "rural"] {
            let labels = [
                ("centre", CITY),
                ("norm", "order"),
                ("surroundings", around),
                ("outcome", outcome),
            ];
            metrics::gauge!("helan_norm", &labels).set(-1.0);
        }
    }
    let server = start(folder.path(), &clock).await;
    until_orders(&server, "met", 1.0).await;
    until_orders(&server, "missed", 1.0).await;
    let li = server.nobody().signed_in("li", PASSWORD).await;
    call(&li).await;
    until_orders(&server, "pending", 1.0).await;
    server.end().await;
}

/// The next picture of the service that a console is told, and whether it names the vehicle.
async fn until_told(console: &mut links::Socket, named: bool) {
    loop {
        let frame = tokio::time::timeout(PATIENCE, console.next()).await.unwrap().unwrap().unwrap();
        let Ok(text) = frame.to_text() else { continue };
        if text.contains("\"type\":\"service\"") && text.contains(STRANGER) == named {
            return;
        }
    }
}

/// A vehicle whose row the region folder lacks; its key was made all the same.
const STRANGER: &str = "XN-99-9";

#[tokio::test]
async fn a_vehicle_that_no_centre_has_is_counted_and_shown_to_consoles() {
    let (folder, clock) = (tempfile::tempdir().unwrap(), Clock::by_hand(NOON));
    let server = start(folder.path(), &clock).await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let mut console = links::console(&server, &li).await;
    let key = server.key(STRANGER).await;
    let hello = AgentMessage::Hello {
        protocol: PROTOCOL_VERSION,
        outbox: "box".into(),
        software: "test 1".into(),
        clock: NOON.0,
        terminal: None,
    };
    let mut terminal = links::terminal(&server, &key).await.unwrap();
    terminal.send(Message::text(serde_json::to_string(&hello).unwrap())).await.unwrap();
    assert!(links::ends(terminal).await.contains("not_enrolled"));
    until_told(&mut console, true).await;
    until_sum(&server, "helan_vehicles_without_centre ", &[], 1.0).await;
    // A console that comes later is told with its first picture.
    let mut later = links::feed(&server, &li).await.unwrap();
    let subscription =
        ConsoleMessage::Subscribe { protocol: PROTOCOL_VERSION, epoch: None, seen: Vec::new() };
    later.send(Message::text(serde_json::to_string(&subscription).unwrap())).await.unwrap();
    let first = later.next().await.unwrap().unwrap();
    assert!(first.to_text().unwrap().contains("\"without_centre\":[\"XN-99-9\"]"), "{first}");
    server.end().await;
}
