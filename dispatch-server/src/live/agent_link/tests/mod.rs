//! A vehicle's link without a socket, a clock, a desk or a history.

mod any_inputs;
mod drain;
mod fixes;
mod frames;
mod presses;

use super::asks::{Answer, Ask, Event};
use super::machine::{AgentLink, Terms};
use super::recording::Work;
use crate::fleet::Told;
use crate::live::limits::FrameAllowance;
use crate::live::link::{Incoming, Input, Machine, Now, Output, Pulse};
use dispatch_core::model::{Timestamp, VehicleId};
use std::sync::Arc;
use std::time::Duration;
use wire_protocol::agent::{AgentMessage, CrewCommand, FixReport, ReportSeconds, ServerMessage};
use wire_protocol::vocabulary::PauseReason;

const NOON: i64 = 1_795_953_600_000;
const HELLO: &str =
    r#"{"type":"hello","protocol":1,"outbox":"box","software":"test","clock":1795953600000}"#;

fn at(millis: u64) -> Now {
    Now { wall: Timestamp(NOON + millis as i64), steady: Duration::from_millis(millis) }
}

fn pulse() -> Pulse {
    Pulse {
        first_message_limit: Duration::from_secs(10),
        heartbeat: Duration::from_secs(5),
        silence_limit: Duration::from_secs(45),
        allowance: FrameAllowance { per_second: 20.0, burst: 100.0, held_before_closing: 50 },
    }
}

/// A link, and what the rest of the server would have done.
struct Bench {
    link: AgentLink,
    now: u64,
    /// What is asked to be recorded, oldest first.
    recording: Vec<Work>,
    /// What became of the batches handed to history that the link has not heard of.
    settled: Vec<bool>,
    /// Whether history takes what is handed over.
    history_takes: bool,
    awaits_durable: bool,
    /// How many batches were handed over, and how many fixes judged.
    handed_over: usize,
    judged: usize,
    is_attached: bool,
    has_centre: Option<bool>,
}

impl Bench {
    fn new() -> Self {
        let report_seconds = ReportSeconds { on_task: 1, available: 2, idle: 10 };
        let terms = Terms { report_seconds, exercise: false, servers: Arc::default() };
        Self {
            link: AgentLink::new(pulse(), VehicleId::from("YC-01-1"), terms),
            now: 0,
            recording: Vec::new(),
            settled: Vec::new(),
            history_takes: true,
            awaits_durable: false,
            handed_over: 0,
            judged: 0,
            is_attached: false,
            has_centre: Some(true),
        }
    }

    /// A link that was welcomed.
    fn open() -> Self {
        let mut bench = Self::new();
        let said = bench.text(HELLO);
        assert_eq!(said, ["welcome 0"]);
        bench
    }

    fn text(&mut self, text: &str) -> Vec<String> {
        self.give(Input::Frame(Incoming::Text(text)))
    }

    fn say(&mut self, message: &AgentMessage) -> Vec<String> {
        self.text(&serde_json::to_string(message).unwrap())
    }

    fn press(&mut self, number: u64, command: CrewCommand) -> Vec<String> {
        let (pressed_as, reckoned) = (None, None);
        self.say(&AgentMessage::Press { number, made_at: NOON, command, pressed_as, reckoned })
    }

    fn told(&mut self, told: Told) -> Vec<String> {
        self.give(Input::Happened(Event::Told(told)))
    }

    /// Gives an input and works off what follows: what is sent, one line each.
    fn give(&mut self, input: Input<'_, Answer, Event>) -> Vec<String> {
        self.link.handle_input(input, at(self.now));
        let mut said = Vec::new();
        while let Some(output) = self.link.next_output() {
            match output {
                Output::Send(text) => said.push(short(&text)),
                Output::Ping => said.push("ping".into()),
                Output::End(end) => said.push(format!("end {}", end.code)),
                Output::Ask(Ask::FindCentre) => {
                    if let Some(has_centre) = self.has_centre {
                        let event = Event::CentreFound(has_centre);
                        self.link.handle_input(Input::Happened(event), at(self.now));
                    }
                }
                Output::Ask(ask) => {
                    if let Some(answer) = self.execute(ask) {
                        self.link.handle_input(Input::Answer(answer), at(self.now));
                    }
                }
            }
        }
        said
    }

