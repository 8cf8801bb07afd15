//! What events change in a vehicle between tasks, and as it comes and goes.

use super::vehicle_of;
use crate::model::*;
use crate::state::{CentreState, Duty, Standby, Vehicle};

pub(super) fn paused(
    state: &mut CentreState,
    vehicle: &VehicleId,
    reason: &Reasoned<PauseReason>,
    provenance: &Provenance,
) {
    let vehicle = vehicle_of(state, vehicle);
    let standby = vehicle.standby().expect("only a waiting vehicle is paused");
    let duty = Duty::Paused { reason: reason.clone(), standby };
    vehicle.suggested = None;
    begin(vehicle, duty, provenance);
}

pub(super) fn resumed(state: &mut CentreState, vehicle: &VehicleId, provenance: &Provenance) {
    let vehicle = vehicle_of(state, vehicle);
    let standby = vehicle.standby().expect("only a paused vehicle is resumed");
    begin(vehicle, Duty::available(standby), provenance);
}

pub(super) fn off_duty(state: &mut CentreState, vehicle: &VehicleId, provenance: &Provenance) {
    let vehicle = vehicle_of(state, vehicle);
    assert!(vehicle.running_task().is_none(), "a vehicle on a task stays on duty");
    vehicle.forget_moves();
    begin(vehicle, Duty::OffDuty, provenance);
}

pub(super) fn on_duty(state: &mut CentreState, vehicle: &VehicleId, provenance: &Provenance) {
    begin(vehicle_of(state, vehicle), Duty::AvailableAtStation, provenance);
}

pub(super) fn returned(state: &mut CentreState, vehicle: &VehicleId, provenance: &Provenance) {
    let vehicle = vehicle_of(state, vehicle);
    vehicle.moving = None;
    vehicle.wait_at(Standby::AtStation, Some(provenance.happened_at()));
}

pub(super) fn handed_over(
    state: &mut CentreState,
    transfer: &VehicleTransfer,
    provenance: &Provenance,
) {
    state.stays.end(&transfer.vehicle, provenance.recorded_at);
    let left = state.vehicles.remove(&transfer.vehicle);
    assert!(left.is_some_and(|v| v.running_task().is_none()), "a free vehicle is handed over");
    let vehicle = transfer.vehicle.clone();
    state.transfers.given.insert(vehicle.clone(), transfer.number);
    state.transfers.away.insert(vehicle.clone(), transfer.to.clone());
    state.transfers_out.insert(vehicle, transfer.clone());
}

/// A vehicle that comes back proves that whoever it was handed to has had it.
pub(super) fn taken_over(
    state: &mut CentreState,
    transfer: &VehicleTransfer,
    provenance: &Provenance,
) {
    let id = &transfer.vehicle;
    state.stays.begin(id, provenance.recorded_at);
    state.transfers_out.remove(id);
    state.transfers.away.remove(id);
    let taken = state.transfers.taken.entry(id.clone()).or_default();
    taken.insert(transfer.from.clone(), transfer.number);
    let (duty, since) = (duty_at_hand_over(transfer), provenance.happened_at());
    let vehicle = Vehicle {
        crew: transfer.crew.clone(),
        sos: transfer.sos,
        outboxes: transfer.outboxes.clone(),
        messages: transfer.messages.clone(),
        log: transfer.log.clone(),
        last_version: state.version,
        ..Vehicle::new(id.clone(), transfer.record.clone(), duty, since)
    };
    let replaced = state.vehicles.insert(id.clone(), vehicle);
    assert!(replaced.is_none(), "a vehicle is at one centre once");
}

pub(super) fn enrolled(
    state: &mut CentreState,
    id: &VehicleId,
    record: &VehicleRecord,
    provenance: &Provenance,
) {
    state.stays.begin(id, provenance.recorded_at);
    let (duty, since) = (Duty::AvailableAtStation, provenance.happened_at());
    let vehicle = Vehicle {
        // Its terminal goes on counting where it was when the vehicle left service.
        outboxes: state.retired.take(id),
        last_version: state.version,
        ..Vehicle::new(id.clone(), record.clone(), duty, since)
    };
    let replaced = state.vehicles.insert(id.clone(), vehicle);
    assert!(replaced.is_none(), "a vehicle is enrolled once");
}

pub(super) fn retired(state: &mut CentreState, id: &VehicleId, provenance: &Provenance) {
    state.stays.end(id, provenance.recorded_at);
    let left = state.vehicles.remove(id).expect("a vehicle of the centre retires");
    assert!(left.running_task().is_none(), "a free vehicle retires");
    state.retired.keep(id, left.record, left.outboxes);
}

fn begin(vehicle: &mut Vehicle, duty: Duty, provenance: &Provenance) {
    vehicle.duty = duty;
    vehicle.since = provenance.happened_at();
}

/// Tasks stay with the centre that gave them, so the last task does not travel along.
fn duty_at_hand_over(transfer: &VehicleTransfer) -> Duty {
    match (transfer.state, &transfer.pause) {
        (VehicleState::AvailableAtStation, None) => Duty::AvailableAtStation,
        (VehicleState::AvailableOnRoad, None) => Duty::AvailableOnRoad { last_task: None },
        (VehicleState::OffDuty, None) => Duty::OffDuty,
        (VehicleState::Paused, Some(reason)) => {
            Duty::Paused { reason: reason.clone(), standby: Standby::OnRoad { last_task: None } }
        }
        (state, pause) => panic!("a hand-over in state {state:?} with pause {pause:?}"),
    }
}
