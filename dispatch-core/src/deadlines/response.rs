//! The response norm, defined once: every deadline, screen, report and metric asks here.
//!
//! It runs from the first call taken to the first vehicle at the scene, each by the best knowledge of its time: the
//! recorded time where the presser's clock is in doubt, the corrected time where somebody corrected it.
//! Nobody is in haste for a transfer, a standby or an appointment. An exercise has a deadline and counts in
//! no figure. Reopening begins nothing anew: the patient has waited since the call.

use super::norms::Norms;
use crate::model::{IncidentKind, Milestone, Timestamp};
use crate::state::{Incident, Task};

/// What lies around a scene. Distances in the country are three times those of a town, and so is its norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surroundings {
    /// In town; also where nobody can tell, since that norm is the stricter one.
    Urban,
    /// In the country.
    Rural,
}

/// Whether a vehicle was at the scene, and when first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// None yet.
    NotYet,
    /// At this time.
    At(Timestamp),
    /// Nobody pressed it: a later step proves that one was there. It can neither meet nor miss the norm.
    AtUnknownTime,
}

/// How an incident stands against the response norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// From when it counts.
    pub from: Timestamp,
    /// By when a vehicle should be at the scene.
    pub due_at: Timestamp,
    /// Whether one was.
    pub reached: Reached,
    /// False for an exercise, which is shown and counted nowhere.
    pub counts: bool,
}

impl Response {
    /// Seconds it took; nothing while it is not known.
    pub fn seconds(&self) -> Option<f64> {
        match self.reached {
            Reached::At(at) => Some(at.seconds_since(self.from)),
            Reached::NotYet | Reached::AtUnknownTime => None,
        }
    }

    /// By how many whole seconds a vehicle that arrives then is the first and comes too late; nothing when
    /// another was there before or it is in time.
    pub fn missed_by_seconds(&self, arrives_at: Timestamp) -> Option<u32> {
        match self.reached {
            Reached::NotYet => {
                let late = (arrives_at.0 - self.due_at.0).div_euclid(1000);
                u32::try_from(late).ok().filter(|late| *late > 0)
            }
            Reached::At(_) | Reached::AtUnknownTime => None,
        }
    }
}

/// Whether the response norm applies to an incident of this kind.
pub const fn is_in_haste(kind: IncidentKind, by_appointment: bool) -> bool {
    match kind {
        IncidentKind::Transfer | IncidentKind::Standby => false,
        IncidentKind::Illness
        | IncidentKind::Injury
        | IncidentKind::TrafficAccident
        | IncidentKind::Maternity
        | IncidentKind::Poisoning
        | IncidentKind::MassCasualty
        | IncidentKind::Other => !by_appointment,
    }
}

/// How an incident stands against the response norm; nothing where the norm does not apply. `norms` are
/// those of its surroundings: [`Norms::within`].
pub fn response(incident: &Incident, norms: &Norms) -> Option<Response> {
    let facts = &incident.facts;
    is_in_haste(facts.kind, facts.appointment_at.is_some()).then(|| Response {
        from: incident.opened_at,
        due_at: incident.opened_at.plus_seconds(norms.response_seconds),
        reached: reached(&incident.tasks),
        counts: !facts.test,
    })
}

/// By any vehicle, whatever became of its task afterwards.
fn reached(tasks: &[Task]) -> Reached {
    let stamps = tasks.iter().filter_map(|task| task.milestones.get(Milestone::AtScene));
    match stamps.map(|stamp| stamp.at()).min() {
        Some(at) => Reached::At(at),
        None if tasks.iter().any(|task| task.milestones.latest() >= Milestone::AtScene) => {
            Reached::AtUnknownTime
        }
        None => Reached::NotYet,
    }
}
