//! The hierarchy changes how an answer is found and never the answer: on random worlds, under every
//! condition, for one vehicle and for thousands.

use super::reference;
use super::world::{Place, conditions, network, on_road, plans};
use crate::answer::lookup::journey;
use crate::search::ends::{arrivals, off_road_ms};
use crate::search::hierarchy::{AffectedArcs, Hierarchy};
use crate::{ManyToOne, OnRoad, Profile, Router, Start, Weights};
use proptest::prelude::*;
use std::sync::Arc;

const NOON: i64 = 4 * 3600;

fn places() -> impl Strategy<Value = Vec<Place>> {
    prop::collection::vec((any::<u32>(), any::<u8>(), any::<u8>()), 1..12)
}

fn reference_times(weights: &Weights, starts: &[OnRoad], goal: &OnRoad) -> Vec<Option<u32>> {
    starts.iter().map(|at| reference::times(weights, at, &[*goal])[0]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_looked_up_is_what_is_searched(
        plan in plans(),
        goal in (any::<u32>(), any::<u8>(), any::<u8>()),
        places in places(),
        conditions in conditions(),
        strictly in any::<bool>(),
        swept in any::<bool>(),
        k in 1_usize..12,
    ) {
        let network = Arc::new(network(plan));
        let mut profile = Profile::blue_light();
        profile.signs.obey_on_minor = strictly;
        let router = Router::new(Arc::clone(&network), profile);
        router.prepare(NOON);
        let weights = router.weights(&conditions, NOON);
        let goal = on_road(&network, goal);
        let starts: Vec<Start> = places
            .iter()
            .map(|&place| Start { at: on_road(&network, place), added_seconds: f64::from(place.0 % 90) })
            .collect();
        let expected = reference::ranking(&weights, &starts, &goal);

        let found: Vec<(u32, usize)> = router
            .to_one(&weights, &starts, &goal, k)
            .iter()
            .map(|it| (it.total_ms, it.start))
            .collect();
        prop_assert_eq!(&found[..], &expected[..expected.len().min(k)]);

        let mut many_to_one = ManyToOne::new(Arc::clone(&weights), &goal);
        let ends = arrivals(&weights.costs, &goal);
        let mut upward = weights.upward_search(&ends).expect("it is prepared");
        if swept {
            // Also after some times were asked for one by one.
            journey(&weights.costs, &starts[0].at, &ends, &mut upward);
            upward.sweep();
        }
        let at: Vec<_> = starts.iter().map(|it| it.at).collect();
        let together = ManyToOne::new(Arc::clone(&weights), &goal).travel_ms_of(&at);
        prop_assert_eq!(together, reference_times(&weights, &at, &goal));
        for start in &starts {
            let alone = reference::times(&weights, &start.at, &[goal])[0];
            prop_assert_eq!(many_to_one.travel_ms(&start.at), alone);
            let bounds = journey(&weights.costs, &start.at, &ends, &mut upward);
            let off = off_road_ms(&weights.costs, &start.at) + off_road_ms(&weights.costs, &goal);
            let on_road = alone.map_or(u32::MAX, |it| it - off);
            prop_assert!(bounds.at_least_ms <= on_road && on_road <= bounds.at_most_ms);
            prop_assert!(bounds.is_exact() || !conditions.is_empty());
        }
    }
}

#[test]
fn a_closure_is_searched_around_only_where_a_way_led_through_it() {
    let (network, _) = super::ground::lattice(16);
    let network = Arc::new(network);
    let router = Router::new(Arc::clone(&network), Profile::blue_light());
    router.prepare_now(NOON);
    let goal = on_road(&network, (200, 100, 0));
    let closed = crate::Condition {
        extent: crate::Extent::Edges((190..197).collect()),
        effect: crate::Effect::Closed,
        until_unix_seconds: None,
    };
    let weights = router.weights(&[closed], NOON);
    let ends = arrivals(&weights.costs, &goal);
    let mut upward = weights.upward_search(&ends).expect("it is prepared");
    let starts: Vec<Start> = (0..480)
        .filter(|it| !(190..197).contains(it))
        .map(|it| Start { at: on_road(&network, (it, 60, 0)), added_seconds: 0.0 })
        .collect();
    let exact = starts
        .iter()
        .filter(|start| journey(&weights.costs, &start.at, &ends, &mut upward).is_exact())
        .count();
    assert!((100..starts.len()).contains(&exact), "{exact} are known without a search");
    let ranked = router.to_one(&weights, &starts, &goal, starts.len());
    assert_eq!(ranked.len(), starts.len());
    for one in ranked.iter().step_by(7) {
        let alone = router.from_one(&weights, &starts[one.start].at, &[goal])[0];
        assert_eq!(alone, Some(one.travel_ms));
    }
}

#[test]
fn no_arc_is_marked_where_nothing_is_slower() {
    let (network, _) = super::ground::lattice(8);
    let router = Router::new(Arc::new(network), Profile::blue_light());
    let hierarchy = Hierarchy::over(&router.weights(&[], NOON).costs);
    assert!(hierarchy.bytes() > 0);
    let marks = |states: &[u32]| AffectedArcs::by(&hierarchy, states).count();
    assert_eq!(marks(&[]), 0);
    assert!(marks(&[3]) > 0 && marks(&[3]) < marks(&[3, 40, 60]));
}
