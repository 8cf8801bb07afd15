//! Whatever comes, in whatever order.

use super::super::asks::Event;
use super::super::machine::Phase;
use super::super::recording::{Outcome, Work};
use super::{Bench, HELLO, NOTHING_TOLD, Told, fix, fixes, pause};
use crate::live::limits::{MOST_PENDING_FRAMES, MOST_WAITING_COMMANDS};
use crate::live::link::{Incoming, Input, Machine, Unwritten};
use proptest::prelude::*;
use wire_protocol::agent::{AgentMessage, CrewCommand, ReceiverState, StorageState};

/// Troubles noted beside the presses that wait: two of a ping and two of a press that does not fit.
const MOST_NOTES: usize = 4;

#[derive(Clone, Debug)]
enum Step {
    Text(&'static str),
    Press(u64),
    CallForHelp(u64),
    Fixes(u64, u64),
    FixNumberZero,
    Ping(bool, bool),
    Binary,
    Closed,
    SignOfLife,
    Recorded(u8),
    Durable(bool),
    HistoryTakes(bool),
    Duty,
    End(u8),
    NotWritten,
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Text(HELLO)),
        2 => Just(Step::Text("what?")),
        8 => (1..12_u64).prop_map(Step::Press),
        2 => (1..12_u64).prop_map(Step::CallForHelp),
        6 => (1..999_u64, 1..64_u64).prop_map(|(first, count)| Step::Fixes(first, count)),
        1 => Just(Step::FixNumberZero),
        3 => any::<(bool, bool)>().prop_map(|(disk, date)| Step::Ping(disk, date)),
        1 => Just(Step::Binary),
        1 => Just(Step::Closed),
        2 => Just(Step::SignOfLife),
        12 => any::<u8>().prop_map(Step::Recorded),
        5 => any::<bool>().prop_map(Step::Durable),
        1 => any::<bool>().prop_map(Step::HistoryTakes),
        2 => Just(Step::Duty),
        1 => any::<u8>().prop_map(Step::End),
        1 => Just(Step::NotWritten),
        6 => (0..8_000_u64).prop_map(Step::Wait),
    ]
}

/// The desk as the link should see it: what is recorded of the outbox without a gap.
#[derive(Default)]
struct Desk {
    through: u64,
    /// How many of what was asked to be recorded are answered.
    answered: usize,
}

impl Desk {
    /// What becomes of the oldest work that has no answer; nothing where there is none.
    fn answer(&mut self, bench: &Bench, chance: u8) -> Option<Event> {
        let work = bench.recording.get(self.answered)?;
        self.answered += 1;
        let is_recorded = !chance.is_multiple_of(4);
        let outcome = match work {
            _ if !is_recorded => None,
            Work::Trouble(_) => Some(Outcome::Noted(chance.is_multiple_of(2))),
            Work::Press { number, .. } if *number > self.through + 1 => Some(Outcome::Gap),
            Work::Press { number, .. } if *number <= self.through => {
                Some(match chance.is_multiple_of(3) {
                    true => Outcome::NumberTaken(None),
                    false => Outcome::Done { is_news: false },
                })
            }
            Work::Press { number, .. } => {
                self.through = *number;
                Some(Outcome::Done { is_news: true })
            }
        };
        Some(Event::Recorded { outcome, through: self.through })
    }
}

fn frame(bench: &mut Bench, message: &AgentMessage) -> Vec<String> {
    if bench.link.is_read() { bench.say(message) } else { Vec::new() }
}

fn happens(bench: &mut Bench, desk: &mut Desk, step: Step) -> Vec<String> {
    let is_read = bench.link.is_read();
    let press = |number, command| AgentMessage::Press {
        number,
        made_at: 0,
        command,
        pressed_as: None,
        reckoned: None,
    };
    match step {
        Step::Text(text) if is_read => bench.text(text),
        Step::Binary if is_read => bench.give(Input::Frame(Incoming::Binary)),
        Step::Closed if is_read => bench.give(Input::Frame(Incoming::Closed)),
        Step::SignOfLife if is_read => bench.give(Input::Frame(Incoming::SignOfLife)),
        Step::Text(_) | Step::Binary | Step::Closed | Step::SignOfLife => Vec::new(),
        Step::Press(number) => frame(bench, &press(number, pause())),
        Step::CallForHelp(number) => frame(bench, &press(number, CrewCommand::Sos)),
        Step::Fixes(first, count) => frame(bench, &fixes(first..first + count)),
        Step::FixNumberZero => frame(bench, &AgentMessage::Fixes { fixes: vec![fix(0)] }),
        Step::Ping(disk, date) => {
            let storage = if disk { StorageState::Failing } else { StorageState::Healthy };
            let receiver = if date { ReceiverState::DateWrong } else { ReceiverState::Good };
            let (storage, receiver) = (Some(storage), Some(receiver));
            frame(bench, &AgentMessage::Ping { clock: 0, storage, receiver })
        }
        Step::Recorded(chance) => match desk.answer(bench, chance) {
            Some(event) => bench.give(Input::Happened(event)),
            None => Vec::new(),
        },
        Step::Durable(durable) if std::mem::take(&mut bench.awaits_durable) => {
            bench.give(Input::Happened(Event::Durable(durable)))
        }
        Step::Durable(_) => Vec::new(),
        Step::HistoryTakes(takes) => {
            bench.history_takes = takes;
            Vec::new()
        }
        Step::Duty => bench.told(Told { duty: true, route: true, ..NOTHING_TOLD }),
        Step::End(which) => bench.told(Told {
            replaced: which.is_multiple_of(3),
            stopping: which % 3 == 1,
            set_back: which % 3 == 2,
            ..NOTHING_TOLD
        }),
        Step::NotWritten => bench.give(Input::NotWritten(Unwritten::NotReading)),
        Step::Wait(millis) => {
            bench.now += millis;
            bench.give(Input::Tick)
        }
    }
}

/// How far a message says that commands are recorded.
fn mark(line: &str) -> Option<u64> {
    line.strip_prefix("recorded ")?.split(' ').next()?.parse().ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_press_counts_before_it_is_recorded_and_nothing_grows(
        steps in proptest::collection::vec(step(), 1..120),
        greets in proptest::bool::weighted(0.9),
    ) {
        let mut bench = if greets { Bench::open() } else { Bench::new() };
        let (mut desk, mut has_ended) = (Desk::default(), false);
        for step in steps {
            let said = happens(&mut bench, &mut desk, step);
            prop_assert!(!has_ended || said.is_empty(), "after its end: {said:?}");
            has_ended |= said.iter().any(|line| line.starts_with("end "));
            for through in said.iter().filter_map(|line| mark(line)) {
                prop_assert!(through <= desk.through, "{through} is not recorded");
            }
            if let Phase::Open(talk) = &bench.link.phase {
                prop_assert!(talk.commands.waiting() <= MOST_WAITING_COMMANDS + MOST_NOTES);
                prop_assert!(talk.fixes.pending() <= MOST_PENDING_FRAMES + 1);
            }
        }
    }
}
