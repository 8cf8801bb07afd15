//! Consoles: scope, sessions, presence, slow ones, resuming.

use super::client::{Console, Fed};
use super::journal_support as commands;
use super::picture::Picture;
use super::town::{Town, quick};
use dispatch_server::live::LiveSettings;
use tokio_tungstenite::tungstenite::Message;
use wire_protocol::console::{ConsoleMessage, FeedMessage};

async fn subscribed(town: &Town, sees: &str) -> (Console, Picture) {
    let mut console = town.console(sees).await;
    let mut picture = Picture::default();
    picture.catch_up(&mut console).await;
    (console, picture)
}

#[tokio::test]
async fn a_console_sees_a_call_and_a_vehicle_sent_as_they_happen() {
    let town = Town::open().await;
    let (mut console, mut picture) = subscribed(&town, "xining").await;
    assert_eq!(picture.vehicles.len(), 3);
    let task = town.send("XN-01-1").await;
    while picture.vehicles["XN-01-1"].task.as_deref() != Some(task.as_str()) {
        picture.take_next(&mut console).await;
    }
    assert_eq!(picture.incidents["xining-1"].tasks[0].vehicle, "XN-01-1");
    let line = picture.log.iter().find(|line| line.kind == "task_created").unwrap();
    assert_eq!(line.vehicle.as_deref(), Some("XN-01-1"));
}

#[tokio::test]
async fn a_city_sees_nothing_of_another_centre() {
    let town = Town::open().await;
    let (mut city, picture) = subscribed(&town, "qinghai").await;
    assert!(picture.vehicles.is_empty());
    let mut agent = town.agent("XN-01-1", "box").await;
    let moved =
        wire_protocol::agent::AgentMessage::Fixes { fixes: vec![super::client::fix(1, 0, 0)] };
    agent.say(&moved).await;
    agent.until_fixes([1]).await;
    town.send("XN-01-1").await;
    // The first thing it hears of is its own call; what happened elsewhere before was not for it.
    commands::open_incident(&town.desk, "qinghai").await;
    loop {
        match city.next().await.unwrap() {
            Fed::Positions(records) => assert_eq!(records, []),
            Fed::Message(message) => match *message {
                FeedMessage::Changes(changes) => {
                    assert_eq!(changes.centre, "qinghai");
                    break;
                }
                FeedMessage::Service(_) => {}
                other => panic!("not for this console: {other:?}"),
            },
        }
    }
}

#[tokio::test]
async fn a_lent_vehicle_comes_into_the_picture_of_its_new_centre() {
    let town = Town::open().await;
    let (mut city, mut picture) = subscribed(&town, "qinghai").await;
    town.lend("XN-01-2", "qinghai").await;
    while !picture.vehicles.contains_key("XN-01-2") {
        picture.take_next(&mut city).await;
    }
}

#[tokio::test]
async fn a_lent_vehicle_leaves_the_picture_of_its_centre() {
    let town = Town::open().await;
    let (mut console, mut picture) = subscribed(&town, "xining").await;
    town.lend("XN-01-2", "qinghai").await;
    while picture.vehicles.contains_key("XN-01-2") {
        picture.take_next(&mut console).await;
    }
}

#[tokio::test]
async fn consoles_see_links_come_and_go() {
    let town = Town::open().await;
    let (mut console, mut picture) = subscribed(&town, "xining").await;
    assert!(!picture.vehicles["XN-01-1"].online);
    let agent = town.agent("XN-01-1", "box").await;
    while !picture.vehicles["XN-01-1"].online {
        picture.take_next(&mut console).await;
    }
    let (_, later) = subscribed(&town, "xining").await;
    assert!(later.vehicles["XN-01-1"].online);
    drop(agent);
    while picture.vehicles["XN-01-1"].online {
        picture.take_next(&mut console).await;
    }
}

#[tokio::test]
async fn another_run_of_the_server_or_an_unknown_version_gets_a_new_snapshot() {
    let town = Town::open().await;
    let (_, mut picture) = subscribed(&town, "xining").await;
    picture.epoch = Some("another".into());
    picture.catch_up(&mut town.console("xining").await).await;
    assert_eq!(picture.snapshots, 2);
    picture.versions.insert("xining".into(), 1);
    picture.catch_up(&mut town.console("xining").await).await;
    assert_eq!(picture.snapshots, 3);
    picture.catch_up(&mut town.console("xining").await).await;
    assert_eq!(picture.snapshots, 3, "and from there it resumes");
}

