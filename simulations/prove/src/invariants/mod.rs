//! What must hold, one file for each: what is seen of every event, of every state, of every answer, and at the end.
//!
//! | file | what must hold | when it is looked at |
//! |---|---|---|
//! | `one_task` | a vehicle has at most one running task, and counts as being on it | after every event |
//! | `milestones` | milestones of a task come in their order, none after its end | every event |
//! | `once` | nothing that was ordered or pressed is recorded twice | every event |
//! | `acknowledged` | what was acknowledged is in the journal | every answer, after every change, at the end |
//! | `patients` | no incident closes over patients nobody accounts for, but by a person who confirmed it | every event |
//! | `numbers` | versions, incidents and presses are numbered in order, no number twice | every event |
//! | `gaps` | no press is missing from a journal, unless it was set back | every event |
//! | `fresh` | no position is shown as younger than it is | every frame of positions |
//! | `replay` | what a server shows is the fold of its journal | every second |
//! | `crew_word` | who says that a patient is on board is not refused because the task was ended | at the end |
//! | `bounded` | queues and memories stay within their bounds | every second |
//! | `time` | the journals' time is the true one | at the end |
//! | `settled` | everything comes to rest once all is well again | at the end |

mod acknowledged;
mod bounded;
mod crew_word;
#[cfg(test)]
mod examples;
mod fresh;
mod gaps;
mod milestones;
mod numbers;
mod once;
mod one_task;
mod patients;
mod replay;
mod settled;
mod time;

pub(crate) use acknowledged::Acknowledged;
pub(crate) use bounded::{bounded_screen, bounded_state};
pub(crate) use fresh::Fresh;
pub(crate) use replay::same_state;
pub(crate) use settled::{at_rest, is_seen, same_heads};
pub(crate) use time::{true_now, true_time};

use dispatch_core::CentreState;
use dispatch_core::model::Recorded;
use std::fmt;

/// What did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The invariant's file.
    pub invariant: &'static str,
    /// What was seen.
    pub what: String,
}

impl Violation {
    /// Of an invariant.
    pub(crate) fn new(invariant: &'static str, what: impl Into<String>) -> Self {
        Self { invariant, what: what.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.invariant, self.what)
    }
}

/// Everything that was seen of events so far.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    milestones: milestones::Milestones,
    once: once::Once,
    crew_word: crew_word::CrewWord,
    numbers: numbers::Numbers,
    gaps: gaps::Gaps,
}

impl Seen {
    /// An event, with the state before it.
    ///
    /// # Errors
    /// What does not hold.
    pub(crate) fn event(
        &mut self,
        before: &CentreState,
        recorded: &Recorded,
    ) -> Result<(), Violation> {
        self.milestones.event(recorded)?;
        self.once.event(before, recorded)?;
        self.crew_word.event(recorded);
        self.numbers.event(before, recorded)?;
        self.gaps.event(recorded)?;
        patients::event(before, recorded)?;
        time::event(recorded)
    }

    /// The same event, with the state after it.
    ///
    /// # Errors
    /// What does not hold.
    pub(crate) fn after_event(
        &mut self,
        after: &CentreState,
        _: &Recorded,
    ) -> Result<(), Violation> {
        one_task::state(after)
    }

    /// A journal was set back: what was lost may come again, but for the numbers of incidents.
    pub(crate) fn set_back(&mut self) {
        self.milestones = milestones::Milestones::default();
        self.once = once::Once::default();
        self.crew_word = crew_word::CrewWord::default();
        self.numbers.set_back();
        self.gaps.set_back();
    }

    /// The journals were read again after that.
    pub(crate) fn is_read_again(&mut self) {
        self.numbers.is_read();
    }
}
