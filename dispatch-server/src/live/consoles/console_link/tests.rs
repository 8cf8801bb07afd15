//! A console's link without a socket, a clock or a feed: every frame of the feed is a word.

use super::machine::{Answer, Ask, ConsoleLink, Event};
use crate::live::limits::CONSOLE_FRAMES;
use crate::live::link::{End, Incoming, Input, Machine, Now, Output, Pulse, Unwritten};
use dispatch_core::model::Timestamp;
use proptest::prelude::*;
use std::time::Duration;
use wire_protocol::console::{FeedMessage, PartState, ServiceState};

type Link = ConsoleLink<String>;
type Said = Output<String, Ask>;

const SUBSCRIBE: &str = r#"{"type":"subscribe","protocol":1}"#;
const PING: &str = r#"{"type":"ping","clock":42}"#;

fn at(millis: u64) -> Now {
    Now { wall: Timestamp(1_000_000 + millis as i64), steady: Duration::from_millis(millis) }
}

fn new() -> Link {
    ConsoleLink::new(Pulse {
        first_message_limit: Duration::from_secs(10),
        heartbeat: Duration::from_secs(5),
        silence_limit: Duration::from_secs(45),
        allowance: CONSOLE_FRAMES,
    })
}

fn service() -> ServiceState {
    ServiceState {
        journal: PartState::Working,
        history: PartState::Working,
        positions_lost_at: None,
        others: None,
        clock: None,
        space: None,
        region: None,
        set_backs: Vec::new(),
        standing_still: Vec::new(),
        without_centre: Vec::new(),
    }
}

/// A feed in which nothing happens.
fn quiet(ask: Ask) -> Option<Answer<String>> {
    let epoch = "run".to_owned();
    match ask {
        Ask::TellWhenReady => None,
        Ask::Resume(_) => Some(Answer::Foreign { epoch }),
        Ask::Snapshot => Some(Answer::Snapshot("snapshot".into())),
        Ask::CatchUp => Some(Answer::CaughtUp(vec!["caught up".into()])),
        Ask::Changes => Some(Answer::Changes(Vec::new())),
        Ask::Service => Some(Answer::Service(service())),
        Ask::Arrivals(0) => Some(Answer::Arrivals(Some((1, "arrivals".into())))),
        Ask::Arrivals(_) => Some(Answer::Arrivals(None)),
        Ask::Positions(None) => Some(Answer::Positions { tick: 7, frame: Some("all".into()) }),
        Ask::Positions(Some(_)) => Some(Answer::Positions { tick: 8, frame: None }),
    }
}

/// Carries out everything; gives what the console was sent, and how the link ended if it did.
fn work_off(
    link: &mut Link,
    now: Now,
    mut feed: impl FnMut(Ask) -> Option<Answer<String>>,
) -> Vec<String> {
    let mut said = Vec::new();
    while let Some(output) = link.next_output() {
        match output {
            Output::Send(frame) => said.push(short(&frame)),
            Output::Ping => said.push("ping".into()),
            Output::Ask(ask) => {
                if let Some(answer) = feed(ask) {
                    link.handle_input(Input::Answer(answer), now);
                }
            }
            Output::End(end) => said.push(format!("end {}", end.code)),
        }
    }
    said
}

fn short(frame: &str) -> String {
    match serde_json::from_str::<FeedMessage>(frame) {
        Ok(FeedMessage::Service(_)) => "service".into(),
        Ok(FeedMessage::Pong { clock, .. }) => format!("pong {clock}"),
        Ok(_) | Err(_) => frame.into(),
    }
}

/// A console that is level at this moment.
fn level(now: Now) -> Link {
    let mut link = new();
    link.handle_input(Input::Frame(Incoming::Text(SUBSCRIBE)), now);
    work_off(&mut link, now, quiet);
    link.handle_input(Input::Happened(Event::Ready), now);
    let said = work_off(&mut link, now, quiet);
    assert_eq!(said, ["snapshot", "caught up", "service", "arrivals", "all"]);
    link
}

fn after(input: Input<'_, Answer<String>, Event>) -> Vec<String> {
    let mut link = level(at(0));
    link.handle_input(input, at(1));
    work_off(&mut link, at(1), quiet)
}

