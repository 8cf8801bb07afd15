//! Demand cells: all ground with roads and nothing else.

use super::ground::lattice;
use crate::{Condition, Effect, Extent, Profile, Router, cells};
use std::collections::BTreeSet;
use std::sync::Arc;

const NOON: i64 = 4 * 3600;

#[test]
fn every_road_lies_in_a_cell_and_every_cell_has_a_road_near_its_middle() {
    let (network, _) = lattice(12);
    let router = Router::new(Arc::new(network), Profile::blue_light());
    let weights = router.weights(&[], NOON);
    for side_m in [150.0, 400.0, 2000.0] {
        let cells = cells(&weights, side_m);
        let ends = router.network().edge_ids().flat_map(|edge| router.network().course(edge));
        for place in ends {
            // Half a diagonal, and a hair for the width of a column at its upper and lower end.
            let near = cells.iter().any(|it| it.middle.metres_to(place) <= side_m * 0.708);
            assert!(near, "{place:?} lies in no cell of {side_m} m");
        }
        assert!(cells.iter().all(|it| it.at.distance_m <= side_m * 0.708), "{side_m}");
        let numbers: BTreeSet<_> = cells.iter().map(|it| (it.row, it.column)).collect();
        assert_eq!(numbers.len(), cells.len());
    }
    assert!(cells(&weights, 150.0).len() > cells(&weights, 400.0).len());
}

#[test]
fn ground_whose_roads_are_all_closed_has_no_cell() {
    let (network, _) = lattice(4);
    let router = Router::new(Arc::new(network), Profile::blue_light());
    let all = router.network().edge_ids().map(|edge| edge.0).collect();
    let closed =
        Condition { extent: Extent::Edges(all), effect: Effect::Closed, until_unix_seconds: None };
    assert!(cells(&router.weights(&[closed], NOON), 400.0).is_empty());
}

#[test]
fn a_side_that_makes_no_sense_gives_the_nearest_that_does() {
    let (network, _) = lattice(4);
    let router = Router::new(Arc::new(network), Profile::blue_light());
    let weights = router.weights(&[], NOON);
    assert_eq!(cells(&weights, 0.0), cells(&weights, 100.0));
    assert_eq!(cells(&weights, f64::INFINITY).len(), 1);
    assert_eq!(cells(&weights, f64::NAN), cells(&weights, 1000.0));
}
