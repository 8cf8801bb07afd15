//! Confirmed dangers, from the wire to the core and back.

use super::check::id;
use crate::api_error::ApiError;
use dispatch_core::model::{Confirmation, VehicleId};
use wire_protocol::problem::Confirmation as Wire;

/// Confirmations in one command: one of each kind, and a few of a kind whose subject changed meanwhile.
const MOST_CONFIRMATIONS: usize = 8;
/// Vehicles named in one of them: as many as an incident may ever have.
const MOST_VEHICLES: usize = 200;

/// What the sender confirms.
pub(super) fn confirmations(given: Vec<Wire>) -> Result<Vec<Confirmation>, ApiError> {
    if given.len() > MOST_CONFIRMATIONS {
        return Err(too_long(MOST_CONFIRMATIONS));
    }
    let read = |one| {
        Ok(match one {
            Wire::CrewAtScene { vehicles } => {
                Confirmation::CrewAtScene { vehicles: named(&vehicles)? }
            }
            Wire::CrewOutOfTouch { vehicles } => {
                Confirmation::CrewOutOfTouch { vehicles: named(&vehicles)? }
            }
            Wire::PatientOnBoard { vehicle } => {
                Confirmation::PatientOnBoard { vehicle: id("vehicle", &vehicle)? }
            }
            Wire::PatientsUnaccounted { patients } => {
                Confirmation::PatientsUnaccounted { patients }
            }
        })
    };
    given.into_iter().map(read).collect()
}

fn named(vehicles: &[String]) -> Result<Vec<VehicleId>, ApiError> {
    if vehicles.len() > MOST_VEHICLES {
        return Err(too_long(MOST_VEHICLES));
    }
    vehicles.iter().map(|it| id("vehicle", it)).collect()
}

fn too_long(most: usize) -> ApiError {
    ApiError::bad_field("confirmed", "is too long").with("most", most)
}

/// What a sender may confirm, as the wire spells it.
pub(super) fn to_wire(needed: Confirmation) -> Wire {
    match needed {
        Confirmation::CrewAtScene { vehicles } => {
            Wire::CrewAtScene { vehicles: vehicles.iter().map(ToString::to_string).collect() }
        }
        Confirmation::CrewOutOfTouch { vehicles } => {
            Wire::CrewOutOfTouch { vehicles: vehicles.iter().map(ToString::to_string).collect() }
        }
        Confirmation::PatientOnBoard { vehicle } => {
            Wire::PatientOnBoard { vehicle: vehicle.to_string() }
        }
        Confirmation::PatientsUnaccounted { patients } => Wire::PatientsUnaccounted { patients },
    }
}
