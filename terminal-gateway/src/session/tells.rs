//! What a terminal was told and has not answered, and what it was told already. Told again a few times, never for ever.

use crate::jt808::body::Tell;
use std::collections::VecDeque;

/// A terminal that has not answered within so many milliseconds is told again.
const ANSWER_MS: u64 = 15_000;
/// How often it is told the same that it does not answer.
const MOST_TRIES: u8 = 5;
/// An order that nobody has acknowledged is told again after so many milliseconds, as our own terminal rings again.
const REMIND_MS: u64 = 30_000;
/// And so often.
const MOST_REMINDERS: u8 = 10;
/// Things under way at one time; a terminal that answers nothing costs no more.
const MOST_OPEN: usize = 16;
const MOST_DONE: usize = 32;
const MOST_QUESTIONS: usize = 8;

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// An order.
    Order { task: String },
    /// Its changes up to a version of the journal.
    Change { task: String, through: u64 },
    /// An order ended before it was finished.
    Ended { task: String },
    /// What comes after the order, as it stands.
    Next { incident: String, changed_at: i64 },
    /// Where to wait.
    Move { station: String, given_at: i64 },
    /// What the centre wrote, by its number and time.
    Message { number: u64, at: i64 },
    /// The centre has dealt with the crew's call for help.
    SosAnswered { at: i64 },
    /// A press that the centre refused.
    Refusal(u64),
    /// Its keys.
    Keys,
    /// What kind of terminal it is.
    Attributes,
    /// Seconds between its reports.
    Parameters(u16),
    /// An answer to a press.
    Feedback(String),
}

/// Something told.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) subject: Subject,
    pub(super) tell: Tell,
    serial: u16,
    message: u16,
    told_ms: u64,
    tries: u8,
    reminders: u8,
    is_answered: bool,
}

/// All of a line.
#[derive(Debug, Default)]
pub(super) struct Tells {
    open: VecDeque<Told>,
    done: VecDeque<Subject>,
    questions: VecDeque<(u16, Subject)>,
}

impl Subject {
    /// Told again until the crew says that it has seen it.
    fn is_reminded(&self) -> bool {
        match self {
            Subject::Order { .. } | Subject::Change { .. } => true,
            Subject::Ended { .. }
            | Subject::Next { .. }
            | Subject::Move { .. }
            | Subject::Message { .. }
            | Subject::SosAnswered { .. }
            | Subject::Refusal(_)
            | Subject::Keys
            | Subject::Attributes
            | Subject::Parameters(_)
            | Subject::Feedback(_) => false,
        }
    }

    /// Of the picture: told as long as it is there.
    fn is_of_the_picture(&self) -> bool {
        match self {
            Subject::Order { .. }
            | Subject::Change { .. }
            | Subject::Ended { .. }
            | Subject::Next { .. }
            | Subject::Move { .. }
            | Subject::Message { .. }
            | Subject::SosAnswered { .. }
            | Subject::Parameters(_) => true,
            Subject::Refusal(_) | Subject::Keys | Subject::Attributes | Subject::Feedback(_) => {
                false
            }
        }
    }
}

impl Tells {
    /// Whether it is or was told.
    pub(super) fn knows(&self, subject: &Subject) -> bool {
        self.open.iter().any(|it| it.subject == *subject) || self.done.contains(subject)
    }

    pub(super) fn told(
        &mut self,
        subject: Subject,
        tell: Tell,
        message: u16,
        serial: u16,
        now_ms: u64,
    ) {
        if self.open.len() == MOST_OPEN {
            self.open.pop_front();
        }
        self.open.push_back(Told {
            subject,
            tell,
            serial,
            message,
            told_ms: now_ms,
            tries: 1,
            reminders: 0,
            is_answered: false,
        });
    }

    pub(super) fn asked(&mut self, subject: Subject, serial: u16) {
        if self.questions.len() == MOST_QUESTIONS {
            self.questions.pop_front();
        }
        self.questions.push_back((serial, subject));
    }

    /// What a question of this serial number was about.
    pub(super) fn questioned(&self, serial: u16) -> Option<Subject> {
        self.questions
            .iter()
            .find(|(asked, _)| *asked == serial)
            .map(|(_, subject)| subject.clone())
    }

    /// What was told under this serial number.
    fn at(&self, serial: u16, message: u16) -> Option<usize> {
        let is_it = |it: &Told| it.serial == serial && it.message == message;
        // Makers write another message's number into the answer; the serial number is enough then.
        let by_serial = || self.open.iter().position(|it| it.serial == serial);
        self.open.iter().position(is_it).or_else(by_serial)
    }

    /// The terminal has done what it was told under this serial number. An order stays, to be reminded of.
    pub(super) fn answer(&mut self, serial: u16, message: u16) -> Option<Subject> {
        let at = self.at(serial, message)?;
        let told = &mut self.open[at];
        told.is_answered = true;
        let subject = told.subject.clone();
        if !subject.is_reminded() {
            self.is_done(&subject);
        }
        Some(subject)
    }

    /// It has not done it. An order is told again as if nothing had been answered.
    pub(super) fn failed(&mut self, serial: u16, message: u16) {
        let subject = self.at(serial, message).map(|at| self.open[at].subject.clone());
        if let Some(subject) = subject.filter(|it| !it.is_reminded()) {
            self.is_done(&subject);
        }
    }

    /// It need not be told any more.
    pub(super) fn is_done(&mut self, subject: &Subject) {
        self.open.retain(|it| it.subject != *subject);
        if matches!(subject, Subject::Feedback(_)) || self.done.contains(subject) {
            return;
        }
        if self.done.len() == MOST_DONE {
            self.done.pop_front();
        }
        self.done.push_back(subject.clone());
    }

    /// Forgets what the picture does not have any more.
    pub(super) fn keep(&mut self, wanted: &[Subject]) {
        let stays = |it: &Subject| !it.is_of_the_picture() || wanted.contains(it);
        self.open.retain(|it| stays(&it.subject));
        self.done.retain(stays);
    }

    /// What is to be told again now.
    pub(super) fn due(&mut self, now_ms: u64) -> Vec<Told> {
        let given_up: Vec<Subject> = self
            .open
            .iter()
            .filter(|it| it.due_at().is_some_and(|at| now_ms >= at) && it.is_spent())
            .map(|it| it.subject.clone())
            .collect();
        given_up.iter().for_each(|subject| self.is_done(subject));
        let due = self.open.iter().filter(|it| it.due_at().is_some_and(|at| now_ms >= at));
        due.cloned().collect()
    }

    pub(super) fn told_again(&mut self, subject: &Subject, serial: u16, now_ms: u64) {
        for it in self.open.iter_mut().filter(|it| it.subject == *subject) {
            (it.serial, it.told_ms) = (serial, now_ms);
            if std::mem::take(&mut it.is_answered) {
                it.reminders += 1;
                it.tries = 1;
            } else {
                it.tries += 1;
            }
        }
    }

    pub(super) fn next_timeout(&self) -> Option<u64> {
        self.open.iter().filter_map(Told::due_at).min()
    }
}

impl Told {
    fn due_at(&self) -> Option<u64> {
        let after = match (self.is_answered, self.subject.is_reminded()) {
            (false, _) => ANSWER_MS,
            (true, true) => REMIND_MS,
            (true, false) => return None,
        };
        Some(self.told_ms.saturating_add(after))
    }

    fn is_spent(&self) -> bool {
        self.tries >= MOST_TRIES || self.reminders >= MOST_REMINDERS
    }
}
