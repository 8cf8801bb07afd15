//! What lies ahead of the vehicle: the next turn of its route, and how far and in which direction it has to go.

use geometry::{Plane, Wgs84, nearest_on_segment};
use serde::Serialize;
use wire_protocol::agent::DispatchOrder;
use wire_protocol::commands::Position;
use wire_protocol::route::RouteView;
use wire_protocol::vocabulary::VehicleState;

use crate::link::{ScreenState, ShownFix};

/// Farther off its line a vehicle is on another way, and a turn would be wrong. The widest expressway and a poor fix
/// together are half of it.
const OFF_ROUTE_M: f64 = 150.0;
/// A step lies on a point of the line; the same to a metre is the same.
const SAME_POINT_M: f64 = 1.0;

/// What lies ahead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Ahead {
    /// The next turn, while the vehicle is on its route.
    pub(super) turn: Option<NextTurn>,
    /// Where it has to go, as the crow flies.
    pub(super) goal: Option<Goal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct NextTurn {
    /// Which step of the route.
    step: usize,
    /// Metres to it along the route.
    metres: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Goal {
    metres: f64,
    /// Degrees clockwise from north.
    bearing_deg: f64,
}

/// What lies ahead as this picture has it; nothing without a position.
pub(super) fn ahead(picture: &ScreenState) -> Option<Ahead> {
    let ShownFix { lon, lat, .. } = picture.fix?;
    let here = Wgs84 { lon, lat };
    let turn = picture.route.as_ref().and_then(|route| next_turn(here, route));
    let goal = goal(picture)
        .map(|there| Goal { metres: here.metres_to(there), bearing_deg: here.bearing_to(there) });
    Some(Ahead { turn, goal })
}

fn goal(picture: &ScreenState) -> Option<Wgs84> {
    let position = |it: Position| Wgs84 { lon: it.lon, lat: it.lat };
    match picture.state? {
        // Only a route says where the hospital is.
        VehicleState::PatientOnBoard => {
            let [lon, lat] = *picture.route.as_ref()?.points.last()?;
            Some(Wgs84 { lon, lat })
        }
        VehicleState::TaskAssigned
        | VehicleState::OrderReceived
        | VehicleState::ToScene
        | VehicleState::AtScene
        | VehicleState::AtHospital
        | VehicleState::AvailableOnRoad
        | VehicleState::AvailableAtStation
        | VehicleState::OffDuty
        | VehicleState::Paused => {
            let DispatchOrder { waiting, scene, .. } = picture.order.as_ref()?;
            let waiting = waiting.as_ref().and_then(|place| place.position);
            waiting.or(scene.position).map(position)
        }
    }
}

fn next_turn(here: Wgs84, route: &RouteView) -> Option<NextTurn> {
    let line: Vec<Wgs84> = route.points.iter().map(|&[lon, lat]| Wgs84 { lon, lat }).collect();
    let plane = Plane::at(here);
    let flat: Vec<[f64; 2]> = line.iter().map(|point| plane.metres(*point)).collect();
    let pieces = flat.windows(2).map(|piece| nearest_on_segment([0.0, 0.0], piece[0], piece[1]));
    let (piece, (share, off)) =
        pieces.enumerate().min_by(|(_, (_, a)), (_, (_, b))| a.total_cmp(b))?;
    if off > OFF_ROUTE_M {
        return None;
    }
    let places = places_of_steps(&line, route);
    let step = places.iter().position(|place| *place > piece)?;
    let ends = &line[piece..=places[step]];
    let metres: f64 = ends.windows(2).map(|it| it[0].metres_to(it[1])).sum();
    let driven = share * line[piece].metres_to(line[piece + 1]);
    Some(NextTurn { step, metres: (metres - driven).max(0.0) })
}

/// Of each step the point of the line at which it stands, in the order of the line.
fn places_of_steps(line: &[Wgs84], route: &RouteView) -> Vec<usize> {
    let mut from = 0;
    let place = |position: Position| {
        let at = Wgs84 { lon: position.lon, lat: position.lat };
        let off = |index: &usize| at.metres_to(line[*index]);
        let same = (from..line.len()).find(|index| off(index) < SAME_POINT_M);
        let nearest = || (from..line.len()).min_by(|a, b| off(a).total_cmp(&off(b)));
        from = same.or_else(nearest).unwrap_or(from);
        from
    };
    route.steps.iter().map(|step| step.position).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire_protocol::offer::TravelMethod;
    use wire_protocol::route::{ArrivalGoal, RouteStep, TurnKind};

    const START: Wgs84 = Wgs84 { lon: 106.25, lat: 38.47 };

    /// A kilometre east, a kilometre north, and back over the first crossing: a turn at each corner.
    fn route() -> RouteView {
        let corners =
            [(0.0, 0.0), (1_000.0, 0.0), (1_000.0, 1_000.0), (500.0, 1_000.0), (500.0, -500.0)];
        let places = corners.map(|(east, north)| START.moved_by(east, north));
        let turns =
            [TurnKind::Depart, TurnKind::Left, TurnKind::Left, TurnKind::Left, TurnKind::Arrive];
        let step = |(place, turn): (&Wgs84, TurnKind)| RouteStep {
            turn,
            exit: None,
            street: String::new(),
            metres: 1_000,
            seconds: 100,
            position: Position { lon: place.lon, lat: place.lat },
        };
        RouteView {
            task: None,
            vehicle: None,
            goal: Some(ArrivalGoal::Scene),
            seconds: 400,
            metres: 4_000,
            method: TravelMethod::Road,
            made_at: 0,
            points: places.iter().map(|place| [place.lon, place.lat]).collect(),
            steps: places.iter().zip(turns).map(step).collect(),
        }
    }

    #[track_caller]
    fn next_at(east: f64, north: f64) -> Option<(usize, u32)> {
        let turn = next_turn(START.moved_by(east, north), &route())?;
        Some((turn.step, turn.metres.round() as u32))
    }

    #[test]
    fn the_next_turn_is_the_first_that_lies_ahead_on_the_line() {
        assert_eq!(next_at(0.0, 0.0), Some((1, 1_000)));
        assert_eq!(next_at(900.0, 20.0), Some((1, 100)));
        assert_eq!(next_at(1_000.0, 400.0), Some((2, 600)));
        assert_eq!(next_at(700.0, 1_000.0), Some((3, 200)));
        assert_eq!(next_at(500.0, -400.0), Some((4, 100)));
    }

    #[test]
    fn off_the_line_and_beyond_its_end_there_is_none_to_tell() {
        assert_eq!(next_at(200.0, 140.0), Some((1, 800)));
        assert_eq!(next_at(200.0, 160.0), None);
        assert_eq!(next_at(500.0, -560.0), Some((4, 0)));
        assert_eq!(next_at(500.0, -700.0), None);
        let straight = RouteView { steps: vec![], method: TravelMethod::StraightLine, ..route() };
        assert_eq!(next_turn(START, &straight), None);
        assert_eq!(next_turn(START, &RouteView { points: vec![], ..straight }), None);
    }
}
