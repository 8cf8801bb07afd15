//! State machine of one vehicle's link. Knows no socket, no clock, no desk and no history: what it wants of
//! them it asks, and a press counts as recorded only when the desk's answer came.

use super::asks::{Answer, Ask, Counted, Event};
use super::closing::CloseReason;
use super::command_lane::{CommandLane, Said};
use super::decode::{Frame, decode};
use super::fix_lane::FixLane;
use super::greeting::{Greeting, greeting};
use super::press::Press;
use super::recording::Outcome;
use crate::commands::kept_moment;
use crate::live::limits::MOST_BAD_FRAMES;
use crate::live::link::{Incoming, Input, Machine, Now, Output, Pulse, Skeleton};
use dispatch_core::model::{OutboxId, VehicleId};
use std::sync::Arc;
use std::time::Duration;
use wire_protocol::MAX_FIXES_PER_FRAME;
use wire_protocol::agent::{AgentMessage, FixReport, ReportSeconds, ServerMessage, TerminalReport};

#[derive(Debug)]
pub(super) enum Phase {
    /// Waits for the hello.
    Greeting,
    /// Waits for a centre that has the vehicle, then is made the vehicle's live link.
    Attaching(Box<Greeting>),
    Open(Box<Talk>),
}

/// A link after its hello.
#[derive(Debug)]
pub(super) struct Talk {
    pub(super) outbox: OutboxId,
    pub(super) commands: CommandLane,
    pub(super) fixes: FixLane,
    pub(super) bad_frames: u8,
    /// This server's clock minus the terminal's, in milliseconds, as last compared.
    pub(super) clock_behind_ms: i64,
    pub(super) terminal: Option<TerminalReport>,
    /// Whether it can send a picture of its cameras.
    pub(super) has_camera: bool,
    /// For how long nothing was heard, at a heartbeat that is not over yet.
    pub(super) quiet_for: Option<Duration>,
}

/// What every terminal is told as it is welcomed.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// Seconds between fixes the server would like, by state.
    pub(super) report_seconds: ReportSeconds,
    /// Whether the whole installation is for exercises.
    pub(super) exercise: bool,
    /// The agent links of all servers.
    pub(super) servers: Arc<[String]>,
}

/// One vehicle's link.
#[derive(Debug)]
pub(super) struct AgentLink {
    pub(super) vehicle: VehicleId,
    pub(super) terms: Terms,
    pub(super) link: Skeleton<CloseReason, String, Ask>,
    pub(super) phase: Phase,
}

/// What follows from something: on it goes, or the link ends.
pub(super) type Step = Result<(), CloseReason>;

impl Machine for AgentLink {
    type Frame = String;
    type Ask = Ask;
    type Answer = Answer;
    type Event = Event;

    fn handle_input(&mut self, input: Input<'_, Answer, Event>, now: Now) {
        if self.link.is_over() {
            return;
        }
        if let Err(ending) = self.take(input, now) {
            self.end(ending);
        }
    }

    fn next_output(&mut self) -> Option<Output<String, Ask>> {
        if let Some(output) = self.link.next_output() {
            return Some(output);
        }
        if let Err(ending) = self.settle_down() {
            self.end(ending);
        }
        self.link.next_output()
    }

    fn next_timeout(&self) -> Option<Duration> {
        let retry = match &self.phase {
            Phase::Open(talk) if !self.link.is_over() => talk.commands.retry_at(),
            Phase::Open(_) | Phase::Greeting | Phase::Attaching(_) => None,
        };
        retry.into_iter().chain(self.link.next_timeout()).min()
    }

    fn is_read(&self) -> bool {
        match &self.phase {
            Phase::Greeting => true,
            Phase::Attaching(_) => false,
            Phase::Open(talk) => {
                !self.link.is_holding() && !talk.commands.is_full() && !talk.fixes.is_full()
            }
        }
    }
}

impl AgentLink {
    /// A link that begins now.
    pub(super) fn new(pulse: Pulse, vehicle: VehicleId, terms: Terms) -> Self {
        let (link, phase) = (Skeleton::new(pulse), Phase::Greeting);
        Self { vehicle, terms, link, phase }
    }

    fn take(&mut self, input: Input<'_, Answer, Event>, now: Now) -> Step {
        match input {
            Input::Frame(frame) => self.take_frame(frame, now),
            Input::Answer(answer) => {
                let waiting = self.link.set_aside();
                self.take_answer(answer, now)?;
                self.link.put_back(waiting);
                Ok(())
            }
            Input::Happened(event) => self.hear(event, now),
            Input::NotWritten(why) => Err(Skeleton::<CloseReason, String, Ask>::not_written(why)),
            Input::Tick => self.tick(now),
        }
    }

