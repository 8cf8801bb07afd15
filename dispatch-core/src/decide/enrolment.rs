//! Vehicles entering service, changing, and leaving it, as the region's data says.

use super::check;
use super::draft::Draft;
use super::standing;
use crate::model::*;

/// Only the home centre enrols a vehicle, and not one that it has lent: a restart of the server must
/// not make one ambulance two.
pub(super) fn enrol(
    draft: &mut Draft,
    vehicle: &VehicleId,
    record: &VehicleRecord,
) -> Result<(), Rejection> {
    check::vehicle(vehicle, record, &draft.rules.limits)?;
    if draft.state.vehicles.contains_key(vehicle) {
        return Err(Rejection::AlreadyHere { vehicle: vehicle.clone() });
    }
    if let Some(to) = draft.state.lent_to(vehicle) {
        return Err(Rejection::VehicleLent { vehicle: vehicle.clone(), to: to.clone() });
    }
    if record.home_centre != draft.state.centre {
        return Err(check::bad("home_centre", "must be this centre"));
    }
    draft.push(Event::VehicleEnrolled { vehicle: vehicle.clone(), record: record.clone() });
    Ok(())
}

/// The same data again changes nothing: a server tells it at every start.
pub(super) fn amend(
    draft: &mut Draft,
    vehicle: &VehicleId,
    record: &VehicleRecord,
) -> Result<(), Rejection> {
    check::vehicle(vehicle, record, &draft.rules.limits)?;
    if draft.vehicle(vehicle)?.record == *record {
        return Ok(());
    }
    draft.push(Event::VehicleAmended { vehicle: vehicle.clone(), record: record.clone() });
    Ok(())
}

/// Only the home centre retires a vehicle; a borrower gives it back first. What its crew asked for is answered first: it
/// would leave the board with the vehicle.
pub(super) fn retire(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    let found = draft.idle_vehicle(vehicle)?;
    standing::nothing_reported(found)?;
    standing::nothing_asked(found)?;
    if found.record.home_centre != draft.state.centre {
        return Err(check::bad("vehicle", "must be given back to its home centre first"));
    }
    draft.push(Event::VehicleRetired { vehicle: vehicle.clone() });
    Ok(())
}
