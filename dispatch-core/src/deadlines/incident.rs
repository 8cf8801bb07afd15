//! Deadlines of an incident: an order, the first vehicle at the scene, an appointment, a second look.

use super::deadline::{Deadline, DeadlineKind, Subject};
use super::norms::Norms;
use super::response::{Reached, response};
use crate::model::Timestamp;
use crate::state::{Incident, IncidentStage, Task, TaskEnd};

/// What should happen next for an incident; nothing once it is over. Those of its tasks are
/// [`super::deadlines_of_task`].
pub fn deadlines_of_incident(incident: &Incident, norms: &Norms) -> Vec<Deadline> {
    let deadline = |start, seconds, kind| Deadline {
        test: incident.facts.test,
        ..Deadline::after(start, seconds, kind, Subject::Incident(incident.id.clone()), norms)
    };
    match &incident.stage {
        IncidentStage::Refused { .. }
        | IncidentStage::Cancelled { .. }
        | IncidentStage::Closed { .. } => Vec::new(),
        IncidentStage::Suspended { since, .. } => {
            vec![deadline(*since, norms.recheck_seconds, DeadlineKind::Recheck)]
        }
        IncidentStage::Open => {
            let order =
                wants_vehicle_since(incident).map(|since| match incident.facts.appointment_at {
                    Some(wanted_at) => {
                        let order_by = wanted_at.plus_seconds(-norms.appointment_lead_seconds);
                        let warn_at = order_by.plus_seconds(-norms.warn_before_seconds);
                        let order = deadline(order_by, 0, DeadlineKind::Appointment);
                        Deadline { warn_at, ..order }
                    }
                    None => deadline(since, norms.order_seconds, DeadlineKind::Order),
                });
            let scene = response(incident, norms)
                .filter(|response| response.reached == Reached::NotYet)
                .map(|it| deadline(it.from, norms.response_seconds, DeadlineKind::Scene));
            order.into_iter().chain(scene).chain(promises(incident, norms)).collect()
        }
    }
}

/// Each vehicle promised must get free by a time; past it the promise is void and somebody must look.
fn promises<'a>(incident: &'a Incident, norms: &'a Norms) -> impl Iterator<Item = Deadline> + 'a {
    incident.promised.iter().map(|promised| {
        let seconds = promised.expires_at.seconds_since(promised.given_at) as i64;
        let subject = Subject::Incident(incident.id.clone());
        Deadline {
            test: incident.facts.test,
            ..Deadline::after(promised.given_at, seconds, DeadlineKind::FollowOn, subject, norms)
        }
    })
}

/// Since when the incident waits for a vehicle; nothing when one is on it.
fn wants_vehicle_since(incident: &Incident) -> Option<Timestamp> {
    // A reopened incident that had its vehicles is open for the record, not for another order.
    let only_for_the_record = incident.reopened && !incident.tasks.is_empty();
    if !incident.waits_for_vehicle() || only_for_the_record {
        return None;
    }
    let ends = incident.tasks.iter().filter_map(ended_early_at);
    ends.chain([incident.opened_at]).max()
}

fn ended_early_at(task: &Task) -> Option<Timestamp> {
    match &task.end {
        TaskEnd::Aborted { at, .. } | TaskEnd::Redirected { at, .. } => Some(*at),
        TaskEnd::Running | TaskEnd::Finished => None,
    }
}
