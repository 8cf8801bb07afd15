//! How many vehicles an incident wants, and what became of its patients.

use super::by_rule::close_if_done;
use super::check;
use super::draft::Draft;
use crate::model::*;
use crate::state::Incident;

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

/// A dispatcher tells what became of patients, or takes it back. The incident closes itself when that was the last doubt.
pub(super) fn account(
    draft: &mut Draft,
    incident: &IncidentId,
    carried: Change<u16>,
    patients: &PatientChanges,
    note: &str,
) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    check::note(note, &draft.rules.limits)?;
    check::patients(&patients.applied_to(&PatientsTold::default()), &draft.rules.limits)?;
    check::told("carried", carried.applied_to(None), &draft.rules.limits)?;
    if carried.is_keep() && patients.is_nothing() {
        return Err(check::bad("patients", "must tell something"));
    }
    let mut told = found.clone();
    told.account_for(carried, patients, draft.next_version(), &draft.provenance());
    draft.push(Event::PatientsAccounted {
        incident: incident.clone(),
        carried,
        patients: *patients,
        note: note.to_owned(),
    });
    close_if_done(draft, &told);
    Ok(())
}
