//! What events change in a vehicle's next order, on the vehicle and on the incident that waits for it.

use super::{incident_of, vehicle_of};
use crate::model::*;
use crate::state::{CentreState, FollowOn, Promised, Stamp};

pub(super) fn given(
    state: &mut CentreState,
    vehicle: &VehicleId,
    incident: &IncidentId,
    expires_at: Timestamp,
    provenance: &Provenance,
) {
    let given_at = provenance.happened_at();
    let found = vehicle_of(state, vehicle);
    assert!(found.follow_on.is_none(), "a vehicle has one next order");
    let incident_id = incident.clone();
    found.follow_on = Some(FollowOn {
        incident: incident_id,
        given_at,
        expires_at,
        acknowledged: None,
        changed_at: None,
    });
    let promised = Promised { vehicle: vehicle.clone(), given_at, expires_at };
    incident_of(state, incident).promised.push(promised);
}

pub(super) fn acknowledged(state: &mut CentreState, vehicle: &VehicleId, provenance: &Provenance) {
    let found = vehicle_of(state, vehicle);
    let next = found.follow_on.as_mut().expect("a next order is acknowledged");
    next.acknowledged.get_or_insert_with(|| Stamp::of(provenance));
    let incident = next.incident.clone();
    incident_of(state, &incident);
}

pub(super) fn ended(state: &mut CentreState, vehicle: &VehicleId, incident: &IncidentId) {
    vehicle_of(state, vehicle).follow_on = None;
    incident_of(state, incident).promised.retain(|promised| promised.vehicle != *vehicle);
}

/// The next order became a task, if it was one for this incident.
pub(super) fn begun(state: &mut CentreState, vehicle: &VehicleId, incident: &IncidentId) {
    let next = vehicle_of(state, vehicle).follow_on.as_ref();
    if next.is_some_and(|next| next.incident == *incident) {
        ended(state, vehicle, incident);
    }
}
