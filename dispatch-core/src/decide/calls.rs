//! Taking a call (受理): a new incident, or one more call about one that is open.

use super::by_rule::close_if_done;
use super::check;
use super::draft::Draft;
use super::help::want_for_call;
use crate::model::*;
use crate::state::{Call, Incident, nth_call_id};

/// A call turned out to be about something else: it becomes an incident with its own words, and no longer
/// counts for the one it was linked to. That one may be over; the caller still waits.
pub(super) fn separate(
    draft: &mut Draft,
    incident: &IncidentId,
    call_id: &CallId,
) -> Result<(), Rejection> {
    let found = draft.incident(incident)?;
    let (incident, call) = (incident.clone(), call_id.clone());
    let Some(place) = found.calls.iter().position(|one| one.id == *call_id) else {
        return Err(Rejection::UnknownCall { incident, call });
    };
    if place == 0 {
        return Err(Rejection::CallOpenedIncident { incident, call });
    }
    let linked = &found.calls[place];
    if let Some(to) = linked.separated_to.clone() {
        return Err(Rejection::CallAlreadySeparated { call, to });
    }
    let (facts, vehicles_wanted) = own_words(found, linked);
    let to = draft.state.next_incident_id();
    draft.push(Event::CallSeparated { incident, call_id: call, to: to.clone() });
    draft.push(Event::IncidentOpened { incident: to.clone(), facts: Box::new(facts) });
    record_call(draft, &to, &nth_call_id(&to, 1), &linked.details, None);
    want_for_call(draft, &to, 1, vehicles_wanted)?;
    let mut without = found.clone();
    without.calls[place].separated_to = Some(to);
    close_if_done(draft, &without);
    Ok(())
}

/// What a linked call said. A call from before that was kept has only what the incident is known to be, and
/// so has one that told no place of its own.
fn own_words(incident: &Incident, call: &Call) -> (IncidentFacts, Option<u16>) {
    let Some(said) = &call.said else {
        return (incident.facts.clone(), None);
    };
    let mut facts = said.facts.clone();
    if facts.scene.address.trim().is_empty() {
        facts.scene = incident.facts.scene.clone();
    }
    (facts, said.vehicles_wanted)
}

pub(super) fn take(draft: &mut Draft, call: &TakeCall) -> Result<(), Rejection> {
    check::call_details(&call.details, &draft.rules.limits)?;
    check::outcome(&call.outcome, &draft.rules.limits)?;
    match &call.link_to {
        None => open_incident(draft, call),
        Some(incident) => link(draft, call, incident),
    }
}

/// What became of calls that still wait is now known.
pub(super) fn conclude_waiting(draft: &mut Draft, incident: &Incident, outcome: CallOutcome) {
    for call in incident.calls().filter(|call| call.is_unsettled()) {
        conclude(draft, &incident.id, &call.id, outcome.clone());
    }
}

/// Vehicles are on their way for these calls. When the incident was over and reopened, no call waits
/// any more; its first call is then the one they are sent for after all.
pub(super) fn conclude_dispatched(draft: &mut Draft, incident: &Incident) {
    conclude_waiting(draft, incident, CallOutcome::Dispatched);
    let is_for_a_call =
        |call: &Call| call.is_unsettled() || call.outcome == CallOutcome::Dispatched;
    if let Some(first) = incident.calls.first()
        && !incident.calls().any(is_for_a_call)
    {
        conclude(draft, &incident.id, &first.id, CallOutcome::Dispatched);
    }
}

/// The vehicles sent for these calls went elsewhere; the calls wait again.
pub(super) fn conclude_reassigned(
    draft: &mut Draft,
    incident: &Incident,
    reason: &Reasoned<DivertReason>,
) {
    let served = |call: &&Call| call.outcome == CallOutcome::Dispatched;
    for call in incident.calls().filter(served) {
        conclude(draft, &incident.id, &call.id, CallOutcome::Reassigned(reason.clone()));
    }
}

fn open_incident(draft: &mut Draft, call: &TakeCall) -> Result<(), Rejection> {
    check::facts(&call.facts, &draft.rules.limits)?;
    let incident = draft.state.next_incident_id();
    let call_id = nth_call_id(&incident, 1);
    let ending = ending_of_new(&call.outcome, &incident)?;
    draft.push(Event::IncidentOpened {
        incident: incident.clone(),
        facts: Box::new(call.facts.clone()),
    });
    record_call(draft, &incident, &call_id, &call.details, None);
    want_for_call(draft, &incident, 1, call.vehicles_wanted)?;
    if let Some(ending) = ending {
        conclude(draft, &incident, &call_id, call.outcome.clone());
        draft.push(ending);
    }
    Ok(())
}

/// What the outcome of the first call makes of its incident; nothing while the call is open.
fn ending_of_new(outcome: &CallOutcome, incident: &IncidentId) -> Result<Option<Event>, Rejection> {
    let incident = incident.clone();
    match outcome {
        CallOutcome::Open => Ok(None),
        CallOutcome::Suspended(reason) => {
            Ok(Some(Event::IncidentSuspended { incident, reason: reason.clone() }))
        }
        CallOutcome::Refused(reason) => {
            Ok(Some(Event::IncidentRefused { incident, reason: reason.clone() }))
        }
        CallOutcome::Cancelled(reason) => {
            Ok(Some(Event::IncidentCancelled { incident, reason: reason.clone() }))
        }
        CallOutcome::Consultation | CallOutcome::Nuisance => {
            Ok(Some(Event::IncidentClosed { incident }))
        }
        CallOutcome::Dispatched | CallOutcome::Reassigned(_) | CallOutcome::Repeat => {
            Err(check::bad("outcome", "does not fit a new incident"))
        }
    }
}

