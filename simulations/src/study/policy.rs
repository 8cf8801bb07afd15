//! What a policy does, as data: whom it sends, where free vehicles wait, and when it changes its mind.

use super::coverage::Coverage;
use std::sync::Arc;

/// Whom to send to a patient.
#[derive(Clone, Debug, PartialEq)]
pub enum Dispatch {
    /// The vehicle that is there first.
    Nearest,
    /// Of the vehicles not much later than the first, the one whose leaving costs least coverage.
    Covering {
        /// No urgent patient waits so many seconds longer than for the nearest.
        most_delay_seconds: f64,
        /// No other patient does.
        most_delay_other_seconds: f64,
        /// So many seconds of one patient's waiting are worth a hundredth of coverage.
        seconds_per_hundredth: f64,
    },
}

/// Where free vehicles wait.
#[derive(Clone, Debug, PartialEq)]
pub enum MoveUp {
    /// Each at its home.
    Home,
    /// Where a list of stations, in order of importance, has the first one nobody is at.
    Compliance {
        /// Stations, one for each vehicle, the most important first.
        order: Vec<usize>,
    },
    /// A vehicle that gets free goes where it adds most expected coverage (DMEXCLP).
    Dmexclp,
    /// Of the places where it adds most, the one that serves sampled futures best.
    Rollout {
        /// Futures sampled at each choice.
        samples: usize,
        /// How far they go, in minutes.
        minutes: f64,
        /// Places tried.
        places: usize,
    },
    /// Where it adds most, a longer way counting against it; and at each change one waiting vehicle may be moved too.
    Rearrange {
        /// Only if coverage gains so much.
        least_gain: f64,
        /// Gains count less by this for each minute on the way.
        loss_per_minute: f64,
        /// Waiting vehicles moved at one change.
        most_moves: usize,
    },
}

/// From whom vehicles may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redispatch {
    /// As the system has it.
    OfSystem,
    /// From nobody.
    Never,
    /// From every less urgent patient.
    AllLower,
}

/// A policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its short name in tables.
    pub name: String,
    /// What it does, in a sentence.
    pub about: String,
    /// Whom it sends.
    pub dispatch: Dispatch,
    /// Where free vehicles wait.
    pub move_up: MoveUp,
    /// From whom it takes vehicles that are on their way.
    pub redispatch: Redispatch,
    /// A vehicle that gets free takes over a patient when that saves so many seconds.
    pub swap_seconds: Option<f64>,
    /// The coverage it reckons with.
    pub coverage: Option<Arc<Coverage>>,
}

impl Policy {
    /// The nearest vehicle by road; each waits at home.
    pub fn nearest() -> Self {
        Self {
            name: "nearest".into(),
            about: "The vehicle that is there first; free vehicles go home.".into(),
            dispatch: Dispatch::Nearest,
            move_up: MoveUp::Home,
            redispatch: Redispatch::OfSystem,
            swap_seconds: None,
            coverage: None,
        }
    }

    /// Whether a vehicle on its way to a patient of one class may be sent to one of another.
    pub fn may_take(&self, allowed: &[(usize, usize)], from: usize, to: usize) -> bool {
        match self.redispatch {
            Redispatch::OfSystem => allowed.contains(&(from, to)),
            Redispatch::Never => false,
            Redispatch::AllLower => from > to,
        }
    }
}
