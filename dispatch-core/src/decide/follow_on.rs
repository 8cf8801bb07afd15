//! The next order of a vehicle that is still at a hospital: promised, acknowledged, begun as the crew gets
//! free, or ended so that nobody relies on it.

use super::by_rule::resume_if_suspended;
use super::calls::conclude_dispatched;
use super::dispatch::{begin_follow_on, room_for_tasks};
use super::draft::Draft;
use super::follow_on_end::end_by_rule;
use super::standing::nothing_stands;
use crate::model::*;
use crate::state::{Duty, FollowOn, Incident, TaskStage, Vehicle};

/// Promises a vehicle at a hospital to an incident. The incident waits on until the crew is free.
pub(super) fn give(
    draft: &mut Draft,
    vehicle: &VehicleId,
    incident: &IncidentId,
) -> Result<(), Rejection> {
    let to = draft.live_incident(incident)?;
    let found = draft.vehicle(vehicle)?;
    nothing_stands(found)?;
    if !is_at_hospital(found) {
        let (vehicle, state) = (vehicle.clone(), found.state());
        return Err(Rejection::NotAtHospital { vehicle, state });
    }
    if let Some(next) = &found.follow_on {
        if holds(draft, next) {
            let (vehicle, incident) = (vehicle.clone(), next.incident.clone());
            return Err(Rejection::AlreadyPromised { vehicle, incident });
        }
        end_by_rule(draft, found, FollowOnEnd::Expired);
    }
    room_for_tasks(draft, to, to.promised.len() + 1)?;
    resume_if_suspended(draft, to);
    draft.push(Event::FollowOnGiven {
        vehicle: vehicle.clone(),
        incident: incident.clone(),
        expires_at: draft.context.now.plus_seconds(draft.rules.follow_on_seconds),
    });
    Ok(())
}

/// The crew has seen it. Said twice it is written twice, since each press has its number.
pub(super) fn acknowledge(
    draft: &mut Draft,
    vehicle: &VehicleId,
    incident: &IncidentId,
) -> Result<(), Rejection> {
    let next = draft.vehicle(vehicle)?.follow_on.as_ref();
    if !next.is_some_and(|next| next.incident == *incident && holds(draft, next)) {
        return Err(Rejection::NoFollowOn { vehicle: vehicle.clone() });
    }
    let (vehicle, incident) = (vehicle.clone(), incident.clone());
    draft.push(Event::FollowOnAcknowledged { vehicle, incident });
    Ok(())
}

pub(super) fn withdraw(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    let Some(next) = &draft.vehicle(vehicle)?.follow_on else {
        return Err(Rejection::NoFollowOn { vehicle: vehicle.clone() });
    };
    let (vehicle, incident) = (vehicle.clone(), next.incident.clone());
    draft.push(Event::FollowOnEnded { vehicle, incident, why: FollowOnEnd::Withdrawn });
    Ok(())
}

/// The crew is free: what it was promised becomes its task, in the same decision.
pub(super) fn begin_after_finish(draft: &mut Draft, vehicle: &VehicleId) {
    let Some(vehicle) = draft.state.vehicles.get(vehicle) else { return };
    let Some(next) = &vehicle.follow_on else { return };
    // Its crew reports a patient against what the centre did: it is not free, whatever it finished.
    if nothing_stands(vehicle).is_err() {
        return end_by_rule(draft, vehicle, FollowOnEnd::VehicleNotFree);
    }
    let wanted = |incident: &&Incident| !incident.stage.is_over();
    let to = draft.state.incidents.get(&next.incident).filter(wanted);
    let to = to.filter(|to| room_for_tasks(draft, to, 1).is_ok());
    match to {
        None => end_by_rule(draft, vehicle, FollowOnEnd::IncidentOver),
        Some(_) if !holds(draft, next) => end_by_rule(draft, vehicle, FollowOnEnd::Expired),
        Some(to) => {
            begin_follow_on(draft, to, vehicle, next.acknowledged.is_some());
            conclude_dispatched(draft, to);
        }
    }
}

fn is_at_hospital(vehicle: &Vehicle) -> bool {
    match &vehicle.duty {
        Duty::OnTask { stage, .. } => match stage {
            TaskStage::AtHospital => true,
            TaskStage::Assigned
            | TaskStage::OrderReceived
            | TaskStage::ToScene
            | TaskStage::AtScene
            | TaskStage::PatientOnBoard => false,
        },
        Duty::AvailableOnRoad { .. }
        | Duty::AvailableAtStation
        | Duty::OffDuty
        | Duty::Paused { .. } => false,
    }
}

fn holds(draft: &Draft, next: &FollowOn) -> bool {
    draft.context.now <= next.expires_at
}
