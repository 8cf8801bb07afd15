//! The first frame, bad frames, floods and silence.

use super::super::asks::{Answer, Event};
use super::{Bench, HELLO, NOTHING_TOLD, Told, fix, fixes};
use crate::live::link::{Incoming, Input, Machine, Unwritten};
use std::time::Duration;
use wire_protocol::agent::AgentMessage;
use wire_protocol::{MAX_AGENT_FRAME_BYTES, MAX_FIXES_PER_FRAME};

fn ping(clock: i64) -> AgentMessage {
    AgentMessage::Ping { clock, storage: None, receiver: None }
}

fn hello(protocol: u16, outbox: &str) -> String {
    let (outbox, software) = (outbox.into(), "test".into());
    let hello = AgentMessage::Hello { protocol, outbox, software, clock: 0, terminal: None };
    serde_json::to_string(&hello).unwrap()
}

fn first_frame(frame: Incoming<'_>) -> Vec<String> {
    let mut bench = Bench::new();
    let said = bench.give(Input::Frame(frame));
    assert!(!bench.is_attached, "a link without a hello counts for nothing");
    said
}

#[test]
fn a_link_begins_with_a_proper_hello() {
    let first_text = |text: &str| first_frame(Incoming::Text(text));
    assert_eq!(first_text(&hello(99, "box")), ["end protocol_version"]);
    assert_eq!(first_text(&hello(1, "")), ["end bad_outbox"]);
    assert_eq!(first_text(&hello(1, &"x".repeat(41))), ["end bad_outbox"]);
    assert_eq!(first_text(&hello(1, "a b")), ["end bad_outbox"]);
    assert_eq!(first_text(r#"{"type":"ping","clock":1}"#), ["end no_hello"]);
    assert_eq!(first_text("{"), ["end no_hello"]);
    assert_eq!(first_frame(Incoming::Binary), ["end not_text"]);
    assert_eq!(first_frame(Incoming::Unreadable), ["end unreadable_frame"]);
    assert_eq!(first_frame(Incoming::Closed), ["end lost"]);
    assert!(first_frame(Incoming::SignOfLife).is_empty());
}

#[test]
fn a_hello_must_come_in_time_however_much_else_comes() {
    assert_eq!(Bench::new().tick(), ["end no_hello"]);
    let mut busy = Bench::new();
    for second in 0..10 {
        busy.now = second * 1000;
        assert!(busy.give(Input::Frame(Incoming::SignOfLife)).is_empty());
    }
    busy.now = 10_000;
    assert_eq!(busy.give(Input::Frame(Incoming::SignOfLife)), ["end no_hello"]);
    let mut stopped = Bench::new();
    assert_eq!(stopped.give(Input::Happened(Event::Stopping)), ["end server_stopping"]);
}

#[test]
fn a_terminal_waits_for_its_vehicles_centre_and_is_told_when_none_has_it() {
    let mut bench = Bench::new();
    bench.has_centre = None;
    assert!(bench.text(HELLO).is_empty() && !bench.link.is_read() && !bench.is_attached);
    assert_eq!(bench.give(Input::Happened(Event::CentreFound(false))), ["end not_enrolled"]);
    let mut stopped = Bench::new();
    stopped.has_centre = None;
    stopped.text(HELLO);
    assert_eq!(stopped.give(Input::Happened(Event::Stopping)), ["end server_stopping"]);
}

/// What is sent last to a terminal that sends these texts after its welcome.
fn after_welcome(texts: &[String]) -> Option<String> {
    let mut bench = Bench::open();
    texts.iter().flat_map(|text| bench.text(text)).last()
}

#[test]
fn every_kind_of_bad_frame_has_its_code() {
    let code = |texts: &[String]| after_welcome(texts).unwrap_or_default();
    assert_eq!(code(&[" ".repeat(MAX_AGENT_FRAME_BYTES + 1)]), "end frame_too_large");
    assert_eq!(Bench::open().give(Input::Frame(Incoming::Binary)), ["end not_text"]);
    assert_eq!(Bench::open().give(Input::Frame(Incoming::Unreadable)), ["end unreadable_frame"]);
    let many = fixes(1..=MAX_FIXES_PER_FRAME as u64 + 1);
    assert_eq!(Bench::open().say(&many), ["end too_many_fixes"]);
    for bad in [r#"{"type":"fixes","fixes":[{"number":"one"}]}"#, HELLO, "what?"] {
        assert_eq!(after_welcome(&vec![bad.to_owned(); 7]), None, "seven are survived");
        assert_eq!(code(&vec![bad.to_owned(); 8]), "end bad_frames");
    }
    let number_zero = AgentMessage::Fixes { fixes: vec![fix(0)] };
    let number_zero = serde_json::to_string(&number_zero).unwrap();
    assert_eq!(code(&vec![number_zero; 8]), "end bad_frames");
}

#[test]
fn a_flood_is_slowed_and_then_named() {
    let mut bench = Bench::open();
    for clock in 1..=100 {
        assert_eq!(bench.say(&ping(clock)), [format!("pong {clock}")]);
        assert!(bench.link.is_read());
    }
    assert_eq!(bench.say(&ping(101)), ["pong 101"], "it is not refused");
    assert!(!bench.link.is_read(), "but nothing more is read");
    assert_eq!(bench.link.next_timeout(), Some(Duration::from_millis(50)));
    assert!(bench.tick().is_empty() && bench.link.is_read());
    // A peer that pays no heed to being held back is at last called a flood.
    let said: Vec<String> = (0..200).flat_map(|clock| bench.say(&ping(clock))).collect();
    assert_eq!(said.last().map(String::as_str), Some("end flood"));
    assert_eq!(said.len(), 50);
}

#[test]
fn a_quiet_terminal_is_asked_for_a_sign_of_life_and_then_taken_to_be_gone() {
    let mut bench = Bench::open();
    let mut said = Vec::new();
    while bench.is_attached {
        let lines = bench.tick();
        said.extend(lines.into_iter().map(|line| (bench.now / 1000, line)));
    }
    let mut expected: Vec<(u64, String)> =
        [15, 20, 25, 30, 35, 40].map(|second| (second, "ping".to_owned())).to_vec();
    expected.push((45, "end silent".to_owned()));
    assert_eq!(said, expected);
}

#[test]
fn whatever_ends_a_link_has_its_code() {
    let told = |told: Told| Bench::open().told(told);
    assert_eq!(told(Told { replaced: true, duty: true, ..NOTHING_TOLD }), ["end replaced"]);
    assert_eq!(told(Told { stopping: true, duty: true, ..NOTHING_TOLD }), ["end server_stopping"]);
    assert_eq!(
        told(Told { set_back: true, route: true, ..NOTHING_TOLD }),
        ["end journal_set_back"]
    );
    let unwritten = |why| Bench::open().give(Input::NotWritten(why));
    assert_eq!(unwritten(Unwritten::NotReading), ["end not_reading"]);
    assert_eq!(unwritten(Unwritten::Lost), ["end lost"]);
    let mut full = Bench::new();
    full.has_centre = None;
    full.text(HELLO);
    assert_eq!(full.give(Input::Answer(Answer::FleetFull)), ["end fleet_full"]);
}
