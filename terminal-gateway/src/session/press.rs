//! Presses of a crew on a terminal's keys.

use super::tells::Subject;
use super::{Output, PressResult, TerminalSession, words};
use crate::jt808::body::{Outcome, QuestionAnswer};
use crate::keys::Deed;
use vehicle_agent::link::Now;
use wire_protocol::agent::CrewCommand;
use wire_protocol::vocabulary::Milestone;

impl TerminalSession {
    pub(super) fn deed(&mut self, serial: u16, message: u16, deed: Deed, now: Now) {
        let command = match (&self.shown, deed) {
            (_, Deed::Sos) => Some(CrewCommand::Sos),
            (Some(shown), _) => deed.command(shown),
            (None, _) => None,
        };
        match command {
            Some(command) => self.press(serial, message, command),
            None => {
                self.answer(serial, message, Outcome::Done);
                self.say(words::NOTHING_TO_PRESS, now);
            }
        }
    }

    /// The crew answered that it has seen something.
    pub(super) fn question_answered(
        &mut self,
        serial: u16,
        message: u16,
        it: QuestionAnswer,
        now: Now,
    ) {
        const YES: u8 = 1;
        let subject = self.tells.questioned(it.question_serial);
        let Some(subject) = subject.filter(|_| it.answer == YES) else {
            self.facts.last_error = Some("an answer came to no question of ours".to_owned());
            return self.answer(serial, message, Outcome::Done);
        };
        let command = match subject {
            Subject::Order { task, .. } => Some(CrewCommand::Milestone {
                task,
                milestone: Milestone::OrderReceived,
                details: Default::default(),
            }),
            Subject::Change { task, through } => {
                Some(CrewCommand::AcknowledgeChange { task, through })
            }
            Subject::Next { incident, .. } => Some(CrewCommand::AcknowledgeNext { incident }),
            Subject::Move { station, .. } => Some(CrewCommand::AcknowledgeMove { station }),
            Subject::Ended { .. }
            | Subject::Refusal(_)
            | Subject::Keys
            | Subject::Attributes
            | Subject::Parameters(_)
            | Subject::Feedback(_) => None,
        };
        match command {
            Some(command) => self.press(serial, message, command),
            None => {
                self.answer(serial, message, Outcome::Done);
                self.say(words::NOTHING_TO_PRESS, now);
            }
        }
    }

    fn press(&mut self, serial: u16, message: u16, command: CrewCommand) {
        if self.awaited.is_full() {
            return self.answer(serial, message, Outcome::Failed);
        }
        self.facts.counters.presses += 1;
        let ask = self.awaited.wait(serial, message, 1, Vec::new());
        self.outputs.push_back(Output::Press { ask, command });
    }

    pub(super) fn pressed(&mut self, ask: u64, how: &PressResult, now: Now) {
        match how {
            PressResult::Kept => {}
            // Nothing is to come again: the crew is told, as our own terminal would.
            PressResult::Refused(code) => self.say(words::refusal(code), now),
            PressResult::NotStored => {
                self.memory.open().sos_failed();
                self.say(words::NOT_STORED, now);
            }
        }
        let is_well = !matches!(how, PressResult::NotStored);
        self.settle(ask, is_well);
    }
}
