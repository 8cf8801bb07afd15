//! How something stands against a norm.

use super::norms::Norms;
use crate::model::Timestamp;
use crate::state::Incident;

/// Whether the end of a norm was reached, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// Not yet.
    NotYet,
    /// At this time.
    At(Timestamp),
    /// Nobody pressed it: a later step proves it. It can neither meet nor miss the norm.
    AtUnknownTime,
}

/// How something stands against a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// From when it counts.
    pub from: Timestamp,
    /// By when its end should be reached.
    pub due_at: Timestamp,
    /// Whether it was.
    pub reached: Reached,
    /// False for an exercise among patients, which is shown and counted nowhere.
    pub counts: bool,
}

impl Measure {
    pub(super) fn of(
        incident: &Incident,
        norms: &Norms,
        (from, seconds): (Timestamp, i64),
        reached: Reached,
    ) -> Self {
        let due_at = from.plus_seconds(seconds);
        let counts = !incident.facts.test || norms.exercises_count;
        Self { from, due_at, reached, counts }
    }

    /// Seconds it took; nothing while it is not known.
    pub fn seconds(&self) -> Option<f64> {
        match self.reached {
            Reached::At(at) => Some(at.seconds_since(self.from)),
            Reached::NotYet | Reached::AtUnknownTime => None,
        }
    }

    /// Whether it was in time; nothing while it is not known.
    pub fn is_met(&self) -> Option<bool> {
        match self.reached {
            Reached::At(at) => Some(at <= self.due_at),
            Reached::NotYet | Reached::AtUnknownTime => None,
        }
    }

    /// By how many whole seconds an end reached then is the first and comes too late; nothing when it was
    /// reached before or is in time.
    pub fn missed_by_seconds(&self, reached_at: Timestamp) -> Option<u32> {
        match self.reached {
            Reached::NotYet => {
                let late = (reached_at.0 - self.due_at.0).div_euclid(1000);
                u32::try_from(late).ok().filter(|late| *late > 0)
            }
            Reached::At(_) | Reached::AtUnknownTime => None,
        }
    }
}
