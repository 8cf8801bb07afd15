//! The response norm: which incidents it applies to, and how one stands against it.
//!
//! It runs from the call taken, or from the moment somebody opened the incident again, to the first vehicle at the
//! scene in that turn; see [`super::measure`] for whose clock counts and for how figures count an incident that was
//! opened again. Nobody is in haste for a transfer, a standby or an appointment.

use super::measure::{Measure, Reached};
use super::norms::Norms;
use super::turns::Turn;
use crate::model::{IncidentKind, Milestone};
use crate::state::{Incident, Task};

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

/// How an incident stands against the response norm in its present turn; nothing where the norm does not apply.
/// `norms` are those of its surroundings: [`Norms::within`].
pub fn response(incident: &Incident, norms: &Norms) -> Option<Measure> {
    in_turn(incident, &incident.turn(), norms)
}

/// The same in any of its turns.
pub(super) fn in_turn(incident: &Incident, turn: &Turn, norms: &Norms) -> Option<Measure> {
    let applies = is_in_haste(incident.facts.kind, by_appointment(incident, turn));
    let reached = reached(turn.tasks(incident));
    applies.then(|| Measure::of(incident, norms, (turn.from, norms.response_seconds), reached))
}

/// Whether the vehicle was wanted later than when the turn began.
pub(super) fn by_appointment(incident: &Incident, turn: &Turn) -> bool {
    incident.facts.appointment_at.is_some_and(|wanted| wanted > turn.from)
}

/// By any vehicle, whatever became of its task afterwards.
fn reached<'a>(tasks: impl Iterator<Item = &'a Task>) -> Reached {
    let mut reached = Reached::NotYet;
    for task in tasks {
        let at = task.milestones.get(Milestone::AtScene).map(|stamp| stamp.at());
        reached = match (reached, at) {
            (Reached::At(first), Some(at)) => Reached::At(first.min(at)),
            (Reached::NotYet | Reached::AtUnknownTime, Some(at)) => Reached::At(at),
            (Reached::NotYet, None) if task.milestones.latest() >= Milestone::AtScene => {
                Reached::AtUnknownTime
            }
            (known, None) => known,
        };
    }
    reached
}
