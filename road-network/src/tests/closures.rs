//! Closed roads and slow areas: in force at the next question, gone at their end.

use super::world::{Sketch, network};
use crate::cost::conditions::{Condition, Effect, Extent};
use crate::graph::road::RoadClass;
use crate::{Profile, Router};
use geometry::Wgs84;
use std::sync::Arc;

const NOW: i64 = 4 * 3600;

struct Town {
    router: Router,
    from: Wgs84,
    to: Wgs84,
    ring: Vec<Wgs84>,
}

/// A short route over B and a long one over C, and a ring drawn around B.
fn town() -> Town {
    let mut sketch = Sketch::new("F A B D E\n\n\n    C    ");
    sketch.road("FA", RoadClass::Primary);
    sketch.road("DE", RoadClass::Primary);
    sketch.road("AB", RoadClass::Primary);
    sketch.road("BD", RoadClass::Primary);
    sketch.road("AC", RoadClass::Secondary);
    sketch.road("CD", RoadClass::Secondary);
    let b = sketch.place("B");
    let corner = |east: f64, north: f64| Wgs84 { lon: b.lon + east, lat: b.lat + north };
    let ring = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
        .map(|(east, north)| corner(east * 0.0005, north * 0.0005))
        .to_vec();
    let from = sketch.place("F");
    let to = sketch.place("E");
    let router = Router::new(Arc::new(network(sketch.plan)), Profile::blue_light());
    Town { router, from, to, ring }
}

impl Town {
    fn route(&self, conditions: &[Condition], now: i64) -> (String, u32) {
        let weights = self.router.weights(conditions, now);
        let place = |at| weights.snap(at, 20.0, None).expect("on a road");
        let route =
            self.router.route(&weights, &place(self.from), &place(self.to)).expect("a route");
        let network = self.router.network();
        let names: Vec<&str> =
            route.edges.iter().map(|&edge| network.text(network.road(edge).name)).collect();
        (names.join(" "), route.travel_ms)
    }
}

#[test]
fn a_closed_road_is_driven_around_at_once_and_until_its_end() {
    let town = town();
    let closed = Condition {
        extent: Extent::Ring(town.ring.clone()),
        effect: Effect::Closed,
        until_unix_seconds: Some(NOW + 600),
    };
    assert_eq!(town.route(&[], NOW).0, "FA AB BD DE");
    assert_eq!(town.route(std::slice::from_ref(&closed), NOW).0, "FA AC CD DE");
    assert_eq!(town.route(std::slice::from_ref(&closed), NOW + 599).0, "FA AC CD DE");
    assert_eq!(town.route(&[closed], NOW + 600).0, "FA AB BD DE");
}

#[test]
fn a_slow_area_costs_its_factor_and_never_makes_anything_faster() {
    let town = town();
    let slow = |by: f64| Condition {
        extent: Extent::Ring(town.ring.clone()),
        effect: Effect::Slower(by),
        until_unix_seconds: None,
    };
    let (_, plain) = town.route(&[], NOW);
    let (route, slower) = town.route(&[slow(1.3)], NOW);
    assert_eq!(route, "FA AB BD DE");
    assert!(f64::from(slower) > f64::from(plain) * 1.1);
    assert_eq!(town.route(&[slow(10.0)], NOW).0, "FA AC CD DE");
    for nonsense in [0.1, -4.0, f64::NAN] {
        assert_eq!(town.route(&[slow(nonsense)], NOW), ("FA AB BD DE".to_owned(), plain));
    }
}

#[test]
fn a_closed_road_is_no_longer_offered_for_a_place_beside_it() {
    let town = town();
    let closed = Condition {
        extent: Extent::Ring(town.ring.clone()),
        effect: Effect::Closed,
        until_unix_seconds: None,
    };
    let weights = town.router.weights(&[closed], NOW);
    assert_eq!(weights.affected_edges(), (2, 0));
    let beside = town.ring[0];
    assert!(weights.snap(beside, 100.0, None).is_err());
    assert!(town.router.weights(&[], NOW).snap(beside, 100.0, None).is_ok());
}

#[test]
fn edges_of_another_network_are_left_out() {
    let town = town();
    let odd = Condition {
        extent: Extent::Edges(vec![9999]),
        effect: Effect::Closed,
        until_unix_seconds: None,
    };
    assert_eq!(town.router.weights(&[odd], NOW).affected_edges(), (0, 0));
}
