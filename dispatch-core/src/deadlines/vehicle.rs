//! Deadlines of a vehicle: a sign of life, and the next step of one that has long been in one state.

use super::deadline::{Deadline, DeadlineKind, Subject};
use super::norms::Norms;
use crate::model::{MovementKind, StateGroup, Timestamp};
use crate::state::Vehicle;

/// What should happen next with a vehicle. `last_heard` is the last sign of life from its terminal,
/// a position or anything else; absent if there never was one.
pub fn deadlines_of_vehicle(
    vehicle: &Vehicle,
    last_heard: Option<Timestamp>,
    norms: &Norms,
) -> Vec<Deadline> {
    let state = vehicle.state();
    let deadline = |start, seconds, kind| {
        Deadline::after(start, seconds, kind, Subject::Vehicle(vehicle.id.clone()), norms)
    };
    // A vehicle off duty may switch its terminal off; coming on duty, it has the norm's time to speak.
    let speaks = match state.group() {
        StateGroup::OnTask | StateGroup::OnRoad | StateGroup::AtStation | StateGroup::Paused => {
            true
        }
        StateGroup::OffDuty => false,
    };
    let silent = speaks.then(|| {
        let start = last_heard.unwrap_or(vehicle.since);
        deadline(start, norms.silent_seconds, DeadlineKind::SilentVehicle)
    });
    // Whoever waits where it was moved to is where it is wanted, however long.
    let waits = state.group() == StateGroup::OnRoad && vehicle.is_standing_by();
    let overdue = norms
        .overdue_seconds(state)
        .filter(|_| !waits)
        .map(|seconds| deadline(vehicle.since, seconds, DeadlineKind::OverdueInState(state)));
    // A crew that waits sees its screen as soon as one that is sent.
    let unseen = vehicle.unseen_move_since().map(|since| {
        deadline(since, norms.crew_acknowledgement_seconds, DeadlineKind::MoveAcknowledgement)
    });
    let arrived = vehicle
        .seen_movement(MovementKind::Arrival)
        .map(|seen| deadline(seen.since, norms.arrival_press_seconds, DeadlineKind::ArrivalPress));
    silent.into_iter().chain(overdue).chain(unseen).chain(arrived).collect()
}
