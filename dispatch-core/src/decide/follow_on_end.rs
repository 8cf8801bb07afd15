//! How a next order ends without becoming a task.

use super::draft::Draft;
use crate::model::*;
use crate::state::{Incident, Vehicle};

/// The vehicle will not get free: what it was promised to must not rely on it.
pub(super) fn lapse(draft: &mut Draft, vehicle: &Vehicle) {
    if vehicle.follow_on.is_some() {
        end_by_rule(draft, vehicle, FollowOnEnd::VehicleNotFree);
    }
}

/// The incident is over or waits on purpose: nobody is to come.
pub(super) fn release_all(draft: &mut Draft, incident: &Incident) {
    for promised in &incident.promised {
        if let Some(vehicle) = draft.state.vehicles.get(&promised.vehicle) {
            end_by_rule(draft, vehicle, FollowOnEnd::IncidentOver);
        }
    }
}

/// Ends it for this reason, if the vehicle has one.
pub(super) fn end_by_rule(draft: &mut Draft, vehicle: &Vehicle, why: FollowOnEnd) {
    let Some(next) = &vehicle.follow_on else { return };
    let (vehicle, incident) = (vehicle.id.clone(), next.incident.clone());
    draft.push_by_rule(Origin::FOLLOW_ON, Event::FollowOnEnded { vehicle, incident, why });
}