/// Says what a linked call was after all. The incident goes on as it is: whoever finds that nobody needs help any
/// more cancels or closes it.
pub(super) fn change_outcome(
    draft: &mut Draft,
    incident: &IncidentId,
    call_id: &CallId,
    outcome: &CallOutcome,
) -> Result<(), Rejection> {
    check::outcome(outcome, &draft.rules.limits)?;
    let found = draft.incident(incident)?;
    let (incident, call) = (incident.clone(), call_id.clone());
    let Some(place) = found.calls.iter().position(|one| one.id == *call_id) else {
        return Err(Rejection::UnknownCall { incident, call });
    };
    let linked = &found.calls[place];
    if place == 0 {
        return Err(check::bad("call", "opened its incident; refuse, cancel or close that"));
    }
    if let Some(to) = linked.separated_to.clone() {
        return Err(Rejection::CallAlreadySeparated { call, to });
    }
    let outcome = outcome_of_linked(outcome)?;
    if outcome != linked.outcome {
        conclude(draft, &incident, call_id, outcome);
    }
    Ok(())
}

/// What a linked call may be; one that is open is a repeat.
fn outcome_of_linked(outcome: &CallOutcome) -> Result<CallOutcome, Rejection> {
    match outcome {
        CallOutcome::Open | CallOutcome::Repeat => Ok(CallOutcome::Repeat),
        CallOutcome::Suspended(_)
        | CallOutcome::Refused(_)
        | CallOutcome::Cancelled(_)
        | CallOutcome::Consultation
        | CallOutcome::Nuisance => Ok(outcome.clone()),
        CallOutcome::Dispatched | CallOutcome::Reassigned(_) => {
            Err(check::bad("outcome", "is written by sending vehicles"))
        }
    }
}

/// One more call, kept with its own words. Whatever its outcome, it never takes help away: a caller who says
/// "no need to come" is written down, and a dispatcher then cancels the incident knowing who else called. One
/// who tells of a worse state raises the priority.
fn link(draft: &mut Draft, call: &TakeCall, incident: &IncidentId) -> Result<(), Rejection> {
    let outcome = outcome_of_linked(&call.outcome)?;
    let found = draft.live_incident(incident)?;
    check::said(&call.facts, &draft.rules.limits)?;
    // A patient's call written into an exercise would be a patient nobody looks for.
    if found.facts.test != call.facts.test {
        return Err(Rejection::ExerciseApart { incident: incident.clone() });
    }
    let most = draft.rules.limits.calls_per_incident;
    if found.calls.len() >= most {
        return Err(Rejection::IncidentFull { incident: incident.clone(), most, what: "calls" });
    }
    let call_id = nth_call_id(incident, found.calls.len() + 1);
    let said = CallerWords { facts: call.facts.clone(), vehicles_wanted: call.vehicles_wanted };
    record_call(draft, incident, &call_id, &call.details, Some(said));
    want_for_call(draft, incident, found.vehicles_wanted, call.vehicles_wanted)?;
    let worse = call.facts.priority < found.facts.priority;
    if worse && outcome == CallOutcome::Repeat {
        let priority = Some(call.facts.priority);
        let changes = Box::new(IncidentChanges { priority, ..IncidentChanges::default() });
        let amended = Event::IncidentAmended { incident: incident.clone(), changes };
        draft.push_by_rule(Origin::CALL_MORE_URGENT, amended);
    }
    if outcome == CallOutcome::Repeat {
        warn_of(draft, incident, &found.facts.hazards, &call.facts.hazards);
    }
    conclude(draft, incident, &call_id, outcome);
    Ok(())
}

/// A danger that any caller tells of stands until a dispatcher takes it away.
fn warn_of(draft: &mut Draft, incident: &IncidentId, known: &Hazards, told: &Hazards) {
    if told.is_subset(known) {
        return;
    }
    let hazards = Some(known | told);
    let changes = Box::new(IncidentChanges { hazards, ..IncidentChanges::default() });
    let amended = Event::IncidentAmended { incident: incident.clone(), changes };
    draft.push_by_rule(Origin::CALL_TOLD_HAZARD, amended);
}

fn record_call(
    draft: &mut Draft,
    incident: &IncidentId,
    call_id: &CallId,
    details: &CallDetails,
    said: Option<CallerWords>,
) {
    draft.push(Event::CallTaken {
        incident: incident.clone(),
        call_id: call_id.clone(),
        details: Box::new(details.clone()),
        said: said.map(Box::new),
    });
}

fn conclude(draft: &mut Draft, incident: &IncidentId, call_id: &CallId, outcome: CallOutcome) {
    draft.push(Event::CallConcluded {
        incident: incident.clone(),
        call_id: call_id.clone(),
        outcome,
    });
}
