//! What a vehicle does between tasks: pauses, duty, crew, and its crew's call for help.

use super::check;
use super::draft::{Draft, in_state, not_available};
use super::{milestones, move_up, reports};
use crate::model::*;
use crate::state::{Duty, Standby};

pub(super) fn pause(
    draft: &mut Draft,
    vehicle: &VehicleId,
    reason: &Reasoned<PauseReason>,
) -> Result<(), Rejection> {
    check::note(&reason.note, &draft.rules.limits)?;
    if reports::take_away(draft, vehicle, &Away::Paused { reason: reason.clone() })? {
        return Ok(());
    }
    let found = draft.idle_vehicle(vehicle)?;
    match &found.duty {
        Duty::AvailableOnRoad { .. } | Duty::AvailableAtStation => {}
        Duty::Paused { .. } => return Err(in_state(found)),
        Duty::OffDuty | Duty::OnTask { .. } => return Err(not_available(found)),
    }
    draft.push(Event::VehiclePaused { vehicle: vehicle.clone(), reason: reason.clone() });
    Ok(())
}

pub(super) fn resume(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    if reports::take_back_away(draft, vehicle, VehicleState::Paused)? {
        return Ok(());
    }
    let found = draft.idle_vehicle(vehicle)?;
    match &found.duty {
        Duty::Paused { .. } => {}
        Duty::AvailableOnRoad { .. } | Duty::AvailableAtStation => return Err(in_state(found)),
        Duty::OffDuty | Duty::OnTask { .. } => return Err(not_available(found)),
    }
    draft.push(Event::VehicleResumed { vehicle: vehicle.clone() });
    Ok(())
}

pub(super) fn go_off_duty(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    if reports::take_away(draft, vehicle, &Away::OffDuty)? {
        return Ok(());
    }
    let found = draft.idle_vehicle(vehicle)?;
    if found.duty.group() == StateGroup::OffDuty {
        return Err(in_state(found));
    }
    draft.push(Event::VehicleWentOffDuty { vehicle: vehicle.clone() });
    Ok(())
}

pub(super) fn go_on_duty(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    if reports::take_back_away(draft, vehicle, VehicleState::OffDuty)? {
        return Ok(());
    }
    let found = draft.idle_vehicle(vehicle)?;
    if found.duty.group() != StateGroup::OffDuty {
        return Err(in_state(found));
    }
    draft.push(Event::VehicleCameOnDuty { vehicle: vehicle.clone() });
    Ok(())
}

/// Back at the station, paused or not: the one it was moved to, if it set out for that. From a finished task this is
/// that task's last milestone.
pub(super) fn return_to_station(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    let found = draft.idle_vehicle(vehicle)?;
    if found.standby().is_some() && move_up::reach(draft, found) {
        return Ok(());
    }
    match found.standby() {
        Some(Standby::OnRoad { last_task: Some(task) }) => {
            return milestones::back_at_station(draft, &task);
        }
        Some(Standby::OnRoad { last_task: None }) => {}
        Some(Standby::AtStation) => return Err(in_state(found)),
        None => return Err(not_available(found)),
    }
    draft.push(Event::VehicleReturnedToStation { vehicle: vehicle.clone() });
    Ok(())
}

pub(super) fn assign_crew(
    draft: &mut Draft,
    vehicle: &VehicleId,
    crew: &[CrewMember],
) -> Result<(), Rejection> {
    draft.vehicle(vehicle)?;
    check::crew(crew, &draft.rules.limits)?;
    draft.push(Event::CrewAssigned { vehicle: vehicle.clone(), crew: crew.to_vec() });
    Ok(())
}

/// Every call for help is written down; the first one counts until it is dealt with. A vehicle that left
/// service stands on the board again, off duty, so that the call is seen and answered.
pub(super) fn raise_sos(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    if let Some(record) = draft.state.retired.record(vehicle)
        && draft.by_crew()
    {
        let (vehicle, record) = (vehicle.clone(), record.clone());
        let off_duty = Event::VehicleWentOffDuty { vehicle: vehicle.clone() };
        draft.push_by_rule(
            Origin::RETIRED_CALLS_FOR_HELP,
            Event::VehicleEnrolled { vehicle: vehicle.clone(), record },
        );
        draft.push_by_rule(Origin::RETIRED_CALLS_FOR_HELP, off_duty);
        draft.push(Event::SosRaised { vehicle });
        return Ok(());
    }
    draft.vehicle(vehicle)?;
    draft.push(Event::SosRaised { vehicle: vehicle.clone() });
    Ok(())
}

pub(super) fn clear_sos(
    draft: &mut Draft,
    vehicle: &VehicleId,
    note: &str,
) -> Result<(), Rejection> {
    check::note(note, &draft.rules.limits)?;
    if draft.vehicle(vehicle)?.sos.is_none() {
        return Err(Rejection::NoSos { vehicle: vehicle.clone() });
    }
    draft.push(Event::SosCleared { vehicle: vehicle.clone(), note: note.to_owned() });
    Ok(())
}
