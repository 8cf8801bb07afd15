//! What messages between a crew and its centre change.

use super::vehicle_of;
use crate::model::*;
use crate::state::CentreState;

pub(super) fn sent(
    state: &mut CentreState,
    vehicle: &VehicleId,
    text: &str,
    provenance: &Provenance,
) {
    write(state, vehicle, (MessageFrom::Centre, None, text), provenance);
}

pub(super) fn read(
    state: &mut CentreState,
    vehicle: &VehicleId,
    through: u64,
    provenance: &Provenance,
) {
    let at = provenance.happened_at();
    vehicle_of(state, vehicle).messages.see(MessageFrom::Centre, through, at);
}

pub(super) fn crew_wrote(
    state: &mut CentreState,
    vehicle: &VehicleId,
    need: Option<CrewNeed>,
    text: &str,
    provenance: &Provenance,
) {
    write(state, vehicle, (MessageFrom::Crew, need, text), provenance);
}

/// Who answers has read; words beside it are a message like any other.
pub(super) fn answered(
    state: &mut CentreState,
    vehicle: &VehicleId,
    through: u64,
    text: &str,
    provenance: &Provenance,
) {
    let at = provenance.happened_at();
    vehicle_of(state, vehicle).messages.see(MessageFrom::Crew, through, at);
    if !text.is_empty() {
        sent(state, vehicle, text, provenance);
    }
}

fn write(
    state: &mut CentreState,
    vehicle: &VehicleId,
    (from, need, text): (MessageFrom, Option<CrewNeed>, &str),
    provenance: &Provenance,
) {
    let (centre, at, text) = (state.centre.clone(), provenance.happened_at(), text.to_owned());
    let message = Message { number: 0, from, centre, at, need, text, seen_at: None };
    vehicle_of(state, vehicle).messages.write(message);
}
