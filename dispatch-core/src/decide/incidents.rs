//! What may be done with an incident as a whole.

use super::by_rule::resume_if_suspended;
use super::calls::conclude_waiting;
use super::check;
use super::confirm::Dangers;
use super::draft::Draft;
use super::follow_on_end;
use super::standing::nobody_reported;
use crate::model::*;
use crate::state::{Incident, IncidentStage, Task, TaskEnd, TaskStage};

pub(super) fn suspend(
    draft: &mut Draft,
    incident: &IncidentId,
    reason: &Reasoned<SuspendReason>,
) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    check::note(&reason.note, &draft.rules.limits)?;
    if matches!(found.stage, IncidentStage::Suspended { .. }) {
        return Err(Rejection::AlreadySuspended { incident: incident.clone() });
    }
    nothing_runs(found)?;
    nobody_reported(draft.state, found)?;
    unreceived(draft, Dangers::default(), found).ask(draft)?;
    end_unreceived(draft, found);
    follow_on_end::release_all(draft, found);
    draft.push(Event::IncidentSuspended { incident: incident.clone(), reason: reason.clone() });
    conclude_waiting(draft, found, CallOutcome::Suspended(reason.clone()));
    Ok(())
}

pub(super) fn resume(draft: &mut Draft, incident: &IncidentId) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    if !resume_if_suspended(draft, found) {
        return Err(Rejection::NotSuspended { incident: incident.clone() });
    }
    Ok(())
}

pub(super) fn refuse(
    draft: &mut Draft,
    incident: &IncidentId,
    reason: &Reasoned<RefuseReason>,
) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    check::note(&reason.note, &draft.rules.limits)?;
    nothing_runs(found)?;
    nobody_reported(draft.state, found)?;
    no_way_round_the_question(unreceived(draft, Dangers::default(), found), found).ask(draft)?;
    end_unreceived(draft, found);
    follow_on_end::release_all(draft, found);
    conclude_waiting(draft, found, CallOutcome::Refused(reason.clone()));
    draft.push(Event::IncidentRefused { incident: incident.clone(), reason: reason.clone() });
    Ok(())
}

/// Calls all vehicles back. With a patient on board anywhere nothing is cancelled: that vehicle must
/// reach its hospital, and its incident must stay on the board until it has.
pub(super) fn cancel(
    draft: &mut Draft,
    incident: &IncidentId,
    reason: &Reasoned<CancelReason>,
    confirmed: bool,
) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    check::note(&reason.note, &draft.rules.limits)?;
    let mut loaded =
        found.running_tasks().filter(|t| t.stage().is_some_and(TaskStage::has_patient));
    if let Some(task) = loaded.next() {
        return Err(Rejection::PatientOnBoard { vehicle: task.vehicle.clone() });
    }
    nobody_reported(draft.state, found)?;
    let dangers = Dangers::default()
        .crews_at_scene(draft, found.running_tasks())
        .crews_out_of_touch(draft, found.running_tasks(), confirmed);
    no_way_round_the_question(dangers, found).ask(draft)?;
    for task in found.running_tasks() {
        let called_back = AbortReason::IncidentCancelled.into();
        draft.push(Event::TaskAborted { task: task.id.clone(), reason: called_back });
        // Promised from a hospital that it turned out not to have reached: it is no longer about to get free.
        if let Some(vehicle) = draft.state.vehicles.get(&task.vehicle) {
            follow_on_end::lapse(draft, vehicle);
        }
    }
    follow_on_end::release_all(draft, found);
    conclude_waiting(draft, found, CallOutcome::Cancelled(reason.clone()));
    draft.push(Event::IncidentCancelled { incident: incident.clone(), reason: reason.clone() });
    Ok(())
}

pub(super) fn close(draft: &mut Draft, incident: &IncidentId) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    nothing_runs(found)?;
    if found.tasks.is_empty() {
        return Err(Rejection::NeverServed { incident: incident.clone() });
    }
    nobody_reported(draft.state, found)?;
    unreceived(draft, Dangers::default(), found).patients_left(found).ask(draft)?;
    end_unreceived(draft, found);
    follow_on_end::release_all(draft, found);
    draft.push(Event::IncidentClosed { incident: incident.clone() });
    Ok(())
}

pub(super) fn reopen(
    draft: &mut Draft,
    incident: &IncidentId,
    note: &str,
) -> Result<(), Rejection> {
    check::note(note, &draft.rules.limits)?;
    let found = draft.incident(incident)?;
    if !found.stage.is_over() {
        return Err(Rejection::IncidentStillOpen { incident: incident.clone() });
    }
    let most = draft.rules.limits.reopenings_per_incident;
    if found.reopenings.len() >= most {
        let (incident, what) = (incident.clone(), "reopenings");
        return Err(Rejection::IncidentFull { incident, most, what });
    }
    draft.push(Event::IncidentReopened { incident: incident.clone(), note: note.to_owned() });
    Ok(())
}

/// A note may also be written on an incident that is over.
pub(super) fn add_note(
    draft: &mut Draft,
    incident: &IncidentId,
    text: &str,
) -> Result<(), Rejection> {
    let found = draft.incident(incident)?;
    check::required("text", text, draft.rules.limits.text_chars)?;
    let most = draft.rules.limits.notes_per_incident;
    if found.notes.len() >= most {
        return Err(Rejection::IncidentFull { incident: incident.clone(), most, what: "notes" });
    }
    draft.push(Event::NoteAdded { incident: incident.clone(), text: text.to_owned() });
    Ok(())
}

/// Refusing or cancelling says why nobody comes. Once a vehicle has finished there it would only be another
/// way to close the incident over patients of whom nobody has told.
fn no_way_round_the_question(dangers: Dangers, incident: &Incident) -> Dangers {
    let served = incident.tasks.iter().any(|task| task.end == TaskEnd::Finished);
    if served { dangers.patients_left(incident) } else { dangers }
}

/// The running tasks of which no help comes, since nobody received their orders or their crews have gone, and which
/// never set out. They end with their incident; a press that comes late all the same is a fact as ever.
fn without_help(incident: &Incident) -> impl Iterator<Item = &Task> {
    incident.running_tasks().filter(|task| !task.is_coming() && !task.has_departed())
}

/// A crew out of touch may have set out all the same.
fn unreceived(draft: &Draft, dangers: Dangers, incident: &Incident) -> Dangers {
    dangers.crews_out_of_touch(draft, without_help(incident), false)
}

fn end_unreceived(draft: &mut Draft, incident: &Incident) {
    for task in without_help(incident) {
        let (task, vehicle) = (task.id.clone(), draft.state.vehicles.get(&task.vehicle));
        let reason = AbortReason::Other.into();
        draft.push_by_rule(Origin::ENDED_UNRECEIVED, Event::TaskAborted { task, reason });
        if let Some(vehicle) = vehicle {
            follow_on_end::lapse(draft, vehicle);
        }
    }
}

fn nothing_runs(incident: &Incident) -> Result<(), Rejection> {
    match incident.running_tasks().count() - without_help(incident).count() {
        0 => Ok(()),
        running => Err(Rejection::TasksStillRunning { incident: incident.id.clone(), running }),
    }
}
