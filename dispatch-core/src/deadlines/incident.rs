//! Deadlines of an incident: an order, the first vehicle at the scene, an appointment, a second look, the
//! question whether it is to be closed.

use super::deadline::{Deadline, DeadlineKind, Subject};
use super::measure::Reached;
use super::norms::Norms;
use super::response::response;
use crate::model::{Milestone, Timestamp};
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
                    // An appointment that was ahead when the incident was opened, or opened again.
                    Some(wanted_at) if wanted_at > since => {
                        let order_by = wanted_at.plus_seconds(-norms.appointment_lead_seconds);
                        let warn_at = order_by.plus_seconds(-norms.warn_before_seconds);
                        let order = deadline(order_by, 0, DeadlineKind::Appointment);
                        Deadline { warn_at, ..order }
                    }
                    Some(_) | None => deadline(since, norms.order_seconds, DeadlineKind::Order),
                });
            // An order that nobody received has had its time: its patient is not given another minute.
            let order = match lapsed_at(incident) {
                Some(lapsed) => Some(deadline(lapsed, 0, DeadlineKind::Order)),
                None => order,
            };
            let decision = asks_since(incident).map(|since| {
                deadline(since, norms.close_decision_seconds, DeadlineKind::CloseDecision)
            });
            let scene = scene_due_from(incident, norms)
                .map(|start| deadline(start, norms.response_seconds, DeadlineKind::Scene));
            let promised = promises(incident, norms);
            order.into_iter().chain(decision).chain(scene).chain(promised).collect()
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

/// Since when the incident waits for a vehicle; nothing when as many came as are wanted.
fn wants_vehicle_since(incident: &Incident) -> Option<Timestamp> {
    if incident.vehicles_missing() == 0 {
        return None;
    }
    let turn = incident.turn();
    let ended = turn.tasks(incident).filter_map(ended_early_at).max();
    // Who wants more before the first has been sent gives nobody another minute for that first one.
    let first = ended.is_none() && incident.vehicles_came() == 0;
    let wanted_since = if first { turn.from } else { incident.wanted_since };
    ended.into_iter().chain([turn.from, wanted_since]).max()
}

/// When an order lapsed that nobody received, where its vehicle is still missing.
fn lapsed_at(incident: &Incident) -> Option<Timestamp> {
    let missing = incident.vehicles_missing() > 0;
    incident.running_tasks().filter_map(|task| task.lapsed_at).min().filter(|_| missing)
}

/// Since when somebody should say whether it is to be closed or who else goes.
fn asks_since(incident: &Incident) -> Option<Timestamp> {
    if !incident.asks_to_close() {
        return None;
    }
    let finished = |task: &Task| task.milestones.get(Milestone::Finished).map(|stamp| stamp.at());
    let ends = incident.tasks.iter().filter_map(|task| ended_early_at(task).or(finished(task)));
    ends.max()
}

fn ended_early_at(task: &Task) -> Option<Timestamp> {
    match &task.end {
        TaskEnd::Aborted { at, .. } | TaskEnd::Diverted { at, .. } => Some(*at),
        TaskEnd::Running | TaskEnd::Finished => None,
    }
}

/// From when a vehicle at the scene is due; nothing once one was there in this turn.
fn scene_due_from(incident: &Incident, norms: &Norms) -> Option<Timestamp> {
    let response = response(incident, norms)?;
    (response.reached == Reached::NotYet).then_some(response.from)
}
