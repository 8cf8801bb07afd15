//! Sending vehicles, sending them elsewhere, and calling them back.

use super::by_rule::resume_if_suspended;
use super::calls::{conclude_dispatched, conclude_reassigned};
use super::check;
use super::confirm::Dangers;
use super::draft::{Draft, not_available, on_task};
use super::follow_on_end;
use super::help::want_those_sent;
use super::standing::nothing_stands;
use crate::model::*;
use crate::state::{Duty, Incident, Task, TaskStage, Vehicle};
use std::collections::BTreeSet;

/// Sends vehicles: one task each, all or none. A busy vehicle is never touched.
pub(super) fn send(
    draft: &mut Draft,
    incident: &IncidentId,
    vehicles: &[VehicleId],
    offer: Option<&OfferRecord>,
) -> Result<(), Rejection> {
    let found = draft.live_incident(incident)?;
    offer.map_or(Ok(()), |offer| check::offer(offer, &draft.rules.limits))?;
    named_well(vehicles, draft.rules.limits.vehicles_per_order)?;
    room_for_tasks(draft, found, vehicles.len())?;
    let free = all_free(draft, found, vehicles)?;
    resume_if_suspended(draft, found);
    want_those_sent(draft, found, free.len());
    for (n, (vehicle, from)) in free.into_iter().enumerate() {
        let order = NewTask { nth: n + 1, vehicle, from, previous_task: None, offer };
        create_task(draft, found, order);
    }
    conclude_dispatched(draft, found);
    Ok(())
}

/// Takes a vehicle from its task to another incident. The first patient is not lost: that incident
/// stays open, and its calls are marked as reassigned when no other vehicle serves it.
pub(super) fn divert(
    draft: &mut Draft,
    vehicle: &VehicleId,
    to_incident: &IncidentId,
    reason: &Reasoned<DivertReason>,
    confirmed: bool,
) -> Result<(), Rejection> {
    check::note(&reason.note, &draft.rules.limits)?;
    let found = draft.vehicle(vehicle)?;
    nothing_stands(found)?;
    let Some(task) = found.running_task() else {
        return Err(Rejection::VehicleNotOnTask { vehicle: vehicle.clone() });
    };
    // Its crew had gone before the order it has was given: no other order reaches it either.
    if found.away.is_some() {
        return Err(not_available(found));
    }
    let (left, task) = draft.task(task)?;
    let to = draft.live_incident(to_incident)?;
    if left.id == to.id {
        return Err(already_on(vehicle, to));
    }
    may_be_taken(left, task, to)?;
    room_for_tasks(draft, to, 1)?;
    Dangers::default()
        .crews_at_scene(draft, [task])
        .crews_out_of_touch(draft, [task], confirmed)
        .ask(draft)?;
    draft.push(Event::TaskRedirected {
        task: task.id.clone(),
        to_incident: to.id.clone(),
        reason: reason.clone(),
    });
    // At the hospital of an exercise it may be promised to somebody, who must not rely on it any more.
    if found.follow_on.as_ref().is_some_and(|next| next.incident != to.id) {
        follow_on_end::lapse(draft, found);
    }
    if left.running_tasks().count() == 1 {
        conclude_reassigned(draft, left, reason);
    }
    resume_if_suspended(draft, to);
    want_those_sent(draft, to, 1);
    let from = task.stands_at();
    let previous_task = Some(task.id.clone());
    create_task(draft, to, NewTask { nth: 1, vehicle: found, from, previous_task, offer: None });
    conclude_dispatched(draft, to);
    Ok(())
}

/// Nobody is taken from a patient on board, and nobody from any patient for an exercise. Whoever plays a
/// patient in an exercise keeps no vehicle from a real one.
fn may_be_taken(left: &Incident, task: &Task, to: &Incident) -> Result<(), Rejection> {
    let vehicle = || task.vehicle.clone();
    match (left.facts.test, to.facts.test) {
        (true, false) => Ok(()),
        (false, true) => {
            Err(Rejection::PatientBeforeExercise { vehicle: vehicle(), incident: to.id.clone() })
        }
        (false, false) | (true, true) if task.stage().is_some_and(TaskStage::has_patient) => {
            Err(Rejection::PatientOnBoard { vehicle: vehicle() })
        }
        (false, false) | (true, true) => Ok(()),
    }
}

/// Ends a task before its normal end. The incident stays open and wants another vehicle.
pub(super) fn abort(
    draft: &mut Draft,
    task: &TaskId,
    reason: &Reasoned<AbortReason>,
    confirmed: bool,
) -> Result<(), Rejection> {
    check::note(&reason.note, &draft.rules.limits)?;
    let (_, found) = draft.task(task)?;
    if !found.is_running() {
        return Err(Rejection::TaskOver { task: task.clone() });
    }
    Dangers::default()
        .crews_at_scene(draft, [found])
        .crews_out_of_touch(draft, [found], confirmed)
        .patient_on_board(draft, found)
        .ask(draft)?;
    draft.push(Event::TaskAborted { task: task.clone(), reason: reason.clone() });
    if let Some(vehicle) = draft.state.vehicles.get(&found.vehicle) {
        follow_on_end::lapse(draft, vehicle);
    }
    // A crew that had gone before the order was given stays as it said.
    let has_gone = draft.state.vehicles.get(&found.vehicle).is_some_and(|it| it.away.is_some());
    if let Some(pause) = pause_after(reason.reason).filter(|_| !has_gone) {
        draft.push_by_rule(
            Origin::VEHICLE_UNFIT,
            Event::VehiclePaused {
                vehicle: found.vehicle.clone(),
                reason: Reasoned { reason: pause, note: reason.note.clone() },
            },
        );
    }
    Ok(())
}

