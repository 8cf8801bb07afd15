//! One terminal's side of the gateway: what its frames mean, what it is answered and told.
//!
//! Sans-IO: the caller feeds in what happened and the time, and carries out what comes out. No clock, no socket, no
//! disk. What a terminal reports is answered only once the vehicle's outbox has it: until then the terminal keeps it.

mod awaited;
mod camera;
mod facts;
mod hear;
mod media;
mod memory;
mod places;
mod press;
mod repeats;
mod shown;
mod tells;
#[cfg(test)]
mod tests;
mod words;

use crate::binding::Binding;
use crate::jt808::body::{MediaUpload, Outcome, Tell};
use crate::jt808::frame::{Edition, Encoder, Frame, FrameError, Missing, Parts, Reassembled};
use awaited::Awaited;
pub use camera::CameraAsked;
use camera::CameraTold;
pub use facts::{Counters, Facts};
pub use memory::{Memory, Shared};
use repeats::Repeats;
use std::collections::VecDeque;
use std::sync::Arc;
use tells::Tells;
use vehicle_agent::link::{Now, Reported, ScreenState};
use vehicle_agent::nmea::Fix;
use wire_protocol::agent::CrewCommand;

/// Longest message put together of parts: a back-fill of an hour, or a small picture.
pub const MOST_MESSAGE_BYTES: usize = 256 * 1_024;

/// What happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// A frame of the terminal.
    Frame(Box<Frame>),
    /// What stood between two flags and was no frame.
    NoFrame(FrameError),
    /// What our own terminal would show now.
    Shown(Arc<ScreenState>),
    /// An `Output::Report` is durable, or was not taken.
    Reported {
        /// Of which output.
        ask: u64,
        /// Durable.
        is_safe: bool,
    },
    /// What became of an `Output::Press`.
    Pressed {
        /// Of which output.
        ask: u64,
        /// How it went.
        how: PressResult,
    },
    /// What became of an `Output::KeepMedia`.
    MediaKept {
        /// Of which output.
        ask: u64,
        /// The terminal's number of the recording.
        id: u32,
        /// How it went.
        how: MediaResult,
    },
    /// Which camera is to send its picture now, if any.
    Camera(Option<Arc<CameraAsked>>),
    /// The time asked for by `next_timeout` has come.
    Tick,
}

/// What became of a press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PressResult {
    /// Durable in the outbox.
    Kept,
    /// Refused on the spot, with its code.
    Refused(&'static str),
    /// Not known to be durable.
    NotStored,
}

/// What became of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaResult {
    /// On disk.
    Kept,
    /// There is no room for it.
    NoRoom,
    /// Not known to be on disk.
    NotStored,
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send a frame to the terminal.
    Send(Vec<u8>),
    /// It has shown that it is the vehicle's: the vehicle's link is to run.
    Known,
    /// It has logged out: the vehicle's link needs it no more.
    LoggedOut,
    /// Give positions to the vehicle's outbox; answered by `Input::Reported`.
    Report {
        /// Named in the answer.
        ask: u64,
        /// The positions.
        fixes: Vec<Fix>,
        /// Live or history.
        what: Reported,
    },
    /// Give a press to the vehicle's outbox; answered by `Input::Pressed`.
    Press {
        /// Named in the answer.
        ask: u64,
        /// What was pressed.
        command: CrewCommand,
    },
    /// Keep a recording; answered by `Input::MediaKept`.
    KeepMedia {
        /// Named in the answer.
        ask: u64,
        /// The recording.
        upload: Box<MediaUpload>,
    },
    /// The device has the order of this task on its screen.
    Displayed(String),
    /// The crew was told of this refusal.
    RefusalTold(u64),
    /// The terminal will not send the picture of this camera.
    CameraRefused(u8),
}

/// How far a terminal has shown who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Stranger,
    Known,
}

/// A terminal that is bound to a vehicle, on one line.
#[derive(Debug)]
pub struct TerminalSession {
    binding: Arc<Binding>,
    code: String,
    memory: Shared,
    standing: Standing,
    is_trusted: bool,
    edition: Edition,
    encoder: Encoder,
    parts: Parts,
    shown: Option<Arc<ScreenState>>,
    tells: Tells,
    repeats: Repeats,
    awaited: Awaited,
    facts: Facts,
    asked_for_parts: Option<u64>,
    camera_told: Option<CameraTold>,
    outputs: VecDeque<Output>,
}

/// After so long without a missing part it is asked for, in milliseconds, and again.
const ASK_FOR_PARTS_MS: u64 = 5_000;

impl TerminalSession {
    /// A line on which the terminal has said nothing yet. `code` is what it authenticates with.
    pub fn new(binding: Arc<Binding>, code: String, memory: Shared) -> TerminalSession {
        let edition = Edition::Y2013;
        TerminalSession {
            encoder: Encoder::new(edition, binding.number),
            binding,
            code,
            memory,
            standing: Standing::Stranger,
            is_trusted: false,
            edition,
            parts: Parts::up_to(MOST_MESSAGE_BYTES),
            shown: None,
            tells: Tells::default(),
            repeats: Repeats::default(),
            awaited: Awaited::default(),
            facts: Facts::default(),
            asked_for_parts: None,
            camera_told: None,
            outputs: VecDeque::new(),
        }
    }

