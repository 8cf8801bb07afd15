//! How many vehicles an incident wants, what became of its patients, and when it closes itself.

use super::check;
use super::draft::Draft;
use super::reports;
use crate::model::*;
use crate::state::{Incident, IncidentStage, SceneCount};

/// More vehicles are wanted, or fewer will do.
pub(super) fn want(
    draft: &mut Draft,
    incident: &IncidentId,
    vehicles: u16,
) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    check::vehicles_wanted(vehicles, &draft.rules.limits)?;
    if vehicles == found.vehicles_wanted {
        return Ok(());
    }
    let mut wanted = found.clone();
    wanted.want(vehicles, draft.next_version(), draft.provenance().happened_at());
    draft.push(Event::VehiclesWanted { incident: incident.clone(), vehicles });
    close_if_done(draft, &wanted);
    Ok(())
}

/// A call-taker judges how many are wanted; a call never lowers it.
pub(super) fn want_for_call(
    draft: &mut Draft,
    incident: &IncidentId,
    wanted_now: u16,
    vehicles: Option<u16>,
) -> Result<(), Rejection> {
    let Some(vehicles) = vehicles else {
        return Ok(());
    };
    check::vehicles_wanted(vehicles, &draft.rules.limits)?;
    if vehicles > wanted_now {
        draft.push(Event::VehiclesWanted { incident: incident.clone(), vehicles });
    }
    Ok(())
}

/// Who sends more vehicles than were wanted wants them: should one of them fail, another is missing.
pub(super) fn want_those_sent(draft: &mut Draft, incident: &Incident, sent: usize) {
    let sent = u16::try_from(sent).unwrap_or(u16::MAX);
    let vehicles = incident.vehicles_came().saturating_add(sent);
    if vehicles > incident.vehicles_wanted {
        let incident = incident.id.clone();
        draft.push_by_rule(Origin::VEHICLES_SENT, Event::VehiclesWanted { incident, vehicles });
    }
}

/// A dispatcher tells what became of patients. The incident closes itself when that was the last doubt.
pub(super) fn account(
    draft: &mut Draft,
    incident: &IncidentId,
    carried: Option<u16>,
    patients: &PatientsTold,
    note: &str,
) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    check::note(note, &draft.rules.limits)?;
    check::patients(patients, &draft.rules.limits)?;
    check::told("carried", carried, &draft.rules.limits)?;
    if carried.is_none() && patients.is_silent() {
        return Err(check::bad("patients", "must tell something"));
    }
    let mut told = found.clone();
    let (version, provenance) = (draft.next_version(), draft.provenance());
    let account = &mut told.account;
    account.carried = carried.unwrap_or(account.carried);
    account.patients = patients.or(&account.patients);
    (account.version, account.at) = (version, provenance.happened_at());
    told.scene_count = SceneCount::told(patients, version, &provenance).or(told.scene_count);
    draft.push(Event::PatientsAccounted {
        incident: incident.clone(),
        carried,
        patients: patients.clone(),
        note: note.to_owned(),
    });
    close_if_done(draft, &told);
    Ok(())
}

/// Closes an incident by rule when no vehicle is on it and nothing speaks against it. `incident` is as it
/// will be after the events written so far.
pub(super) fn close_if_done(draft: &mut Draft, incident: &Incident) {
    let settled = reports::nobody_reported(draft, incident).is_ok();
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
