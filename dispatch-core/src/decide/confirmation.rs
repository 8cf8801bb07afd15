//! What a person must say twice: an order that ends help while nobody knows what the crew is doing.

use super::draft::Draft;
use crate::model::{Origin, Rejection, VehicleId};

/// Refuses to take vehicles from their patients while one of their crews is out of touch, unless the
/// person says so again: such a crew may have pressed "patient on board" already. The crew itself and
/// the rules of the system are not asked.
pub(super) fn crews_in_touch<'a>(
    draft: &Draft,
    vehicles: impl IntoIterator<Item = &'a VehicleId>,
    confirmed: bool,
) -> Result<(), Rejection> {
    let by_person = matches!(draft.context.origin, Origin::Person { .. });
    let out_of_touch = draft.context.vehicle_online == Some(false);
    let vehicles: Vec<VehicleId> = vehicles.into_iter().cloned().collect();
    if by_person && out_of_touch && !confirmed && !vehicles.is_empty() {
        return Err(Rejection::CrewOutOfTouch { vehicles });
    }
    Ok(())
}