    /// What is left to do once all outputs are carried out.
    fn settle_down(&mut self) -> Step {
        let is_read = self.is_read();
        let Phase::Open(talk) = &mut self.phase else { return Ok(()) };
        if let Some(quiet_for) = talk.quiet_for.take() {
            self.link.judge_silence(quiet_for, is_read)?;
        }
        if talk.fixes.begin_to_await() {
            self.link.ask(Ask::TellWhenDurable);
        }
        Ok(())
    }

    /// Hands over what is gathered; nothing else is waited for.
    fn end(&mut self, ending: CloseReason) {
        let mut last = Vec::new();
        if let Phase::Open(talk) = &mut self.phase {
            if talk.fixes.hand_over() {
                last.push(Ask::HandOver);
            }
            last.push(Ask::Detach);
        }
        // What was counted stays counted.
        let is_kept = |ask: &Ask| matches!(ask, Ask::Count(_));
        self.link.end(ending, is_kept, last);
    }

    fn tick(&mut self, now: Now) -> Step {
        let heartbeat = self.link.tick(now)?;
        let Phase::Open(talk) = &mut self.phase else { return Ok(()) };
        if let Some(work) = talk.commands.retry(now.steady) {
            self.link.ask(Ask::Record(work));
        }
        if heartbeat.is_some() {
            talk.quiet_for = heartbeat;
            self.link.ask(Ask::Settle { mark: false });
        }
        Ok(())
    }

    fn hear(&mut self, event: Event, now: Now) -> Step {
        let told = match event {
            Event::Stopping => return Err(CloseReason::Stopping),
            Event::CentreFound(is_found) => return self.attach(is_found),
            Event::Recorded { outcome, through } => return self.conclude(outcome, through, now),
            Event::Durable(is_durable) => {
                if let Phase::Open(talk) = &mut self.phase {
                    talk.fixes.oldest_settled(is_durable);
                    self.link.ask(Ask::Settle { mark: false });
                }
                return Ok(());
            }
            Event::Told(told) => told,
        };
        if told.replaced {
            return Err(CloseReason::Replaced);
        }
        if told.stopping {
            return Err(CloseReason::Stopping);
        }
        if told.set_back {
            return Err(CloseReason::SetBack);
        }
        if told.duty {
            self.link.ask(Ask::Duty);
        }
        if told.route {
            self.link.ask(Ask::Route);
        }
        if told.picture && matches!(&self.phase, Phase::Open(talk) if talk.has_camera) {
            self.link.ask(Ask::Picture);
        }
        Ok(())
    }

    fn attach(&mut self, has_centre: bool) -> Step {
        if !has_centre {
            return Err(CloseReason::NotEnrolled);
        }
        if let Phase::Attaching(greeting) = &self.phase {
            let (outbox, clock) = (greeting.outbox.clone(), greeting.clock);
            let software = greeting.software.clone();
            let has_camera = greeting.has_camera();
            self.link.ask(Ask::Attach { outbox, software, clock, has_camera });
        }
        Ok(())
    }

    fn take_answer(&mut self, answer: Answer, now: Now) -> Step {
        match answer {
            Answer::FleetFull => return Err(CloseReason::FleetFull),
            Answer::Attached { commands_through, in_turns } => {
                self.open(commands_through, in_turns, now)?
            }
            Answer::Duty(None) | Answer::Route(None) => {}
            Answer::Duty(Some(duty)) => self.say(&ServerMessage::Duty(duty))?,
            Answer::Route(Some(route)) => self.say(&ServerMessage::Route(route))?,
            Answer::Picture(wanted) => self.say(&ServerMessage::Camera { wanted })?,
            Answer::Through(recorded) => self.compare_numbers(&recorded)?,
            Answer::Turned(fault, turned) => self.note_turn(fault, turned),
            Answer::HandedOver(is_taken) => {
                if let Phase::Open(talk) = &mut self.phase {
                    talk.fixes.handed_over(is_taken);
                }
            }
            Answer::Settled { durable, mark } => self.acknowledge(&durable, mark)?,
        }
        Ok(())
    }

    fn take_frame(&mut self, frame: Incoming<'_>, now: Now) -> Step {
        match (&mut self.phase, frame) {
            (_, Incoming::Closed) => Err(CloseReason::Lost),
            (_, Incoming::Unreadable) => Err(CloseReason::Unreadable),
            (Phase::Greeting, frame) => {
                self.link.admit(now)?;
                let Some(greeting) = greeting(frame)? else { return Ok(()) };
                self.link.opening();
                self.phase = Phase::Attaching(Box::new(greeting));
                self.link.ask(Ask::FindCentre);
                Ok(())
            }
            // Is not read.
            (Phase::Attaching(_), _) => Ok(()),
            (Phase::Open(_), frame) => {
                self.link.ask(Ask::Count(Counted::Frame));
                if self.link.admit(now)? {
                    self.link.ask(Ask::Count(Counted::Hold));
                }
                match decode(frame)? {
                    Frame::Alive => Ok(()),
                    Frame::Message(message) => self.take_message(message, now),
                    Frame::Bad => self.count_bad(),
                }
            }
        }
    }

