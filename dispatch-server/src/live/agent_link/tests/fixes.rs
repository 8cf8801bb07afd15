//! Positions: judged at once, acknowledged when durable.

use super::super::asks::Event;
use super::{Bench, fix, fixes};
use crate::live::limits::MOST_PENDING_FRAMES;
use crate::live::link::{Input, Machine};
use wire_protocol::agent::{AgentMessage, FixReport};

#[test]
fn single_fixes_are_judged_at_once_and_gathered_for_the_heartbeat() {
    let mut bench = Bench::open();
    assert!(bench.say(&fixes([1, 2])).is_empty() && bench.say(&fixes([4])).is_empty());
    assert_eq!((bench.judged, bench.handed_over), (3, 0));
    assert!(bench.tick().is_empty());
    assert_eq!(bench.handed_over, 1);
    assert!(!bench.awaits_durable, "nobody is woken for them");
    bench.settled.push(true);
    assert_eq!(bench.tick(), ["recorded 0 1-2 4-4"]);
}

#[test]
fn a_backlog_is_acknowledged_as_soon_as_it_is_durable() {
    let mut bench = Bench::open();
    assert!(bench.say(&fixes(1..=64)).is_empty() && bench.say(&fixes(65..=128)).is_empty());
    assert!(bench.handed_over == 2 && bench.awaits_durable);
    bench.awaits_durable = false;
    bench.settled.push(true);
    let said = bench.give(Input::Happened(Event::Durable(true)));
    assert_eq!(said, ["recorded 0 1-128"], "what was durable by then goes along");
}

#[test]
fn what_history_does_not_take_or_loses_is_not_acknowledged() {
    let mut bench = Bench::open();
    bench.history_takes = false;
    assert!(bench.say(&fixes(1..=8)).is_empty() && !bench.awaits_durable);
    bench.history_takes = true;
    assert!(bench.say(&fixes(9..=16)).is_empty());
    assert!(bench.give(Input::Happened(Event::Durable(false))).is_empty());
    bench.say(&fixes(17..=24));
    assert_eq!(bench.give(Input::Happened(Event::Durable(true))), ["recorded 0 17-24"]);
}

#[test]
fn what_is_no_fix_at_all_is_settled_but_neither_judged_nor_kept() {
    let mut bench = Bench::open();
    let off_the_globe = FixReport { lat: 91.0, ..fix(1) };
    let before_satellites = FixReport { fix_time: 0, ..fix(2) };
    let backwards = FixReport { speed_mps: Some(-1.0), ..fix(3) };
    bench.say(&AgentMessage::Fixes { fixes: vec![off_the_globe, before_satellites, backwards] });
    assert!(bench.tick().is_empty());
    assert_eq!((bench.judged, bench.handed_over), (0, 0));
    assert_eq!(bench.tick(), ["recorded 0 1-3"]);
}

#[test]
fn no_more_is_read_than_history_takes_and_then_a_silence_is_not_the_terminals() {
    let mut bench = Bench::open();
    for frame in 0..MOST_PENDING_FRAMES as u64 {
        assert!(bench.link.is_read());
        bench.say(&fixes(frame * 8 + 1..=frame * 8 + 8));
    }
    assert!(!bench.link.is_read() && bench.awaits_durable);
    while bench.now < 60_000 {
        let said = bench.tick();
        assert!(said.is_empty() || said == ["ping"], "{said:?}");
    }
    bench.awaits_durable = false;
    assert_eq!(bench.give(Input::Happened(Event::Durable(true))), ["recorded 0 1-8"]);
    assert!(bench.link.is_read());
}
