//! What a broken or hostile terminal gets: a clear code, and nobody else notices.

use super::client::fix;
use super::town::{Town, quick};
use dispatch_core::model::{VehicleKind, VehicleRecord};
use dispatch_server::live::{FrameAllowance, LiveSettings};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;
use wire_protocol::agent::{AgentMessage, CrewCommand};
use wire_protocol::{MAX_AGENT_FRAME_BYTES, MAX_FIXES_PER_FRAME};

fn hello(protocol: u16, outbox: &str) -> AgentMessage {
    let (outbox, software) = (outbox.into(), "test".into());
    AgentMessage::Hello { protocol, outbox, software, clock: 0, terminal: None }
}

/// The code with which a link ends whose first frame is this.
async fn first_frame(frame: Message) -> String {
    let town = Town::open().await;
    let mut agent = town.socket("XN-01-1").await;
    agent.0.send_raw(frame).await;
    let code = agent.closing().await;
    assert!(!town.live.is_online(&"XN-01-1".into()), "a link without a hello counts for nothing");
    code
}

fn text(message: &AgentMessage) -> Message {
    Message::text(serde_json::to_string(message).unwrap())
}

#[tokio::test]
async fn a_link_begins_with_a_proper_hello() {
    assert_eq!(first_frame(text(&hello(99, "box"))).await, "protocol_version");
    assert_eq!(first_frame(text(&hello(1, ""))).await, "bad_outbox");
    assert_eq!(first_frame(text(&hello(1, &"x".repeat(41)))).await, "bad_outbox");
    assert_eq!(first_frame(text(&hello(1, "a b"))).await, "bad_outbox");
    assert_eq!(
        first_frame(text(&AgentMessage::Ping { clock: 1, storage: None, receiver: None })).await,
        "no_hello"
    );
    assert_eq!(first_frame(Message::text("{")).await, "no_hello");
    assert_eq!(first_frame(Message::binary(vec![1, 2, 3])).await, "not_text");
}

#[tokio::test]
async fn a_socket_that_says_nothing_is_closed() {
    let settings = LiveSettings { first_message_limit: Duration::from_millis(30), ..quick() };
    let town = Town::with(settings).await;
    assert_eq!(town.socket("XN-01-1").await.closing().await, "no_hello");
}

/// The code with which a link ends that is sent these frames after its welcome.
async fn after_welcome(frames: Vec<Message>) -> String {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    for frame in frames {
        agent.0.send_raw(frame).await;
    }
    agent.closing().await
}

#[tokio::test]
async fn every_kind_of_bad_frame_has_its_code() {
    let too_large = Message::text(" ".repeat(MAX_AGENT_FRAME_BYTES + 1));
    assert_eq!(after_welcome(vec![too_large]).await, "frame_too_large");
    let far_too_large = Message::text(" ".repeat(50 * 1024 * 1024));
    assert_eq!(after_welcome(vec![far_too_large]).await, "unreadable_frame");
    assert_eq!(after_welcome(vec![Message::binary(vec![0; 8])]).await, "not_text");
    let many = (1..=MAX_FIXES_PER_FRAME as u64 + 1).map(|n| fix(n, n as i64, 0)).collect();
    let many = text(&AgentMessage::Fixes { fixes: many });
    assert_eq!(after_welcome(vec![many]).await, "too_many_fixes");
    let nonsense = vec![Message::text(r#"{"type":"fixes","fixes":[{"number":"one"}]}"#); 8];
    assert_eq!(after_welcome(nonsense).await, "bad_frames");
    let second_hello = vec![text(&hello(1, "box")); 8];
    assert_eq!(after_welcome(second_hello).await, "bad_frames");
    let number_zero = vec![text(&AgentMessage::Fixes { fixes: vec![fix(0, 0, 0)] }); 8];
    assert_eq!(after_welcome(number_zero).await, "bad_frames");
}

#[tokio::test]
async fn a_few_bad_frames_do_not_cost_the_link() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.0.send_raw(Message::text("what?")).await;
    agent.0.send_raw(Message::text(r#"{"type":"press","number":1}"#)).await;
    agent.press(1, CrewCommand::OffDuty).await;
    agent.until_commands(1).await;
}

#[tokio::test]
async fn a_flood_is_slowed_then_named_and_others_do_not_notice() {
    let agent_frames = FrameAllowance { per_second: 200.0, burst: 20.0, held_before_closing: 50 };
    let town = Town::with(LiveSettings { agent_frames, ..quick() }).await;
    let mut flooding = town.agent("XN-01-1", "box").await;
    let mut quiet = town.agent("XN-01-2", "box").await;
    for clock in 0..500 {
        flooding.say(&AgentMessage::Ping { clock, storage: None, receiver: None }).await;
    }
    quiet.press(1, CrewCommand::OffDuty).await;
    quiet.until_commands(1).await;
    assert_eq!(flooding.closing().await, "flood");
}

#[tokio::test]
async fn a_link_from_which_nothing_comes_any_more_is_closed_and_its_vehicle_is_offline() {
    let settings = LiveSettings { silence_limit: Duration::from_millis(200), ..quick() };
    let town = Town::with(settings).await;
    // The socket is kept but not served: not even the answers to pings come, as from a dead phone line.
    let agent = town.agent("XN-01-1", "box").await;
    let mut console = town.console("xining").await;
    console.subscribe(None, Vec::new()).await;
    let gone = console.until(|message| match message {
        wire_protocol::console::FeedMessage::Link { vehicle, online, .. } if !online => {
            Some(vehicle.clone())
        }
        _ => None,
    });
    assert_eq!(gone.await, "XN-01-1");
    assert!(!town.live.is_online(&"XN-01-1".into()));
    drop(agent);
}

/// A vehicle whose row the region folder lacks; its key was made all the same.
const STRANGER: &str = "XN-99-9";

async fn enrol_the_stranger(town: &Town) {
    let record = VehicleRecord {
        home_centre: "xining".into(),
        station: "XN-01".into(),
        plate: "青A·99".into(),
        call_sign: "西宁99".into(),
        kind: VehicleKind::Basic,
        equipment: Vec::new(),
    };
    town.desk.enrol(vec![(STRANGER.into(), record)]).await.unwrap();
}

#[tokio::test]
async fn a_vehicle_that_no_centre_has_is_told_so_and_welcome_once_one_has_it() {
    let settings = LiveSettings { centre_limit: Duration::from_millis(50), ..quick() };
    let town = Town::with(settings).await;
    for _ in 0..2 {
        let mut agent = town.socket(STRANGER).await;
        agent.0.send_raw(text(&hello(1, "box"))).await;
        assert_eq!(agent.closing().await, "not_enrolled");
        assert!(!town.live.is_online(&STRANGER.into()), "nobody sees it");
    }
    enrol_the_stranger(&town).await;
    let mut agent = town.agent(STRANGER, "box").await;
    agent.press(1, CrewCommand::Sos).await;
    agent.until_commands(1).await;
}

#[tokio::test]
async fn a_vehicle_just_handed_over_is_waited_for() {
    let settings = LiveSettings { centre_limit: Duration::from_secs(60), ..quick() };
    let town = Town::with(settings).await;
    let mut agent = town.socket(STRANGER).await;
    tokio::join!(agent.hello("box"), enrol_the_stranger(&town));
    assert!(town.live.is_online(&STRANGER.into()));
}