#[test]
fn a_console_that_comes_back_is_shown_only_what_it_missed() {
    let mut link = new();
    link.handle_input(Input::Frame(Incoming::Text(SUBSCRIBE)), at(0));
    assert!(work_off(&mut link, at(0), quiet).is_empty() && !link.is_read());
    link.handle_input(Input::Happened(Event::Ready), at(1));
    let said = work_off(&mut link, at(1), |ask| match ask {
        Ask::Resume(_) => Some(Answer::Resumed { epoch: "run".into(), links: vec!["link".into()] }),
        Ask::CatchUp => Some(Answer::CaughtUp(vec!["missed".into(), "caught up".into()])),
        Ask::TellWhenReady
        | Ask::Snapshot
        | Ask::Changes
        | Ask::Service
        | Ask::Arrivals(_)
        | Ask::Positions(_) => quiet(ask),
    });
    assert_eq!(said, ["link", "missed", "caught up", "service", "arrivals", "all"]);
}

#[test]
fn the_feed_is_asked_for_more_only_when_all_is_written() {
    let mut link = level(at(0));
    link.handle_input(Input::Happened(Event::News), at(1));
    assert_eq!(link.next_output(), Some(Output::Ask(Ask::Changes)));
    let changes = Answer::Changes(vec!["a".into(), "b".into()]);
    link.handle_input(Input::Answer(changes), at(1));
    let outputs: Vec<Said> = std::iter::from_fn(|| link.next_output()).take(3).collect();
    let sends = ["a", "b"].map(|it| Output::Send(it.to_owned()));
    assert_eq!(outputs[..2], sends);
    assert_eq!(outputs[2], Output::Ask(Ask::Changes));
}

/// A console that falls off the ring at every look, in these epochs one after the other.
fn falling_behind(epochs: &[&str]) -> Vec<String> {
    let mut link = level(at(0));
    let mut epochs = epochs.iter();
    link.handle_input(Input::Happened(Event::News), at(1));
    work_off(&mut link, at(1), |ask| match ask {
        Ask::Changes => match epochs.next() {
            Some(epoch) => Some(Answer::Behind { epoch: (*epoch).to_owned() }),
            None => quiet(ask),
        },
        Ask::Positions(_) => Some(Answer::Positions { tick: 8, frame: None }),
        Ask::TellWhenReady
        | Ask::Resume(_)
        | Ask::Snapshot
        | Ask::CatchUp
        | Ask::Service
        | Ask::Arrivals(_) => quiet(ask),
    })
}

#[test]
fn a_console_that_fell_behind_gets_one_snapshot_within_an_epoch() {
    let once = ["snapshot", "caught up", "service", "arrivals"];
    assert_eq!(falling_behind(&["run"]), once);
    assert_eq!(falling_behind(&["run", "run"]), ["snapshot", "caught up", "end too_slow"]);
    let anew = ["snapshot", "caught up", "snapshot", "caught up", "service", "arrivals"];
    assert_eq!(falling_behind(&["run", "next"]), anew, "there every console falls behind");
}

#[test]
fn a_subscription_must_come_in_time_however_much_else_comes() {
    let mut silent = new();
    assert_eq!(silent.next_timeout(), Some(Duration::from_secs(10)));
    silent.handle_input(Input::Tick, at(10_000));
    assert_eq!(work_off(&mut silent, at(10_000), quiet), ["end no_subscription"]);
    let mut busy = new();
    for second in 0..=10 {
        busy.handle_input(Input::Frame(Incoming::SignOfLife), at(second * 1000));
    }
    assert_eq!(work_off(&mut busy, at(10_000), quiet), ["end no_subscription"]);
    let mut waiting = new();
    waiting.handle_input(Input::Frame(Incoming::Text(SUBSCRIBE)), at(0));
    work_off(&mut waiting, at(0), quiet);
    waiting.handle_input(Input::Tick, at(10_000));
    assert_eq!(work_off(&mut waiting, at(10_000), quiet), ["end no_subscription"]);
}

