//! Presses of a crew on a terminal's keys.

use super::tells::Subject;
use super::{Output, PressResult, TerminalSession, words};
use crate::jt808::body::{DriverCard, Outcome, QuestionAnswer};
use crate::keys::Deed;
use vehicle_agent::link::{MOST_CREW_MEMBERS, MOST_MEMBER_CHARS, Now};
use wire_protocol::agent::CrewCommand;
use wire_protocol::commands::CrewMember;
use wire_protocol::vocabulary::{CrewRole, Milestone};

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
            Subject::Message { number, .. } => Some(CrewCommand::ReadMessages { through: number }),
            Subject::Ended { .. }
            | Subject::SosAnswered { .. }
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

    /// The crew with the driver of this card in place of the one before; nothing where that says nothing new.
    pub(super) fn signs_on(&self, card: &DriverCard) -> Option<CrewCommand> {
        let driver = card.driver.as_ref().filter(|_| card.inserted)?;
        let kept = |text: &str| text.trim().chars().take(MOST_MEMBER_CHARS).collect::<String>();
        let (name, person) = (kept(&driver.name), kept(&driver.certificate));
        let crew = &self.shown.as_ref()?.crew;
        let is_driver = |member: &&CrewMember| member.role == CrewRole::Driver;
        if name.is_empty() || crew.iter().filter(is_driver).any(|it| it.person == person) {
            return None;
        }
        let driver = CrewMember { person, name, role: CrewRole::Driver, shift: None };
        let others = crew.iter().filter(|it| !is_driver(it)).take(MOST_CREW_MEMBERS - 1).cloned();
        Some(CrewCommand::SignOn { crew: [driver].into_iter().chain(others).collect() })
    }

    pub(super) fn press(&mut self, serial: u16, message: u16, command: CrewCommand) {
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
