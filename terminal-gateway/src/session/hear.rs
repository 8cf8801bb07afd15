//! What a whole message means, and what it is answered.

use super::repeats::Repeat;
use super::tells::Subject;
use super::{Output, Standing, TerminalSession};
use crate::jt808::body::{Answer, Authentication, Outcome, Registration, Said, Tell};
use crate::keys::{self, Deed, KeySource};
use vehicle_agent::link::Now;

impl TerminalSession {
    pub(super) fn hear(&mut self, message: u16, serial: u16, body: &[u8], now: Now) {
        let Some(said) = Said::read(message, self.edition, body) else {
            self.facts.bad(format!("{message:#06x} is shorter than it must be"));
            return self.answer(serial, message, Outcome::Wrong);
        };
        if self.introduced(serial, &said, now) {
            return;
        }
        if !self.admits(now) {
            return self.too_early(serial, message);
        }
        match self.repeats.hear(message, serial, body, now.steady_ms) {
            Repeat::New => self.understand(serial, message, said, now),
            Repeat::Answered(outcome) => {
                self.facts.counters.repeated += 1;
                self.send(&Tell::Answer { answers: serial, message, outcome });
            }
            Repeat::Waits => self.facts.counters.repeated += 1,
        }
    }

    /// Whether it is known; one that need not show who it is becomes so with the first that it says.
    pub(super) fn admits(&mut self, now: Now) -> bool {
        let need_not = self.binding.without_authentication || self.is_trusted;
        if !self.is_known() && need_not {
            self.become_known(now);
        }
        self.is_known()
    }

    pub(super) fn too_early(&mut self, serial: u16, message: u16) {
        self.facts.counters.unauthenticated += 1;
        self.facts.last_error = Some(format!("{message:#06x} came before an authentication"));
        self.answer(serial, message, Outcome::Failed);
    }

    /// What every terminal may say, known or not; true when that was it.
    fn introduced(&mut self, serial: u16, said: &Said, now: Now) -> bool {
        if let Said::Registration(it) = said {
            self.register(serial, it);
        } else if let Said::Authentication(it) = said {
            self.authenticate(serial, it, now);
        } else if let Said::AskTime { by_0x0109 } = said {
            let unix_ms = now.wall_ms;
            let long = *by_0x0109;
            self.send(&if long { Tell::LongTime { unix_ms } } else { Tell::Time { unix_ms } });
        } else {
            return false;
        }
        true
    }

    fn understand(&mut self, serial: u16, message: u16, said: Said, now: Now) {
        match said {
            Said::Registration(_) | Said::Authentication(_) | Said::AskTime { .. } => {}
            Said::Answer(Answer { answers, message, result }) => {
                self.answered(answers, message, result);
            }
            Said::Heartbeat => self.answer(serial, message, Outcome::Done),
            Said::LogOut => {
                self.answer(serial, message, Outcome::Done);
                (self.standing, self.is_trusted) = (Standing::Stranger, false);
                self.outputs.push_back(Output::LoggedOut);
            }
            Said::AskAgain { first_serial, parts } => {
                let again = self.encoder.again(first_serial, &parts);
                self.outputs.extend(again.into_iter().map(Output::Send));
            }
            Said::Parameters { answers, .. } => self.answered(answers, 0x8104, 0),
            Said::Attributes(it) => {
                self.facts.attributes(&it);
                self.tells.is_done(&Subject::Attributes);
            }
            Said::Location(at) => self.located(serial, message, &at, now),
            Said::AskedLocation { answers, location } => {
                self.answered(answers, 0x8201, 0);
                self.located(serial, message, &location, now);
            }
            Said::Event { event } => {
                self.key(
                    serial,
                    message,
                    &KeySource::Event(event),
                    keys::standard_deed(event),
                    now,
                );
            }
            Said::QuestionAnswer(it) => self.question_answered(serial, message, it, now),
            Said::MenuChoice(it) if it.chosen => {
                let standard = keys::standard_deed(it.entry);
                self.key(serial, message, &KeySource::Menu(it.entry), standard, now);
            }
            Said::MenuChoice(_) | Said::MediaEvent(_) => {
                self.answer(serial, message, Outcome::Done)
            }
            Said::DriverCard(card) => {
                self.facts.card(&card);
                let source = if card.inserted { KeySource::CardIn } else { KeySource::CardOut };
                match (self.binding.deed(&source), self.signs_on(&card)) {
                    (Some(deed), _) => self.deed(serial, message, deed, now),
                    (None, Some(command)) => self.press(serial, message, command),
                    (None, None) => self.answer(serial, message, Outcome::Done),
                }
            }
            Said::Backfill(it) => self.batch(serial, message, it, now),
            Said::MediaUpload(it) => self.keep_media(serial, message, it),
            Said::Other => self.not_supported(serial, message),
            Said::Passthrough { kind, data } => match self.binding.passthrough(kind, &data) {
                Some(deed) => self.deed(serial, message, deed, now),
                None => self.not_supported(serial, message),
            },
        }
    }

    fn not_supported(&mut self, serial: u16, message: u16) {
        self.facts.counters.not_supported += 1;
        self.answer(serial, message, Outcome::NotSupported);
    }

    fn key(
        &mut self,
        serial: u16,
        message: u16,
        source: &KeySource,
        standard: Option<Deed>,
        now: Now,
    ) {
        let standard = standard.filter(|_| !self.binding.has_own(source));
        match self.binding.deed(source).or(standard) {
            Some(deed) => self.deed(serial, message, deed, now),
            None => {
                self.facts.last_error = Some(format!("{source:?} means nothing here"));
                self.not_supported(serial, message);
            }
        }
    }

    fn register(&mut self, serial: u16, it: &Registration) {
        const NO_SUCH_VEHICLE: u8 = 2;
        const NO_SUCH_TERMINAL: u8 = 4;
        self.facts.registered(it);
        let differs = |wanted: &Option<String>, said: &str| {
            wanted.as_ref().is_some_and(|wanted| wanted != said)
        };
        let code = if differs(&self.binding.terminal_id, &it.terminal) {
            Err(NO_SUCH_TERMINAL)
        } else if differs(&self.binding.plate, &it.plate) {
            Err(NO_SUCH_VEHICLE)
        } else {
            Ok(self.code.clone())
        };
        if code.is_err() {
            let said = self.facts.registered_as.clone().unwrap_or_default();
            self.facts.last_error = Some(format!("it registered as another: {said}"));
        }
        self.send(&Tell::Registered { answers: serial, code });
    }

    fn authenticate(&mut self, serial: u16, it: &Authentication, now: Now) {
        self.facts.authenticated(it);
        if is_same(&it.code, &self.code) {
            self.answer(serial, 0x0102, Outcome::Done);
            self.become_known(now);
        } else {
            (self.standing, self.is_trusted) = (Standing::Stranger, false);
            self.facts.counters.unauthenticated += 1;
            self.facts.last_error = Some("it authenticated with another code".to_owned());
            self.answer(serial, 0x0102, Outcome::Failed);
        }
    }

    fn become_known(&mut self, now: Now) {
        self.standing = Standing::Known;
        self.outputs.push_back(Output::Known);
        self.tell_at_first(now);
        self.tell_what_is_new(now);
    }
}

/// Compares in a time that tells nothing of where they differ.
fn is_same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differing == 0
}
