//! Route with turn instructions from a vehicle to a place, as sent to consoles and terminals.

use super::travel::{Travel, across};
use super::{SNAP_LIMIT_M, wire_method};
use dispatch_core::model::Wgs84;
use dispatch_core::recommend::{Method, TravelTimes, VehicleAt};
use road_network::{Area, Manoeuvre, RoadClass, RoadNetwork, Route};
use wire_protocol::recommendation::TravelMethod;
use wire_protocol::route::{MAX_ROUTE_POINTS, MAX_ROUTE_STEPS, RouteStep, TurnKind};

/// A route.
#[derive(Clone, Debug, PartialEq)]
pub struct VehicleRoute {
    /// Driving time in seconds, corrected.
    pub seconds: f64,
    /// Driving time in seconds before the correction.
    pub plain_seconds: f64,
    /// Length in metres.
    pub metres: f64,
    /// How it was found.
    pub method: TravelMethod,
    /// Its course, longitude and latitude in WGS-84 degrees, thinned out to what may be sent.
    pub points: Vec<[f64; 2]>,
    /// Its turns; none by straight line.
    pub steps: Vec<RouteStep>,
    /// The road class of most of it; `None` by straight line.
    pub class: Option<RoadClass>,
    /// Whether most of it lies in town.
    pub is_urban: bool,
}

impl Travel {
    /// The fastest route; by straight line if there is no network or no road near. `None` if every road is
    /// closed.
    pub fn route(&self, from: &VehicleAt, to: Wgs84) -> Option<VehicleRoute> {
        let roads = self.roads().and_then(|roads| {
            let start = roads.place(from)?;
            let goal = roads.weights.snap(to, SNAP_LIMIT_M, None).ok()?;
            Some((roads, start, goal))
        });
        let Some((roads, start, goal)) = roads else { return Some(self.straight_route(from, to)) };
        let across = across(&roads.weights, (from.position, &start), (to, &goal));
        let route = roads.router.route(&roads.weights, &start, &goal);
        match (route, across) {
            (Some(route), across) if across.is_none_or(|ms| route.travel_ms <= ms) => {
                Some(by_road(roads.router.network(), &route, self.factor()))
            }
            (_, Some(ms)) => Some(self.route_across(from, to, ms)),
            (_, None) => None,
        }
    }

    fn route_across(&self, from: &VehicleAt, to: Wgs84, ms: u32) -> VehicleRoute {
        let plain_seconds = f64::from(ms) / 1000.0;
        VehicleRoute {
            seconds: plain_seconds * self.factor(),
            plain_seconds,
            metres: from.position.metres_to(to),
            method: wire_method(Method::Road),
            ..self.straight_route(from, to)
        }
    }

    fn straight_route(&self, from: &VehicleAt, to: Wgs84) -> VehicleRoute {
        let estimate = self.straight().journey(from, to);
        let metres = from.position.metres_to(to);
        let seconds = estimate.map_or(0.0, |it| it.seconds);
        VehicleRoute {
            seconds,
            plain_seconds: seconds,
            metres: estimate.map_or(metres, |it| it.distance_m),
            method: wire_method(Method::StraightLine),
            points: vec![[from.position.lon, from.position.lat], [to.lon, to.lat]],
            steps: Vec::new(),
            class: None,
            is_urban: true,
        }
    }
}

fn by_road(network: &RoadNetwork, route: &Route, factor: f64) -> VehicleRoute {
    let [seconds, plain_seconds] =
        [route.travel_ms, route.plain_ms].map(|ms| f64::from(ms) / 1000.0);
    let metres_where = |wanted: &dyn Fn(&road_network::Road) -> bool| -> f64 {
        let edges = route.edges.iter().filter(|edge| wanted(network.road(**edge)));
        edges.map(|edge| network.length_m(*edge)).sum()
    };
    let class = RoadClass::ALL.iter().copied().max_by(|a, b| {
        let [a, b] = [a, b].map(|class| metres_where(&|road| road.class == *class));
        a.total_cmp(&b)
    });
    let urban = metres_where(&|road| road.area == Area::Urban);
    VehicleRoute {
        seconds: seconds * factor,
        plain_seconds,
        metres: route.length_m,
        method: TravelMethod::Road,
        points: thinned(&route.course),
        steps: steps(route, factor),
        class,
        is_urban: urban * 2.0 >= metres_where(&|_| true),
    }
}

/// Every n-th point, so that at most `MAX_ROUTE_POINTS` remain; both ends stay.
fn thinned(course: &[Wgs84]) -> Vec<[f64; 2]> {
    let every = course.len().div_ceil(MAX_ROUTE_POINTS - 1).max(1);
    let last = course.len().saturating_sub(1);
    let kept = course.iter().enumerate().filter(|(at, _)| at % every == 0 || *at == last);
    kept.map(|(_, point)| [rounded(point.lon), rounded(point.lat)]).collect()
}

/// To the sixth decimal, a tenth of a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn steps(route: &Route, factor: f64) -> Vec<RouteStep> {
    let mut steps: Vec<RouteStep> = route.steps.iter().map(|step| told(step, factor)).collect();
    if steps.len() > MAX_ROUTE_STEPS {
        let arrival = steps.pop();
        steps.truncate(MAX_ROUTE_STEPS - 1);
        steps.extend(arrival);
    }
    steps
}

fn told(step: &road_network::Step, factor: f64) -> RouteStep {
    let (turn, exit) = turn(step.manoeuvre);
    let street = match (step.name.is_empty(), step.reference.is_empty()) {
        (false, false) => format!("{} {}", step.reference, step.name),
        (false, true) => step.name.clone(),
        (true, _) => step.reference.clone(),
    };
    RouteStep {
        turn,
        exit,
        street,
        metres: step.length_m.round() as u32,
        seconds: (f64::from(step.travel_ms) / 1000.0 * factor).round() as u32,
        position: wire_protocol::commands::Position {
            lon: rounded(step.at.lon),
            lat: rounded(step.at.lat),
        },
    }
}

const fn turn(manoeuvre: Manoeuvre) -> (TurnKind, Option<u8>) {
    let turn = match manoeuvre {
        Manoeuvre::Depart => TurnKind::Depart,
        Manoeuvre::DepartTurningRound => TurnKind::DepartTurningRound,
        Manoeuvre::Continue => TurnKind::Continue,
        Manoeuvre::SlightRight => TurnKind::SlightRight,
        Manoeuvre::Right => TurnKind::Right,
        Manoeuvre::SharpRight => TurnKind::SharpRight,
        Manoeuvre::TurnBack => TurnKind::TurnBack,
        Manoeuvre::SharpLeft => TurnKind::SharpLeft,
        Manoeuvre::Left => TurnKind::Left,
        Manoeuvre::SlightLeft => TurnKind::SlightLeft,
        Manoeuvre::Roundabout { exit } => return (TurnKind::Roundabout, Some(exit)),
        Manoeuvre::EnterExpressway => TurnKind::EnterExpressway,
        Manoeuvre::LeaveExpressway => TurnKind::LeaveExpressway,
        Manoeuvre::Arrive => TurnKind::Arrive,
    };
    (turn, None)
}
