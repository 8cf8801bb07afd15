//! Lending a vehicle to another centre and giving it back: one journal lets go before another takes.

use super::check;
use super::draft::Draft;
use super::standing;
use crate::model::*;
use crate::state::Duty;

/// Hands a free vehicle over. From this event on it belongs to nobody but the one it is addressed to.
pub(super) fn give(
    draft: &mut Draft,
    vehicle: &VehicleId,
    to: &CentreId,
    note: &str,
) -> Result<(), Rejection> {
    check::note(note, &draft.rules.limits)?;
    let found = draft.idle_vehicle(vehicle)?;
    standing::nothing_reported(found)?;
    check::required("to", to.as_str(), draft.rules.limits.name_chars)?;
    if *to == draft.state.centre {
        return Err(Rejection::AlreadyHere { vehicle: vehicle.clone() });
    }
    let pause = match &found.duty {
        Duty::Paused { reason, .. } => Some(reason.clone()),
        Duty::OnTask { .. }
        | Duty::AvailableOnRoad { .. }
        | Duty::AvailableAtStation
        | Duty::OffDuty => None,
    };
    let transfer = VehicleTransfer {
        vehicle: vehicle.clone(),
        number: draft.state.transfers.times_given(vehicle) + 1,
        from: draft.state.centre.clone(),
        to: to.clone(),
        record: found.record.clone(),
        crew: found.crew.clone(),
        state: found.state(),
        pause,
        sos: found.sos,
        note: note.to_owned(),
        outboxes: found.outboxes.clone(),
        messages: found.messages.clone(),
        log: found.log.clone(),
    };
    draft.push(Event::VehicleHandedOver { transfer });
    Ok(())
}

/// Takes over a vehicle. A hand-over that was taken before, even if the vehicle has since gone back,
/// changes nothing: the message was only slow.
pub(super) fn take(draft: &mut Draft, transfer: &VehicleTransfer) -> Result<(), Rejection> {
    let VehicleTransfer { vehicle, number, from, to, .. } = transfer;
    if *to != draft.state.centre {
        return Err(Rejection::HandOverNotForUs { vehicle: vehicle.clone(), to: to.clone() });
    }
    if *number <= draft.state.transfers.last_taken(vehicle, from) {
        return Ok(());
    }
    if draft.state.vehicles.contains_key(vehicle) {
        return Err(Rejection::AlreadyHere { vehicle: vehicle.clone() });
    }
    if transfer.state.is_on_task() {
        return Err(check::bad("state", "must be that of a free vehicle"));
    }
    if (transfer.state.group() == StateGroup::Paused) != transfer.pause.is_some() {
        return Err(check::bad("pause", "must be given for a paused vehicle and no other"));
    }
    check::vehicle(vehicle, &transfer.record, &draft.rules.limits)?;
    check::crew(&transfer.crew, &draft.rules.limits)?;
    draft.push(Event::VehicleTakenOver { transfer: transfer.clone() });
    Ok(())
}

/// The other centre has the vehicle.
pub(super) fn confirm(
    draft: &mut Draft,
    vehicle: &VehicleId,
    number: u64,
) -> Result<(), Rejection> {
    let open = draft.state.transfers_out.get(vehicle).map(|open| open.number);
    if open == Some(number) {
        draft.push(Event::HandOverConfirmed { vehicle: vehicle.clone(), number });
        return Ok(());
    }
    let was_open = number >= 1 && number <= draft.state.transfers.times_given(vehicle);
    if was_open {
        return Ok(());
    }
    Err(Rejection::UnknownHandOver { vehicle: vehicle.clone(), number })
}
