//! Amending what is known of an incident and of its calls.

use super::by_rule::close_if_done;
use super::check;
use super::draft::Draft;
use crate::model::*;
use crate::state::Incident;

/// Amends an incident. It closes itself when a number of patients or vehicles was the last doubt.
pub(super) fn amend(
    draft: &mut Draft,
    incident: &IncidentId,
    changes: &IncidentChanges,
) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    check::changes(changes, &draft.rules.limits)?;
    stays_real(found, changes)?;
    let changes = IncidentChanges { call: call_named(found, changes)?, ..changes.clone() };
    let mut amended = found.clone();
    amended.amend(&changes, draft.next_version(), &draft.provenance());
    let numbers = changes.vehicles_wanted.or(changes.patient_count);
    let numbers = numbers.or(changes.call.as_ref().and_then(|call| call.patient_count));
    draft.push(Event::IncidentAmended { incident: incident.clone(), changes: Box::new(changes) });
    if numbers.is_some() {
        close_if_done(draft, &amended);
    }
    Ok(())
}

/// The changes to a call, with the call they are about: the first where none is named.
fn call_named(
    incident: &Incident,
    changes: &IncidentChanges,
) -> Result<Option<CallChanges>, Rejection> {
    let Some(call) = changes.call.as_ref().filter(|call| !call.is_nothing()) else {
        return Ok(None);
    };
    let mut calls = incident.calls.iter();
    let found = match &call.call_id {
        Some(named) => calls.find(|it| it.id == *named),
        None => calls.next(),
    };
    let found = found.ok_or(check::bad("call_id", "is not a call of this incident"))?;
    Ok(Some(CallChanges { call_id: Some(found.id.clone()), ..call.clone() }))
}

/// A patient's incident that vehicles were sent for, or promised to, does not turn into an exercise: it would
/// vanish from every figure and stand behind everybody else.
fn stays_real(incident: &Incident, changes: &IncidentChanges) -> Result<(), Rejection> {
    let served = !incident.tasks.is_empty() || !incident.promised.is_empty();
    if changes.test == Some(true) && !incident.facts.test && served {
        return Err(check::bad("test", "cannot be set any more: a vehicle was sent or promised"));
    }
    Ok(())
}
