//! What a policy does, as data: whom it sends, where free vehicles wait, and when it changes its mind.

use super::coverage::Coverage;
use super::expected::Expected;
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
    /// The first of the product's own ranking with its term of coverage.
    Ranking {
        /// The term counts no more seconds than this.
        most_coverage_seconds: f64,
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
    /// Home; at each change the one move of a waiting vehicle that covers most is made if it pays, as the product suggests.
    Advised {
        /// It covers at least so much more, as a share of urgent demand.
        pays: f64,
        /// On a way no longer than this, in minutes.
        most_minutes: f64,
    },
    /// Where it adds most, a longer way counting against it; and at each change one waiting vehicle may be moved too.
    Rearrange {
        /// Only if coverage gains so much.
        least_gain: f64,
        /// Gains count less by this for each minute on the way.
        loss_per_minute: f64,
        /// No vehicle is sent on a longer way than this for coverage's sake, in minutes.
        most_minutes: f64,
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

/// When a vehicle that gets free takes over a patient to whom another is on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TakeOver {
    /// The patient is reached so many seconds sooner; each further time as much more.
    pub least_seconds: f64,
    /// No patient is taken over more often: every time a crew is called back that was already under way.
    pub most_of_a_patient: u32,
}

impl TakeOver {
    /// When so many seconds are saved, no more than twice for one patient.
    pub const fn saving(least_seconds: f64) -> Self {
        Self { least_seconds, most_of_a_patient: 2 }
    }
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
    /// When a vehicle that gets free takes over a patient to whom another is on its way.
    pub take_over: Option<TakeOver>,
    /// The coverage it reckons with.
    pub coverage: Option<Arc<Coverage>>,
    /// The expected response it reckons with, if its ranking has the term of coverage.
    pub expected: Option<Arc<Expected>>,
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
            take_over: None,
            coverage: None,
            expected: None,
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
