//! What becomes of an incident by itself: it closes, opens again, or is taken up again.

use super::draft::Draft;
use super::standing::nobody_reported;
use crate::model::*;
use crate::state::{Incident, IncidentStage};

/// Closes an incident by rule when no vehicle is on it and nothing speaks against it. `incident` is as it
/// will be after the events written so far.
pub(super) fn close_if_done(draft: &mut Draft, incident: &Incident) {
    let settled = nobody_reported(draft.state, incident).is_ok();
    // An order that ran out unreceived may still have reached its crew by radio: a person ends it first.
    let nobody_runs = incident.running_tasks().next().is_none();
    let is_done = settled && nobody_runs && incident.asks_to_close();
    if is_done && incident.closing_doubts().is_empty() {
        let closed = Event::IncidentClosed { incident: incident.id.clone() };
        draft.push_by_rule(Origin::LAST_TASK_ENDED, closed);
    }
}

/// Opens an incident again that had closed itself, when a crew tells of a patient who is left. `told` is the
/// incident as it will be after that.
pub(super) fn reopen_if_left(draft: &mut Draft, incident: &Incident, told: &Incident) {
    if matches!(incident.stage, IncidentStage::Closed { by_itself: true, .. })
        && told.patients_unaccounted() > 0
    {
        let (incident, note) = (incident.id.clone(), String::new());
        draft.push_by_rule(Origin::PATIENT_LEFT, Event::IncidentReopened { incident, note });
    }
}

/// Takes a waiting incident up again; says whether it waited.
pub(super) fn resume_if_suspended(draft: &mut Draft, incident: &Incident) -> bool {
    let suspended = matches!(incident.stage, IncidentStage::Suspended { .. });
    if suspended {
        draft.push(Event::IncidentResumed { incident: incident.id.clone() });
    }
    suspended
}
