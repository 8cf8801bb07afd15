//! Messages that a terminal sends once more because it did not hear the answer: answered again, and done once.

use crate::jt808::body::Outcome;
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Messages remembered.
const MOST: usize = 64;
/// A terminal that has not been answered sends again within so many milliseconds; what comes later is a new message
/// of a terminal that does not count its frames.
const WITHIN_MS: u64 = 30_000;

#[derive(Debug)]
struct Heard {
    message: u16,
    serial: u16,
    body: u64,
    at_ms: u64,
    outcome: Option<Outcome>,
}

/// What was heard lately.
#[derive(Debug, Default)]
pub(super) struct Repeats(VecDeque<Heard>);

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    New,
    /// It was answered so.
    Answered(Outcome),
    /// Its answer is to come.
    Waits,
}

impl Repeats {
    pub(super) fn hear(&mut self, message: u16, serial: u16, body: &[u8], now_ms: u64) -> Repeat {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let body = hasher.finish();
        self.0.retain(|it| now_ms.saturating_sub(it.at_ms) <= WITHIN_MS);
        let same = |it: &&Heard| (it.message, it.serial, it.body) == (message, serial, body);
        if let Some(known) = self.0.iter().find(same) {
            return known.outcome.map_or(Repeat::Waits, Repeat::Answered);
        }
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(Heard { message, serial, body, at_ms: now_ms, outcome: None });
        Repeat::New
    }

    /// It was answered; one that failed is to come again, and counts as new then.
    pub(super) fn answered(&mut self, message: u16, serial: u16, outcome: Outcome) {
        let is_it = |it: &Heard| it.message == message && it.serial == serial;
        match outcome {
            Outcome::Failed => self.0.retain(|it| !is_it(it)),
            Outcome::Done | Outcome::Wrong | Outcome::NotSupported => {
                let known = self.0.iter_mut().filter(|it| is_it(it));
                known.for_each(|it| it.outcome = Some(outcome));
            }
        }
    }
}