    /// Waits for the link's next timeout, and gives what is sent then.
    fn tick(&mut self) -> Vec<String> {
        let due = self.link.next_timeout().expect("a link that lives looks around");
        self.now = self.now.max(due.as_millis() as u64);
        self.give(Input::Tick)
    }

    fn execute(&mut self, ask: Ask) -> Option<Answer> {
        match ask {
            Ask::Attach { .. } => {
                self.is_attached = true;
                return Some(Answer::Attached { commands_through: 0, in_turns: None });
            }
            Ask::Duty => return Some(Answer::Duty(None)),
            Ask::Route => return Some(Answer::Route(None)),
            Ask::Picture => return Some(Answer::Picture(None)),
            Ask::Through(outboxes) => {
                return Some(Answer::Through(outboxes.into_iter().map(|it| (it, 0)).collect()));
            }
            Ask::Hear(fault, stands) => {
                return Some(Answer::Turned(fault, stands.then_some(true)));
            }
            Ask::HandOver => {
                self.handed_over += 1;
                return Some(Answer::HandedOver(self.history_takes));
            }
            Ask::Settle { mark } => {
                let durable = std::mem::take(&mut self.settled);
                self.awaits_durable &= durable.is_empty();
                return Some(Answer::Settled { durable, mark });
            }
            Ask::Judge { fixes, .. } => self.judged += fixes.len(),
            Ask::TellWhenDurable => self.awaits_durable = true,
            Ask::Record(work) => self.recording.push(work),
            Ask::LogRenumbering { .. } | Ask::Count(_) | Ask::FindCentre => {}
            Ask::Detach => self.is_attached = false,
        }
        None
    }
}

fn short(text: &str) -> String {
    match serde_json::from_str(text).unwrap() {
        ServerMessage::Welcome { commands_through, .. } => format!("welcome {commands_through}"),
        ServerMessage::Recorded { commands_through, fixes } => {
            let ranges: Vec<String> = fixes.iter().map(|[a, b]| format!(" {a}-{b}")).collect();
            format!("recorded {commands_through}{}", ranges.concat())
        }
        ServerMessage::CommandRefused { number, code, .. } => format!("refused {number} {code}"),
        ServerMessage::Renumber { commands_through, reason } => {
            format!("renumber {commands_through} {reason:?}")
        }
        ServerMessage::Duty(_) => "duty".into(),
        ServerMessage::Route(_) => "route".into(),
        ServerMessage::Camera { wanted } => {
            format!("picture {:?}", wanted.map(|it| it.channel))
        }
        ServerMessage::Pong { clock, .. } => format!("pong {clock}"),
        ServerMessage::Closing { code, .. } => format!("closing {code}"),
    }
}

fn pause() -> CrewCommand {
    CrewCommand::Pause { reason: PauseReason::Fuel, note: String::new() }
}

fn fix(number: u64) -> FixReport {
    FixReport {
        number,
        fix_time: NOON,
        lon: 106.2,
        lat: 38.5,
        speed_mps: Some(12.0),
        heading_deg: Some(90.0),
        satellites: Some(9),
        hdop: Some(0.9),
    }
}

fn fixes(numbers: impl IntoIterator<Item = u64>) -> AgentMessage {
    AgentMessage::Fixes { fixes: numbers.into_iter().map(fix).collect() }
}

const NOTHING_TOLD: Told = Told {
    duty: false,
    route: false,
    replaced: false,
    stopping: false,
    set_back: false,
    picture: false,
};