    /// It showed who it is from this very address a while ago, over datagrams, and need not again.
    pub fn trust(&mut self) {
        self.is_trusted = true;
    }

    /// Takes what happened.
    pub fn handle_input(&mut self, input: Input, now: Now) {
        match input {
            Input::Frame(frame) => self.frame(&frame, now),
            Input::NoFrame(error) => {
                self.facts.counters.frames += 1;
                self.facts.bad(format!("a frame was refused: {error}"));
            }
            Input::Shown(picture) => {
                self.shown = Some(picture);
                self.tell_what_is_new(now);
            }
            Input::Reported { ask, is_safe } => self.reported(ask, is_safe),
            Input::Pressed { ask, how } => self.pressed(ask, &how, now),
            Input::MediaKept { ask, id, how } => self.media_kept(ask, id, how),
            Input::Camera(asked) => self.camera(asked),
            Input::Tick => {}
        }
        self.tell_again(now);
        self.ask_for_parts(now);
    }

    /// The next thing to be done.
    pub fn next_output(&mut self) -> Option<Output> {
        let output = self.outputs.pop_front();
        if output.is_none() {
            // Nothing is held for a terminal that has been told all.
            self.outputs = VecDeque::new();
        }
        output
    }

    /// The steady moment at which `Input::Tick` is wanted.
    pub fn next_timeout(&self) -> Option<u64> {
        let parts = self.asked_for_parts.map(|at| at.saturating_add(ASK_FOR_PARTS_MS));
        [parts, self.tells.next_timeout()].into_iter().flatten().min()
    }

    /// What is known of the terminal.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Whether it has shown that it is the vehicle's.
    pub fn is_known(&self) -> bool {
        self.standing == Standing::Known
    }

    /// Whether so much waits for the disk that no more frames should be given until some of it is answered: a terminal
    /// that brings an hour at once is slowed down, not refused.
    pub fn is_busy(&self) -> bool {
        self.awaited.is_full()
    }

    fn frame(&mut self, frame: &Frame, now: Now) {
        self.facts.counters.frames += 1;
        self.edition = frame.header.edition;
        self.encoder.speak(frame.header.edition);
        self.facts.heard(frame);
        let (message, serial) = (frame.header.message, frame.header.serial);
        if frame.header.encrypted {
            self.facts.bad(format!("{message:#06x} is encrypted, which is not supported"));
            return self.answer(serial, message, Outcome::NotSupported);
        }
        let Some(part) = frame.header.part else {
            self.parts.passed(serial);
            return self.hear(message, serial, &frame.body, now);
        };
        if !self.admits(now) {
            // Nothing that a stranger may say is so long, and nothing of his is kept.
            return self.too_early(serial, message);
        }
        // A terminal that sends one part at a time waits for an answer to each; the last is answered once all is kept.
        match self.parts.take(frame, part, now.steady_ms.cast_signed()) {
            Reassembled::Whole(body) => self.hear(message, serial, &body, now),
            Reassembled::Waits => {
                self.asked_for_parts.get_or_insert(now.steady_ms);
                self.answer(serial, message, Outcome::Done);
            }
            Reassembled::TooLong => {
                self.facts.last_error = Some(format!("{message:#06x} is longer than is taken"));
                // It is not to bring it again and again.
                self.answer(serial, message, Outcome::NotSupported);
            }
            Reassembled::Refused => {
                self.facts.bad(format!("part {} of {message:#06x} fits nothing", part.number));
                self.answer(serial, message, Outcome::Wrong);
            }
        }
    }

    fn ask_for_parts(&mut self, now: Now) {
        let Some(at) = self.asked_for_parts else { return };
        if now.steady_ms < at.saturating_add(ASK_FOR_PARTS_MS) {
            return;
        }
        let missing = self.parts.missing(now.steady_ms.cast_signed());
        self.asked_for_parts = (!self.parts.is_empty()).then_some(now.steady_ms);
        for Missing { message, first_serial, parts, begins } in missing {
            // A recording has a question of its own, which terminals of 2011 know too.
            let id = begins.filter(|_| message == media::UPLOAD).map(u32::from_be_bytes);
            self.send(&match id {
                Some(id) => Tell::MediaReceived { id, missing: parts },
                None => Tell::AskAgain { first_serial, parts },
            });
        }
    }

    fn answer(&mut self, answers: u16, message: u16, outcome: Outcome) {
        self.repeats.answered(message, answers, outcome);
        self.send(&Tell::Answer { answers, message, outcome });
    }

    /// Sends something and gives the serial number by which it is answered.
    fn send(&mut self, tell: &Tell) -> u16 {
        let (message, body) = tell.write(self.edition);
        let (serial, frames) = self.encoder.message(message, &body);
        self.outputs.extend(frames.into_iter().map(Output::Send));
        serial
    }
}
