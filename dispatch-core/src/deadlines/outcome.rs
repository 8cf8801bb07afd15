//! How a norm stands at a moment, in the words of figures: the same for every metric and report.

use super::figures::Measured;
use super::measure::Reached;
use crate::model::{TaskId, Timestamp};
use crate::state::Incident;

/// How something stands against a norm at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NormOutcome {
    /// Its end was reached in time.
    Met,
    /// Its end was reached too late.
    Missed,
    /// Its end was reached, and nobody knows when.
    NotKnown,
    /// Its end is not reached, and it can still be in time.
    Pending,
    /// Its end is not reached and it is too late already.
    Overdue,
    /// Its incident or task ended before: nobody came, and nobody was to come any more.
    Never,
}

impl NormOutcome {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Met, Self::Missed, Self::NotKnown, Self::Pending, Self::Overdue, Self::Never];

    /// Its stable name in figures.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::NotKnown => "not_known",
            Self::Pending => "pending",
            Self::Overdue => "overdue",
            Self::Never => "never",
        }
    }

    /// How a measured norm of an incident stands; nothing where it counts in no figure.
    pub fn of(incident: &Incident, measured: &Measured, now: Timestamp) -> Option<Self> {
        let Measured { norm: _, task, measure } = measured;
        let of_it = |id: &TaskId| incident.tasks.iter().find(|task| task.id == *id);
        let task_ended = task.as_ref().and_then(of_it).is_some_and(|task| !task.is_running());
        measure.counts.then(|| match measure.reached {
            Reached::At(at) if at <= measure.due_at => Self::Met,
            Reached::At(_) => Self::Missed,
            Reached::AtUnknownTime => Self::NotKnown,
            Reached::NotYet if incident.stage.is_over() || task_ended => Self::Never,
            Reached::NotYet if now > measure.due_at => Self::Overdue,
            Reached::NotYet => Self::Pending,
        })
    }
}