#[tokio::test]
async fn who_signs_out_sees_no_more() {
    let town = Town::open().await;
    let (mut console, _) = subscribed(&town, "xining").await;
    town.session.cancel();
    assert_eq!(console.closing().await, "signed_out");
}

#[tokio::test]
async fn when_the_server_stops_consoles_are_told() {
    let town = Town::open().await;
    let (mut console, _) = subscribed(&town, "xining").await;
    town.stop.cancel();
    assert_eq!(console.closing().await, "server_stopping");
}

#[tokio::test]
async fn a_ping_is_answered_with_both_clocks() {
    let town = Town::open().await;
    let (mut console, _) = subscribed(&town, "xining").await;
    console.say(&ConsoleMessage::Ping { clock: 42 }).await;
    let pong = console.until(|message| match message {
        FeedMessage::Pong { clock, server_time } => Some((*clock, *server_time)),
        _ => None,
    });
    assert_eq!(pong.await, (42, town.clock.now().0));
}

/// The code with which a console's link ends that sends this first.
async fn first_frame(frame: Message) -> String {
    let town = Town::open().await;
    let mut console = town.console("xining").await;
    console.0.send_raw(frame).await;
    console.closing().await
}

#[tokio::test]
async fn bad_input_from_a_console_has_its_code() {
    let old = r#"{"type":"subscribe","protocol":0}"#;
    assert_eq!(first_frame(Message::text(old)).await, "protocol_version");
    assert_eq!(first_frame(Message::text(r#"{"type":"ping","clock":1}"#)).await, "no_subscription");
    assert_eq!(first_frame(Message::text("[]")).await, "bad_frame");
    assert_eq!(first_frame(Message::binary(vec![0])).await, "bad_frame");
    assert_eq!(first_frame(Message::text(" ".repeat(5000))).await, "frame_too_large");
}

#[tokio::test]
async fn a_console_that_floods_is_closed() {
    let town = Town::open().await;
    let (mut console, _) = subscribed(&town, "xining").await;
    for clock in 0..200 {
        console.say(&ConsoleMessage::Ping { clock }).await;
    }
    assert_eq!(console.closing().await, "flood");
}

/// Writes so much that neither the ring nor the network's buffers can hold it.
async fn write_a_lot(town: &Town) {
    let incident = commands::open_incident(&town.desk, "xining").await;
    let text = "x".repeat(1900);
    for _ in 0..200 {
        town.desk.execute(commands::note("xining", "", &incident, &text)).await.unwrap();
    }
}

#[tokio::test]
async fn a_console_that_does_not_read_holds_nobody_up_and_is_brought_up_to_date() {
    let town = Town::with(LiveSettings { ring_entries: 4, ..quick() }).await;
    let (mut frozen, mut old) = subscribed(&town, "xining").await;
    let (mut reading, mut picture) = subscribed(&town, "xining").await;
    let reader = async {
        // Incident opened, call taken, two hundred notes.
        let last = town.desk.read(&"xining".into(), |it| it.version).unwrap() + 202;
        picture.until(&mut reading, "xining", last).await;
        last
    };
    let ((), last) = tokio::join!(write_a_lot(&town), reader);
    // It wakes up: first what was under way to it, then one snapshot, then it is level.
    while old.versions["xining"] < last {
        old.take_next(&mut frozen).await;
    }
    assert_eq!(old.snapshots, 2, "it fell behind and was given the picture anew, once");
    assert_eq!(old.incidents, picture.incidents);
}

#[tokio::test]
async fn a_console_that_keeps_falling_behind_is_closed() {
    let town = Town::with(LiveSettings { ring_entries: 4, ..quick() }).await;
    let (mut slow, mut picture) = subscribed(&town, "xining").await;
    write_a_lot(&town).await;
    // It reads until its new snapshot and then sleeps again.
    while picture.snapshots < 2 {
        picture.take_next(&mut slow).await;
    }
    write_a_lot(&town).await;
    assert_eq!(slow.closing().await, "too_slow");
}