#[test]
fn every_bad_first_frame_has_its_code() {
    let long = " ".repeat(5000);
    for (frame, code) in [
        (Incoming::Text(r#"{"type":"subscribe","protocol":0}"#), "protocol_version"),
        (Incoming::Text(PING), "no_subscription"),
        (Incoming::Text("[]"), "bad_frame"),
        (Incoming::Binary, "bad_frame"),
        (Incoming::Text(&long), "frame_too_large"),
        (Incoming::Unreadable, "unreadable_frame"),
        (Incoming::Closed, "lost"),
    ] {
        let mut link = new();
        link.handle_input(Input::Frame(frame), at(0));
        assert_eq!(work_off(&mut link, at(0), quiet), [format!("end {code}")]);
    }
}

#[test]
fn a_ping_is_answered_a_second_subscription_and_a_flood_are_not() {
    assert_eq!(after(Input::Frame(Incoming::Text(PING))), ["pong 42"]);
    assert_eq!(after(Input::Frame(Incoming::Text(SUBSCRIBE))), ["end bad_frame"]);
    let mut link = level(at(0));
    let mut said = Vec::new();
    for _ping in 0..60 {
        link.handle_input(Input::Frame(Incoming::Text(PING)), at(1));
        said.extend(work_off(&mut link, at(1), quiet));
    }
    assert_eq!(said.len(), 51, "fifty at one time");
    assert_eq!(said[50], "end flood");
}

#[test]
fn a_quiet_console_is_asked_for_a_sign_of_life_and_then_taken_to_be_gone() {
    let mut link = level(at(1_000));
    let mut said = Vec::new();
    while let Some(due) = link.next_timeout() {
        let now = at(due.as_millis() as u64);
        link.handle_input(Input::Tick, now);
        let lines = work_off(&mut link, now, quiet);
        said.extend(lines.into_iter().map(|line| (due.as_secs() - 1, line)));
    }
    let mut expected: Vec<(u64, String)> =
        [15, 20, 25, 30, 35, 40].map(|second| (second, "ping".to_owned())).to_vec();
    expected.push((45, "end silent".to_owned()));
    assert_eq!(said, expected);
}

/// The drain rule: what waits is dropped, the console is told why, nothing follows.
#[test]
fn a_link_that_ends_says_why_and_nothing_else() {
    for (input, code) in [
        (Input::Happened(Event::Stopping), "server_stopping"),
        (Input::Happened(Event::SignedOut), "signed_out"),
        (Input::NotWritten(Unwritten::NotReading), "too_slow"),
        (Input::NotWritten(Unwritten::Lost), "lost"),
    ] {
        let mut link = level(at(0));
        link.handle_input(Input::Happened(Event::News), at(1));
        assert_eq!(link.next_output(), Some(Output::Ask(Ask::Changes)));
        let changes = Answer::Changes(vec!["a".into(), "b".into(), "c".into()]);
        link.handle_input(Input::Answer(changes), at(1));
        assert_eq!(link.next_output(), Some(Output::Send("a".into())));
        link.handle_input(input, at(2));
        let Some(Output::End(End { code: told, last_words: Some(words) })) = link.next_output()
        else {
            panic!("{code}: the next output is the end, with last words")
        };
        assert!(told == code && words.contains(code), "{words}");
        link.handle_input(Input::Frame(Incoming::Text(PING)), at(3));
        link.handle_input(Input::Tick, at(99_000));
        assert!(link.next_output().is_none() && link.next_timeout().is_none());
    }
}

fn input() -> impl Strategy<Value = Input<'static, Answer<String>, Event>> {
    prop_oneof![
        Just(Input::Frame(Incoming::Text(SUBSCRIBE))),
        Just(Input::Frame(Incoming::Text(PING))),
        Just(Input::Frame(Incoming::Text("?"))),
        Just(Input::Frame(Incoming::Binary)),
        Just(Input::Frame(Incoming::SignOfLife)),
        Just(Input::Frame(Incoming::Closed)),
        Just(Input::Happened(Event::Ready)),
        Just(Input::Happened(Event::News)),
        Just(Input::Happened(Event::SignedOut)),
        Just(Input::NotWritten(Unwritten::Lost)),
        Just(Input::Answer(Answer::Snapshot("s".into()))),
        Just(Input::Answer(Answer::CaughtUp(vec!["c".into()]))),
        Just(Input::Answer(Answer::Changes(vec!["a".into(), "b".into()]))),
        Just(Input::Answer(Answer::Behind { epoch: "e".into() })),
        Just(Input::Answer(Answer::Positions { tick: 3, frame: None })),
        Just(Input::Tick),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever comes in whatever order: no panic, and after its end the link does nothing more.
    #[test]
    fn any_inputs_leave_the_link_whole(
        inputs in proptest::collection::vec((input(), 0..20_000_u64), 1..60),
        ready in any::<bool>(),
    ) {
        let (mut link, mut now) = (if ready { level(at(0)) } else { new() }, 0);
        let mut ends = 0;
        for (input, pause) in inputs {
            now += pause;
            link.handle_input(input, at(now));
            let mut looks = 0;
            let said = work_off(&mut link, at(now), |ask| {
                looks += 1;
                quiet(ask)
            });
            prop_assert!(looks < 20, "it comes to rest");
            prop_assert!(ends == 0 || said.is_empty());
            ends += said.iter().filter(|it| it.starts_with("end ")).count();
        }
        prop_assert!(ends <= 1);
    }
}
