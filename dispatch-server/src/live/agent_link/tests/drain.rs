//! The drain rule: what is done, and in which order, when a link ends; and what is not waited for.

use super::super::asks::{Ask, Event};
use super::super::recording::Outcome;
use super::{Bench, NOTHING_TOLD, Told, fixes, pause};
use crate::live::link::{End, Incoming, Input, Machine, Output, Unwritten};

/// What a link that has a fix gathered, a press under way and one waiting still does when this happens.
fn drained(input: Input<'_, super::Answer, Event>) -> Vec<Output<String, Ask>> {
    let mut bench = Bench::open();
    bench.press(1, pause());
    bench.press(2, pause());
    bench.say(&fixes([1]));
    bench.link.handle_input(input, super::at(1));
    let outputs: Vec<_> = std::iter::from_fn(|| bench.link.next_output()).collect();
    // What was under way ends too late: nobody is told.
    let outcome = Some(Outcome::Done { is_news: true });
    bench.give(Input::Happened(Event::Recorded { outcome, through: 1 }));
    bench.give(Input::Frame(Incoming::Text(r#"{"type":"ping","clock":1}"#)));
    assert!(bench.give(Input::Tick).is_empty() && bench.recording.len() == 1);
    assert_eq!(bench.link.next_timeout(), None);
    outputs
}

#[test]
fn gathered_fixes_go_to_history_the_vehicle_goes_offline_and_the_terminal_is_told_last() {
    for (told, code) in [
        (Told { stopping: true, ..NOTHING_TOLD }, "server_stopping"),
        (Told { replaced: true, ..NOTHING_TOLD }, "replaced"),
        (Told { set_back: true, ..NOTHING_TOLD }, "journal_set_back"),
    ] {
        let outputs = drained(Input::Happened(Event::Told(told)));
        let [hand_over, detach, Output::End(end)] = &outputs[..] else { panic!("{outputs:?}") };
        assert_eq!(*hand_over, Output::Ask(Ask::HandOver));
        assert_eq!(*detach, Output::Ask(Ask::Detach));
        assert_eq!(end.code, code);
        let words = end.last_words.as_deref().unwrap_or_default();
        assert_eq!(super::short(words), format!("closing {code}"));
    }
}

#[test]
fn who_is_not_there_is_told_nothing() {
    for (input, code) in [
        (Input::Frame(Incoming::Closed), "lost"),
        (Input::NotWritten(Unwritten::Lost), "lost"),
        (Input::NotWritten(Unwritten::NotReading), "not_reading"),
    ] {
        let end = Output::End(End { code, last_words: None });
        let before = [Output::Ask(Ask::HandOver), Output::Ask(Ask::Detach)];
        assert_eq!(drained(input), before.into_iter().chain([end]).collect::<Vec<_>>());
    }
}

/// A frame that could not be written takes everything with it that was to be written after it.
#[test]
fn what_waits_to_be_written_is_dropped() {
    let mut bench = Bench::open();
    let told = Told { duty: true, route: true, ..NOTHING_TOLD };
    bench.link.handle_input(Input::Happened(Event::Told(told)), super::at(1));
    assert_eq!(bench.link.next_output(), Some(Output::Ask(Ask::Duty)));
    bench.link.handle_input(Input::NotWritten(Unwritten::NotReading), super::at(2));
    let rest: Vec<_> = std::iter::from_fn(|| bench.link.next_output()).collect();
    let end = Output::End(End { code: "not_reading", last_words: None });
    assert_eq!(rest, [Output::Ask(Ask::Detach), end]);
}
