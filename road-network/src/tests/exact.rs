//! Every method gives the reference's answer, on random worlds with signs, one-way streets,
//! closures, vehicles in mid-street and vehicles under way.

use super::reference;
use super::world::{Place, conditions, network, on_road, plans};
use crate::{Profile, Router, Start};
use proptest::prelude::*;
use std::sync::Arc;

/// Midday and midnight in Ningxia, seconds since 1970.
const NOON: i64 = 4 * 3600;
const MIDNIGHT: i64 = 16 * 3600;

fn strict() -> Profile {
    let mut profile = Profile::blue_light();
    profile.signs.obey_on_minor = true;
    profile
}

fn places() -> impl Strategy<Value = Vec<Place>> {
    prop::collection::vec((any::<u32>(), any::<u8>(), any::<u8>()), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_best_k_are_the_first_k_of_ranking_everybody(
        plan in plans(),
        goal in (any::<u32>(), any::<u8>(), any::<u8>()),
        places in places(),
        added in prop::collection::vec(0_u16..400, 12),
        k in 1_usize..12,
        conditions in conditions(),
        strictly in any::<bool>(),
    ) {
        let network = Arc::new(network(plan));
        let profile = if strictly { strict() } else { Profile::blue_light() };
        let router = Router::new(Arc::clone(&network), profile);
        let weights = router.weights(&conditions, NOON);
        let goal = on_road(&network, goal);
        let starts: Vec<Start> = places
            .iter()
            .zip(&added)
            .map(|(&place, &added)| Start {
                at: on_road(&network, place),
                added_seconds: f64::from(added),
            })
            .collect();
        let expected = reference::ranking(&weights, &starts, &goal);
        let found: Vec<(u32, usize)> = router
            .to_one(&weights, &starts, &goal, k)
            .iter()
            .map(|it| (it.total_ms, it.start))
            .collect();
        prop_assert_eq!(&found[..], &expected[..expected.len().min(k)]);
    }

    #[test]
    fn one_to_many_tables_and_routes_agree_with_the_reference(
        plan in plans(),
        start in (any::<u32>(), any::<u8>(), any::<u8>()),
        places in places(),
        conditions in conditions(),
        strictly in any::<bool>(),
    ) {
        let network = Arc::new(network(plan));
        let profile = if strictly { strict() } else { Profile::blue_light() };
        let router = Router::new(Arc::clone(&network), profile);
        let weights = router.weights(&conditions, MIDNIGHT);
        let start = on_road(&network, start);
        let goals: Vec<_> = places.iter().map(|&place| on_road(&network, place)).collect();
        let expected = reference::times(&weights, &start, &goals);
        prop_assert_eq!(&router.from_one(&weights, &start, &goals), &expected);
        let table = router.table(&weights, &[start, start], &goals);
        prop_assert_eq!(&table, &[expected.clone(), expected.clone()]);
        for (goal, expected) in goals.iter().zip(&expected) {
            let route = router.route(&weights, &start, goal);
            prop_assert_eq!(route.as_ref().map(|it| it.travel_ms), *expected);
            if let Some(route) = route {
                let steps_m: f64 = route.steps.iter().map(|step| step.length_m).sum();
                prop_assert!((steps_m - route.length_m).abs() < 0.01);
                let steps_ms: u32 = route.steps.iter().map(|step| step.travel_ms).sum();
                let off = (start.distance_m + goal.distance_m) * weights.costs.off_road_ms_per_m;
                let on_road = f64::from(route.travel_ms) - off;
                prop_assert!((f64::from(steps_ms) - on_road).abs() <= 6.0);
            }
        }
    }
}

#[test]
fn thousands_of_vehicles_rank_as_one_by_one() {
    let (network, _) = crate::tests::ground::lattice(24);
    let network = Arc::new(network);
    let router = Router::new(Arc::clone(&network), Profile::blue_light());
    let weights = router.weights(&[], NOON);
    let goal = on_road(&network, (77, 100, 0));
    let starts: Vec<Start> = (0..3000_u32)
        .map(|it| Start {
            at: on_road(
                &network,
                (it.wrapping_mul(2_654_435_761) >> 8, (it % 251) as u8, (it % 3) as u8),
            ),
            added_seconds: f64::from(it % 180),
        })
        .collect();
    let mut expected: Vec<(u32, usize)> = starts
        .iter()
        .enumerate()
        .filter_map(|(number, start)| {
            let travel = router.from_one(&weights, &start.at, &[goal])[0]?;
            Some((travel + start.added_seconds as u32 * 1000, number))
        })
        .collect();
    expected.sort_unstable();
    for k in [1, 8, 64, 65, 500, 3000] {
        let found: Vec<_> = router
            .to_one(&weights, &starts, &goal, k)
            .iter()
            .map(|it| (it.total_ms, it.start))
            .collect();
        assert_eq!(found, expected[..k], "best {k}");
    }
}