/// Whether a vehicle whose task ended so can be sent again at once, and if not, why not.
fn pause_after(reason: AbortReason) -> Option<PauseReason> {
    match reason {
        AbortReason::VehicleBreakdown | AbortReason::RoadAccident => Some(PauseReason::Repair),
        AbortReason::CrewUnable => Some(PauseReason::Other),
        AbortReason::IncidentCancelled
        | AbortReason::RoadBlocked
        | AbortReason::GoneOnArrival
        | AbortReason::PatientRefused
        | AbortReason::SentByMistake
        | AbortReason::Other => None,
    }
}

struct NewTask<'a> {
    /// Which one it is of those sent now, from 1.
    nth: usize,
    vehicle: &'a Vehicle,
    from: SetOutFrom,
    previous_task: Option<TaskId>,
    offer: Option<&'a OfferRecord>,
}

fn create_task(draft: &mut Draft, incident: &Incident, order: NewTask) {
    draft.push(Event::TaskCreated {
        task: incident.task_id(incident.tasks.len() + order.nth),
        incident: incident.id.clone(),
        vehicle: order.vehicle.id.clone(),
        from: order.from,
        crew: order.vehicle.crew.clone(),
        order_expires_at: draft.context.now.plus_seconds(draft.rules.order_expiry_seconds),
        previous_task: order.previous_task,
        offer: order.offer.cloned(),
    });
}

/// The promised task of a vehicle that has just become free where it is. What its crew said of the promise
/// is said of the task.
pub(super) fn begin_follow_on(
    draft: &mut Draft,
    incident: &Incident,
    vehicle: &Vehicle,
    acknowledged: bool,
) {
    want_those_sent(draft, incident, 1);
    let task = incident.task_id(incident.tasks.len() + 1);
    let created = Event::TaskCreated {
        task: task.clone(),
        incident: incident.id.clone(),
        vehicle: vehicle.id.clone(),
        from: SetOutFrom::Road,
        crew: vehicle.crew.clone(),
        order_expires_at: draft.context.now.plus_seconds(draft.rules.order_expiry_seconds),
        previous_task: None,
        offer: None,
    };
    draft.push_by_rule(Origin::FOLLOW_ON, created);
    if acknowledged {
        let received = Event::DeviceReceiptRecorded { task: task.clone() };
        draft.push_by_rule(Origin::FOLLOW_ON, received);
        let milestone = Milestone::OrderReceived;
        let details = MilestoneDetails::default();
        let acknowledged = Event::MilestoneReached { task, milestone, details };
        draft.push_by_rule(Origin::FOLLOW_ON, acknowledged);
    }
}

fn named_well(vehicles: &[VehicleId], most: usize) -> Result<(), Rejection> {
    if vehicles.is_empty() {
        return Err(Rejection::NoVehicleNamed);
    }
    if vehicles.len() > most {
        return Err(Rejection::TooManyVehicles { most });
    }
    let mut named = BTreeSet::new();
    match vehicles.iter().find(|vehicle| !named.insert(*vehicle)) {
        Some(twice) => Err(Rejection::VehicleNamedTwice { vehicle: twice.clone() }),
        None => Ok(()),
    }
}

pub(super) fn room_for_tasks(
    draft: &Draft,
    incident: &Incident,
    more: usize,
) -> Result<(), Rejection> {
    let most = draft.rules.limits.tasks_per_incident;
    if incident.tasks.len() + more > most {
        let incident = incident.id.clone();
        return Err(Rejection::IncidentFull { incident, most, what: "tasks" });
    }
    Ok(())
}

/// All vehicles of one order. Of several the refusal names each that cannot go, since none is sent then.
fn all_free<'a>(
    draft: &Draft<'a>,
    incident: &Incident,
    vehicles: &[VehicleId],
) -> Result<Vec<(&'a Vehicle, SetOutFrom)>, Rejection> {
    let mut free = Vec::new();
    let mut refused = Vec::new();
    for vehicle in vehicles {
        match free_vehicle(draft, incident, vehicle) {
            Ok(found) => free.push(found),
            Err(rejection) if vehicles.len() == 1 => return Err(rejection),
            Err(rejection) => refused.push((vehicle.clone(), rejection.code())),
        }
    }
    if refused.is_empty() { Ok(free) } else { Err(Rejection::NoneSent { refused }) }
}

/// A vehicle that can be sent now, and where it sets out from.
fn free_vehicle<'a>(
    draft: &Draft<'a>,
    incident: &Incident,
    vehicle: &VehicleId,
) -> Result<(&'a Vehicle, SetOutFrom), Rejection> {
    let found = draft.vehicle(vehicle)?;
    nothing_stands(found)?;
    match &found.duty {
        Duty::AvailableAtStation => Ok((found, SetOutFrom::Station)),
        Duty::AvailableOnRoad { .. } => Ok((found, SetOutFrom::Road)),
        Duty::OffDuty | Duty::Paused { .. } => Err(not_available(found)),
        Duty::OnTask { task, .. } if incident.tasks.iter().any(|t| t.id == *task) => {
            Err(already_on(vehicle, incident))
        }
        Duty::OnTask { task, .. } => Err(on_task(vehicle, task)),
    }
}

fn already_on(vehicle: &VehicleId, incident: &Incident) -> Rejection {
    Rejection::AlreadyOnIncident { vehicle: vehicle.clone(), incident: incident.id.clone() }
}