    fn take_message(&mut self, message: AgentMessage, now: Now) -> Step {
        let Phase::Open(talk) = &mut self.phase else { return Ok(()) };
        match message {
            AgentMessage::Fixes { fixes } => self.take_fixes(fixes),
            AgentMessage::Press { number, made_at, command, pressed_as, reckoned } => {
                let (made_at, clock_behind_ms) = (kept_moment(made_at), talk.clock_behind_ms);
                let press =
                    Press { number, made_at, command, pressed_as, reckoned, clock_behind_ms };
                if let Some(work) = talk.commands.arrive(press) {
                    self.link.ask(Ask::Record(work));
                }
                Ok(())
            }
            AgentMessage::Ping { clock, storage, receiver } => {
                let server_time = now.wall.0;
                talk.clock_behind_ms = server_time.saturating_sub(clock);
                if let Some(receiver) = receiver {
                    self.hear_receiver(receiver);
                }
                if let Some(storage) = storage {
                    self.hear_storage(storage);
                }
                self.say(&ServerMessage::Pong { clock, server_time })
            }
            // A second hello is as bad: the outbox of a link never changes.
            AgentMessage::Hello { .. } => self.count_bad(),
        }
    }

    fn count_bad(&mut self) -> Step {
        self.link.ask(Ask::Count(Counted::BadFrame));
        let Phase::Open(talk) = &mut self.phase else { return Ok(()) };
        talk.bad_frames += 1;
        if talk.bad_frames >= MOST_BAD_FRAMES { Err(CloseReason::BadFrames) } else { Ok(()) }
    }

    fn take_fixes(&mut self, fixes: Vec<FixReport>) -> Step {
        if fixes.len() > MAX_FIXES_PER_FRAME {
            return Err(CloseReason::TooManyFixes);
        }
        // Numbers are stored as signed 64-bit integers and count from 1.
        if fixes.iter().any(|fix| fix.number == 0 || i64::try_from(fix.number).is_err()) {
            return self.count_bad();
        }
        let Phase::Open(talk) = &mut self.phase else { return Ok(()) };
        self.link.ask(talk.fixes.take(fixes));
        if talk.fixes.is_enough() && talk.fixes.hand_over() {
            self.link.ask(Ask::HandOver);
        }
        Ok(())
    }

    fn conclude(&mut self, outcome: Option<Outcome>, through: u64, now: Now) -> Step {
        let Phase::Open(talk) = &mut self.phase else { return Ok(()) };
        let Some(said) = talk.commands.conclude(outcome, through, now.steady) else {
            return Ok(());
        };
        let Said { refused, mark, counts, renumber } = said;
        if let Some((number, rejection)) = refused {
            self.link.ask(Ask::Count(Counted::Refused));
            let code = rejection.code().to_owned();
            let message = rejection.to_string();
            self.say(&ServerMessage::CommandRefused { number, code, message })?;
        } else if counts {
            self.link.ask(Ask::Count(Counted::Recorded));
        }
        if mark {
            self.link.ask(Ask::Settle { mark });
        }
        self.renumber(renumber, through)?;
        if let Phase::Open(talk) = &mut self.phase
            && let Some(work) = talk.commands.begin_next()
        {
            self.link.ask(Ask::Record(work));
        }
        Ok(())
    }

    /// Tells what fixes are durable, and along with it how far the commands are recorded; that alone where the mark
    /// is to be told.
    fn acknowledge(&mut self, durable: &[bool], mark: bool) -> Step {
        let Phase::Open(talk) = &mut self.phase else { return Ok(()) };
        let fixes = talk.fixes.acknowledge(durable);
        let commands_through = talk.commands.told();
        // A heartbeat also hands over what was gathered since the last.
        let hands_over = talk.quiet_for.is_some() && talk.fixes.hand_over();
        if mark || !fixes.is_empty() {
            self.say(&ServerMessage::Recorded { commands_through, fixes })?;
        }
        if hands_over {
            self.link.ask(Ask::HandOver);
        }
        Ok(())
    }

    pub(super) fn say(&mut self, message: &ServerMessage) -> Step {
        // A message of ours is always JSON; if it were not, the link is of no use.
        let text = serde_json::to_string(message).map_err(|_| CloseReason::Lost)?;
        self.link.send(text);
        Ok(())
    }
}
