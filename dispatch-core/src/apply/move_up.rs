//! What events change in the moves of free vehicles.

use super::vehicle_of;
use crate::model::*;
use crate::state::{CentreState, Move, Stamp, Standby, SuggestedMove};

pub(super) fn suggested(
    state: &mut CentreState,
    suggestion: &MoveSuggestion,
    provenance: &Provenance,
) {
    assert_eq!(suggestion.number, state.move_up.suggested + 1, "suggestions are counted upwards");
    state.move_up.suggested = suggestion.number;
    let vehicle = vehicle_of(state, &suggestion.vehicle);
    assert!(vehicle.may_move() && vehicle.suggested.is_none(), "a free vehicle is suggested once");
    let since = provenance.happened_at();
    vehicle.suggested = Some(SuggestedMove { suggestion: suggestion.clone(), since });
}

pub(super) fn suggestion_ended(
    state: &mut CentreState,
    vehicle: &VehicleId,
    number: u64,
    silent_until: Timestamp,
    provenance: &Provenance,
) {
    let ended = vehicle_of(state, vehicle).suggested.take().expect("a suggestion that stands ends");
    assert_eq!(ended.suggestion.number, number, "the suggestion that stands ends");
    let station = ended.suggestion.station;
    state.move_up.keep_silent(vehicle, &station, silent_until, provenance.recorded_at);
}

pub(super) fn given(
    state: &mut CentreState,
    vehicle: &VehicleId,
    station: &StationId,
    provenance: &Provenance,
) {
    let vehicle = vehicle_of(state, vehicle);
    assert!(vehicle.may_move(), "only a free vehicle is moved");
    let leaves = vehicle.is_standing_by();
    let (station, given_at) = (station.clone(), provenance.happened_at());
    vehicle.moving = Some(Move { station, given_at, acknowledged: None, reached: None });
    if leaves {
        vehicle.since = given_at;
    }
}

pub(super) fn acknowledged(state: &mut CentreState, vehicle: &VehicleId, provenance: &Provenance) {
    let vehicle = vehicle_of(state, vehicle);
    let moving = vehicle.moving.as_mut().expect("a move is acknowledged");
    let is_first = moving.acknowledged.is_none();
    moving.acknowledged.get_or_insert_with(|| Stamp::of(provenance));
    if is_first {
        vehicle.set_out(provenance.happened_at());
    }
}

pub(super) fn reached(state: &mut CentreState, vehicle: &VehicleId, provenance: &Provenance) {
    let vehicle = vehicle_of(state, vehicle);
    let at = provenance.happened_at();
    let moving = vehicle.moving.as_mut().expect("a moved vehicle reaches its station");
    moving.reached = Some(at);
    vehicle.wait_at(Standby::OnRoad { last_task: None }, Some(at));
}

pub(super) fn withdrawn(state: &mut CentreState, vehicle: &VehicleId) {
    vehicle_of(state, vehicle).moving = None;
}
