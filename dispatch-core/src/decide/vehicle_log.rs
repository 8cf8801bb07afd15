//! What is written into a vehicle's log. It moves no vehicle: one that is not fit is paused by its crew.

use super::check;
use super::draft::Draft;
use crate::model::*;
use crate::rules::Limits;

pub(super) fn write(
    draft: &mut Draft,
    vehicle: &VehicleId,
    entry: &VehicleLogEntry,
) -> Result<(), Rejection> {
    draft.vehicle(vehicle)?;
    check_entry(entry, &draft.rules.limits)?;
    draft.push(Event::VehicleLogged { vehicle: vehicle.clone(), entry: entry.clone() });
    Ok(())
}

/// An odometer that shows less than before is taken: it may have been changed, or the last one mistyped.
fn check_entry(entry: &VehicleLogEntry, limits: &Limits) -> Result<(), Rejection> {
    let odometer = |km: u32| match km > limits.odometer_km {
        true => Err(check::bad("odometer_km", "is more than an odometer shows")),
        false => Ok(()),
    };
    match entry {
        VehicleLogEntry::Checked { odometer_km, fuel_percent, faults: _, note } => {
            odometer(*odometer_km)?;
            if fuel_percent.is_some_and(|percent| percent > 100) {
                return Err(check::bad("fuel_percent", "must be at most 100"));
            }
            check::note(note, limits)
        }
        VehicleLogEntry::Refuelled { litres, odometer_km } => {
            if !(*litres > 0.0 && *litres <= limits.fuel_litres) {
                return Err(check::bad("litres", "is not what one tank takes"));
            }
            odometer(*odometer_km)
        }
    }
}
