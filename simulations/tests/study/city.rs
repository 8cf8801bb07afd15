//! A made city: streets in squares, six stations, eight ambulances.

use dispatch_core::model::{Priority, Wgs84};
use simulations::study::distribution::Distribution;
use simulations::study::roads::{RawArc, Roads};
use simulations::study::system::*;

const SIDE: u32 = 14;
const STEP_DEG: f64 = 0.008;

fn at(column: u32, row: u32) -> Wgs84 {
    Wgs84 { lon: 106.0 + f64::from(column) * STEP_DEG, lat: 38.0 + f64::from(row) * STEP_DEG }
}

/// Streets with a driving time for each mode; those that run north are slower.
pub(crate) fn streets() -> Roads {
    let node = |column: u32, row: u32| row * SIDE + column;
    let positions = (0..SIDE * SIDE).map(|it| at(it % SIDE, it / SIDE)).collect();
    let mut raw = Vec::new();
    let mut both = |from: u32, to: u32, seconds: u32| {
        let ms = vec![seconds * 1000, seconds * 1300];
        raw.push(RawArc { from, to, metres: 800.0, ms: ms.clone() });
        raw.push(RawArc { from: to, to: from, metres: 800.0, ms });
    };
    for row in 0..SIDE {
        for column in 0..SIDE {
            if column + 1 < SIDE {
                both(node(column, row), node(column + 1, row), 50 + (row % 3) * 7);
            }
            if row + 1 < SIDE {
                both(node(column, row), node(column, row + 1), 62 + (column % 4) * 5);
            }
        }
    }
    Roads::new(positions, vec![true; (SIDE * SIDE) as usize], &raw, 2)
}

fn site(id: &str, position: Wgs84) -> Site {
    Site { id: id.into(), name: id.into(), position }
}

/// The city.
pub(crate) fn city() -> System {
    let stations = [(1, 1), (12, 1), (6, 6), (2, 11), (11, 11), (7, 2)];
    let homes = [0, 1, 2, 2, 2, 3, 4, 5];
    let cells = (0..SIDE * SIDE).map(|it| DemandCell {
        position: at(it % SIDE, it / SIDE),
        weight: if it % 5 == 0 { 3.0 } else { 1.0 },
        district: usize::from(it % SIDE > 6),
        rural: false,
    });
    System {
        name: "made city".into(),
        sources: vec!["made for tests".into()],
        standby: vec![false; stations.len()],
        stations: (stations.iter().enumerate())
            .map(|(n, &(column, row))| site(&format!("S{n}"), at(column, row)))
            .collect(),
        hospitals: vec![site("H1", at(6, 7)), site("H2", at(11, 3))],
        ambulances: (homes.iter().enumerate())
            .map(|(n, &station)| Ambulance { id: format!("A{n}"), station })
            .collect(),
        cells: cells.collect(),
        districts: vec!["west".into(), "east".into()],
        modes: ["blue light", "regular"]
            .map(|name| TravelMode { name: name.into(), off_road_kmh: 40.0 })
            .to_vec(),
        classes: vec![
            class("high", 0.5, Priority::Critical, 480.0, 0, true),
            class("medium", 0.3, Priority::Severe, 480.0, 0, true),
            class("low", 0.2, Priority::NonUrgent, 1200.0, 1, false),
        ],
        redispatch: vec![(2, 0), (1, 0)],
        calls: CallPattern { per_day: 90.0, hourly: Vec::new(), weekday: Vec::new() },
        behaviour: Behaviour {
            dispatch_delay: Distribution::constant(50.0),
            turnout: Distribution::constant(30.0),
            turnout_on_road: Distribution::constant(5.0),
            on_scene: Distribution::exponential(720.0),
            handover: Distribution::exponential(720.0),
            transport_share: 0.8,
            regular_mode: 1,
            travel_sigma: 0.1,
            cancelled_share: 0.05,
            cancelled_after: Distribution::exponential(300.0),
            empty_share: 0.05,
            empty_on_scene: Distribution::constant(200.0),
            wrong_priority_share: 0.05,
        },
        roads: streets(),
    }
}

/// A class of calls with one target.
pub(crate) fn class(
    name: &str,
    share: f64,
    priority: Priority,
    target_seconds: f64,
    mode: usize,
    urgent: bool,
) -> CallClass {
    CallClass {
        name: name.into(),
        share,
        priority,
        target_seconds,
        rural_target_seconds: target_seconds,
        mode,
        urgent,
        arrest_share: if urgent { 0.02 } else { 0.0 },
    }
}
