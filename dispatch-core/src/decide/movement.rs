//! What a vehicle's positions show of its movement: noted once, and never in place of a press.

use super::draft::Draft;
use crate::model::*;
use crate::state::Vehicle;

/// A vehicle that drives too fast is noted again after this time at the earliest, in seconds: one journey on an
/// expressway is one line of the log.
const SPEEDING_AGAIN_SECONDS: i64 = 10 * 60;

/// Notes a movement, or that it is over. What stands already, no longer concerns what the vehicle does, or is not known to
/// stand has no consequence.
pub(super) fn note(
    draft: &mut Draft,
    vehicle: &VehicleId,
    movement: &Movement,
    since: Timestamp,
    over: bool,
) -> Result<(), Rejection> {
    if is_news(draft.vehicle(vehicle)?, movement, since, over) {
        let (vehicle, movement) = (vehicle.clone(), movement.clone());
        draft.push(Event::MovementNoted { vehicle, movement, since, over });
    }
    Ok(())
}

fn is_news(vehicle: &Vehicle, movement: &Movement, since: Timestamp, over: bool) -> bool {
    let known = vehicle.seen_movement(movement.kind());
    match (movement, over) {
        (Movement::Speeding { .. }, false) => {
            known.is_none_or(|seen| since >= seen.since.plus_seconds(SPEEDING_AGAIN_SECONDS))
        }
        // Driving slower again is no news.
        (Movement::Speeding { .. }, true) => false,
        (_, false) => {
            vehicle.may_show(movement, since) && known.is_none_or(|seen| seen.movement != *movement)
        }
        (_, true) => known.is_some_and(|seen| seen.movement == *movement),
    }
}
