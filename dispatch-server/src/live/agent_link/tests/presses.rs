//! Presses: in order, one at a time, acknowledged only once recorded.

use super::super::asks::Event;
use super::super::recording::{Outcome, Work};
use super::{Bench, pause};
use crate::live::limits::MOST_WAITING_COMMANDS;
use crate::live::link::{Incoming, Input, Machine};
use dispatch_core::model::{Rejection, TerminalTrouble};
use std::time::Duration;
use wire_protocol::agent::CrewCommand;

const DONE: Outcome = Outcome::Done { is_news: true };

fn recorded(bench: &mut Bench, outcome: Option<Outcome>, through: u64) -> Vec<String> {
    bench.give(Input::Happened(Event::Recorded { outcome, through }))
}

fn numbers(bench: &Bench) -> Vec<u64> {
    let number = |work: &Work| match work {
        Work::Press { number, .. } => *number,
        Work::Trouble(_) => 0,
    };
    bench.recording.iter().map(number).collect()
}

#[test]
fn a_press_is_acknowledged_only_once_it_is_recorded() {
    let mut bench = Bench::open();
    assert!(bench.press(1, pause()).is_empty());
    assert!(bench.tick().is_empty(), "a heartbeat does not change that");
    assert!(bench.press(1, pause()).is_empty(), "nor does its coming again");
    assert_eq!(numbers(&bench), [1], "it is under way once");
    assert_eq!(recorded(&mut bench, Some(DONE), 1), ["recorded 1"]);
}

#[test]
fn presses_are_recorded_one_at_a_time_in_the_order_in_which_they_came() {
    let mut bench = Bench::open();
    for number in 1..=MOST_WAITING_COMMANDS as u64 {
        bench.press(number, pause());
        assert!(bench.link.is_read());
    }
    bench.press(9, CrewCommand::Resume);
    assert!(!bench.link.is_read(), "the rest waits in the network");
    for number in 1..=9 {
        assert_eq!(numbers(&bench).last(), Some(&number));
        assert_eq!(recorded(&mut bench, Some(DONE), number), [format!("recorded {number}")]);
        assert!(bench.link.is_read());
    }
}

#[test]
fn a_refusal_goes_before_the_mark() {
    let mut bench = Bench::open();
    bench.press(1, pause());
    let refusal = Outcome::Refused(Rejection::UnknownTask { task: "yinchuan-9.t1".into() });
    let said = recorded(&mut bench, Some(refusal.clone()), 1);
    let Outcome::Refused(rejection) = refusal else { panic!("a refusal") };
    assert_eq!(said, [format!("refused 1 {}", rejection.code()), "recorded 1".to_owned()]);
}

#[test]
fn what_cannot_be_recorded_is_tried_again_with_growing_pauses_and_never_answered_before() {
    let mut bench = Bench::open();
    bench.press(1, pause());
    let mut pauses = Vec::new();
    for tries in 1..10_usize {
        assert!(recorded(&mut bench, None, 0).is_empty());
        let failed_at = bench.now;
        while bench.recording.len() == tries {
            // The terminal is there all the time.
            bench.give(Input::Frame(Incoming::SignOfLife));
            assert!(bench.tick().is_empty());
        }
        pauses.push(bench.now - failed_at);
    }
    assert_eq!(pauses, [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
    assert_eq!(recorded(&mut bench, Some(DONE), 1), ["recorded 1"]);
}

#[test]
fn a_terminal_of_an_earlier_release_that_insists_on_a_gap_goes_on_behind_it() {
    let mut bench = Bench::open();
    let insisted = Duration::from_secs(45).as_millis() as u64;
    while bench.now < insisted {
        bench.press(7, pause());
        assert_eq!(recorded(&mut bench, Some(Outcome::Gap), 0), ["recorded 0"]);
        bench.now += 15_000;
    }
    bench.press(7, pause());
    recorded(&mut bench, Some(Outcome::Gap), 0);
    let Some(Work::Trouble(TerminalTrouble::ActsMissing { from, through, passed_over, .. })) =
        bench.recording.last()
    else {
        panic!("the gap is noted first: {:?}", bench.recording.last())
    };
    assert_eq!((*from, *through, *passed_over), (1, 6, true));
    assert!(recorded(&mut bench, Some(Outcome::Noted(true)), 6).is_empty());
    assert_eq!(recorded(&mut bench, Some(DONE), 7), ["recorded 7"]);
}

const RENEWS: &str = r#"{"type":"hello","protocol":1,"outbox":"box","software":"test 2",
    "clock":1795953600000,"terminal":{"first_command":1,"last_command":3,"storage":"healthy"}}"#;

#[test]
fn a_terminal_that_renews_is_told_of_what_does_not_fit_after_the_mark() {
    let mut bench = Bench::new();
    assert_eq!(bench.text(RENEWS), ["welcome 0"]);
    bench.press(1, pause());
    let taken = Outcome::NumberTaken(None);
    assert_eq!(recorded(&mut bench, Some(taken), 4), ["recorded 1", "renumber 4 NumberUsedTwice"]);
    assert!(recorded(&mut bench, Some(Outcome::Noted(true)), 4).is_empty());
    bench.press(3, pause());
    let said = recorded(&mut bench, Some(Outcome::Gap), 1);
    assert_eq!(said, ["recorded 1", "renumber 1 CentreBehind"]);
}
