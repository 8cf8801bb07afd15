//! From places to roads, and land within minutes.

use super::world::{Sketch, at, network};
use crate::graph::road::{Basis, Passage, Road, RoadClass};
use crate::graph::snap::{Heading, NoRoadWithin, Travel};
use crate::input::plan::RoadPlan;
use crate::{Profile, RoadNetwork, Router};
use geometry::{Wgs84, ring_contains};
use std::sync::Arc;

/// A square town of streets 200 m apart, `size` each way.
pub(super) fn lattice(size: u32) -> (RoadNetwork, Wgs84) {
    let mut plan = RoadPlan::default();
    for row in 0..size {
        for column in 0..size {
            plan.point(at(f64::from(column), f64::from(row)));
        }
    }
    for line in 0..size {
        let class = if line % 6 == 0 { RoadClass::Secondary } else { RoadClass::Residential };
        let road = Road::plain(class, Basis::Generated);
        plan.two_way((0..size).map(|it| line * size + it).collect(), road);
        plan.two_way((0..size).map(|it| it * size + line).collect(), road);
    }
    (network(plan), at(f64::from(size) / 2.0, f64::from(size) / 2.0))
}

#[test]
fn a_place_finds_the_nearest_road_and_how_far_it_is() {
    let (network, _) = lattice(5);
    let found = network.snap(at(1.5, 1.1), 500.0, None).expect("a street is near");
    assert!((found.distance_m - 20.0).abs() < 1.0, "{} m", found.distance_m);
    assert!(found.position.metres_to(at(1.5, 1.0)) < 1.0);
    assert_eq!(found.travel, Travel::Either);
}

#[test]
fn far_from_every_road_nothing_is_guessed() {
    let (network, _) = lattice(5);
    let error = network.snap(at(50.0, 1.0), 500.0, None).unwrap_err();
    assert_eq!(error, NoRoadWithin { limit_m: 500.0 });
    assert_eq!(error.to_string(), "no road within 500 m");
}

#[test]
fn a_moving_vehicle_is_put_on_the_road_it_drives_along_and_in_its_direction() {
    let (network, _) = lattice(5);
    // Near a corner: 8 m beside the street that runs north, 5 m beside the one that runs east.
    let place = at(2.04, 2.025);
    let going = |degrees: f64| {
        let found = network.snap(place, 100.0, Some(Heading(degrees))).expect("a street is near");
        let course = network.course(found.edge);
        let bearing = course[0].bearing_to(course[course.len() - 1]);
        match found.travel {
            Travel::Forward => bearing.round() % 360.0,
            Travel::Backward => (bearing + 180.0).round() % 360.0,
            Travel::Either => panic!("a heading decides"),
        }
    };
    assert_eq!(going(2.0), 0.0);
    assert_eq!(going(95.0), 90.0);
    assert_eq!(going(181.0), 180.0);
    assert_eq!(going(268.0), 270.0);
}

#[test]
fn a_vehicle_on_a_one_way_road_keeps_its_direction_whatever_its_compass_says() {
    let mut sketch = Sketch::new("A    B\n\nD    C");
    let road = Road::plain(RoadClass::Motorway, Basis::Fact);
    for side in ["AB", "BC", "CD", "DA"] {
        sketch.one_way(side, road, Passage::Never);
    }
    let (a, b) = (sketch.place("A"), sketch.place("B"));
    let network = network(sketch.plan);
    let found = network.snap(a.towards(b, 0.5), 50.0, Some(Heading(270.0))).expect("on AB");
    let course = network.course(found.edge);
    let forward = course[0].metres_to(a) < course[course.len() - 1].metres_to(a);
    assert_eq!(found.travel, if forward { Travel::Forward } else { Travel::Backward });
}

#[test]
fn the_nearest_of_all_segments_is_found_as_by_looking_at_every_one() {
    let (network, _) = lattice(12);
    for step in 0..300 {
        let place = at(f64::from(step % 17) * 0.71 - 0.4, f64::from(step % 23) * 0.53 - 0.3);
        let found = network.snap(place, 5_000.0, None).expect("a street");
        let plane = geometry::Plane::at(place);
        let nearest = network
            .edge_ids()
            .flat_map(|edge| {
                network.course(edge).windows(2).map(|it| [it[0], it[1]]).collect::<Vec<_>>()
            })
            .map(|[a, b]| {
                geometry::nearest_on_segment([0.0, 0.0], plane.metres(a), plane.metres(b)).1
            })
            .fold(f64::MAX, f64::min);
        assert!((found.distance_m - nearest).abs() < 0.01, "{place:?}");
    }
}

#[test]
fn isochrones_hold_what_is_reached_and_claim_nothing_far_from_reached_roads() {
    let (network, middle) = lattice(40);
    let network = Arc::new(network);
    let router = Router::new(Arc::clone(&network), Profile::blue_light());
    let weights = router.weights(&[], 4 * 3600);
    let start = weights.snap(middle, 300.0, None).expect("a street");
    let limits = [120, 240];
    let found = router.isochrones(&weights, &start, &limits);
    let mut area = Vec::new();
    for (isochrone, limit) in found.iter().zip(limits) {
        assert_eq!(isochrone.within_seconds, limit);
        let inside = |place: Wgs84| {
            isochrone.polygons.iter().any(|polygon| {
                ring_contains(&polygon[0], place)
                    && !polygon[1..].iter().any(|hole| ring_contains(hole, place))
            })
        };
        let corners: Vec<Wgs84> =
            (0..network.nodes() as u32).map(|node| network.node_position(node)).collect();
        let goals: Vec<_> =
            corners.iter().map(|&it| weights.snap(it, 50.0, None).expect("a corner")).collect();
        let times = router.from_one(&weights, &start, &goals);
        let reached: Vec<Wgs84> = corners
            .iter()
            .zip(times)
            .filter(|(_, time)| time.is_some_and(|time| time <= limit * 1000))
            .map(|(corner, _)| *corner)
            .collect();
        assert!(reached.len() > 20);
        assert!(reached.iter().all(|&it| inside(it)), "every reached corner is inside");
        for vertex in isochrone.polygons.iter().flatten().flatten() {
            let nearest = reached.iter().map(|it| it.metres_to(*vertex)).fold(f64::MAX, f64::min);
            // Roads go on up to 200 m beyond the last corner reached.
            assert!(nearest < isochrone.margin_m + 200.0, "{nearest} m from a reached corner");
        }
        area.push(reached.len());
    }
    assert!(area[0] < area[1]);
}

#[test]
fn twice_the_memory_would_be_noticed() {
    let (network, _) = lattice(60);
    let memory = network.memory();
    // Said in the README: at most 170 bytes for an edge, index and turns included.
    assert!(memory.per_edge() < 170.0, "{} bytes", memory.per_edge());
    assert!(memory.per_edge() > 40.0, "something was not counted");
}
