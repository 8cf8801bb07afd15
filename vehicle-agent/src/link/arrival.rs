//! Whether the vehicle seems to have arrived. Only a proposal: nothing is written without a press.

use geometry::Wgs84;
use wire_protocol::agent::DispatchOrder;
use wire_protocol::commands::Position;
use wire_protocol::movement::Movement;
use wire_protocol::vocabulary::{Milestone, VehicleState};

use super::overlay::Shown;
use crate::nmea::Fix;

/// Near enough to the scene in a town, in metres.
const NEAR_M: f64 = 150.0;
/// Even a vaguely known scene is not "near" farther than this, in metres.
const NEAR_AT_MOST_M: f64 = 500.0;
/// Walking pace: slower counts as standing, in metres a second.
const SLOW_MPS: f32 = 2.0;
/// A fix older than this proposes nothing, in milliseconds.
const FIX_STAYS_FRESH_MS: u64 = 15_000;

/// The milestone to propose: what the terminal's own fix shows, or what the centre has seen. It knows where hospitals and
/// stations are.
pub(super) fn proposal(shown: &Shown<'_>, fix: Option<(&Fix, u64)>) -> Option<Milestone> {
    let own = fix.and_then(|(fix, age_ms)| near_the_scene(shown, fix, age_ms));
    own.or_else(|| shown.movements().find_map(arrival_of))
}

const fn arrival_of(movement: Movement) -> Option<Milestone> {
    match movement {
        Movement::AtScene => Some(Milestone::AtScene),
        Movement::AtHospital => Some(Milestone::AtHospital),
        Movement::AtStation => Some(Milestone::BackAtStation),
        Movement::Idling | Movement::OutsideRegion | Movement::Speeding => None,
    }
}

/// From the latest fix and its age by the steady clock.
fn near_the_scene(shown: &Shown<'_>, fix: &Fix, fix_age_ms: u64) -> Option<Milestone> {
    let order = shown.order.as_ref().filter(|_| shown.state.is_some_and(drives_to_scene))?;
    let slow = fix.speed_mps.is_some_and(|speed| speed < SLOW_MPS);
    (slow && fix_age_ms <= FIX_STAYS_FRESH_MS && is_near(order, fix)).then_some(Milestone::AtScene)
}

const fn drives_to_scene(state: VehicleState) -> bool {
    match state {
        VehicleState::ToScene => true,
        VehicleState::TaskAssigned
        | VehicleState::OrderReceived
        | VehicleState::AtScene
        | VehicleState::PatientOnBoard
        | VehicleState::AtHospital
        | VehicleState::AvailableOnRoad
        | VehicleState::AvailableAtStation
        | VehicleState::OffDuty
        | VehicleState::Paused => false,
    }
}

fn is_near(order: &DispatchOrder, fix: &Fix) -> bool {
    [order.waiting.as_ref(), Some(&order.scene)].into_iter().flatten().any(|place| {
        let near_m = (NEAR_M + f64::from(place.error_radius_m.unwrap_or(0))).min(NEAR_AT_MOST_M);
        place.position.is_some_and(|position| distance_m(fix, position) <= near_m)
    })
}

/// Metres between a fix and a place.
pub(super) fn distance_m(fix: &Fix, to: Position) -> f64 {
    let at = Wgs84 { lon: fix.lon, lat: fix.lat };
    at.metres_to(Wgs84 { lon: to.lon, lat: to.lat })
}
