//! What recorded runs taught changes times as it says, and every route still knows what it would have taken.

use super::ground::lattice;
use super::world::{Place, on_road};
use crate::{Area, DayPart, Learned, LearnedPart, LearnedRoad, Profile, RoadClass, Router};
use std::sync::Arc;

const NOON: i64 = 4 * 3600;
const MIDNIGHT: i64 = 16 * 3600;

fn learned(factor: f64, night: f64) -> Learned {
    let road = |class, area| LearnedRoad { class, area, factor };
    let classes = [RoadClass::Secondary, RoadClass::Residential];
    Learned {
        roads: classes
            .into_iter()
            .flat_map(|it| [road(it, Area::Urban), road(it, Area::Rural)])
            .collect(),
        parts: vec![LearnedPart { part: DayPart::Night, factor: night }],
    }
}

#[test]
fn roads_take_as_much_longer_as_was_learned_and_a_way_knows_its_plain_time() {
    let (network, _) = lattice(12);
    let network = Arc::new(network);
    let plain = Router::new(Arc::clone(&network), Profile::blue_light());
    let profile = Profile::blue_light().with_learned(learned(1.5, 1.2)).expect("in range");
    let corrected = Router::new(Arc::clone(&network), profile);
    let places: [(Place, Place); 3] =
        [((3, 40, 0), (200, 90, 0)), ((17, 10, 0), (17, 200, 0)), ((90, 5, 0), (150, 60, 0))];
    for (at, slower) in [(NOON, 1.5), (MIDNIGHT, 1.5 * 1.2)] {
        let (before, after) = (plain.weights(&[], at), corrected.weights(&[], at));
        for edge in network.edge_ids() {
            let [before, after] = [before.seconds(edge), after.seconds(edge)].map(|it| it[0]);
            let ratio = after.expect("driven") / before.expect("driven");
            assert!((ratio - slower).abs() < 0.001, "{ratio}");
        }
        for (from, to) in places {
            let (from, to) = (on_road(&network, from), on_road(&network, to));
            let route = corrected.route(&after, &from, &to).expect("a route");
            // Every road is slower by the same, so that the fastest route may only avoid more turns.
            let alone = plain.route(&before, &from, &to).expect("a route");
            assert!(route.plain_ms >= alone.travel_ms.saturating_sub(50), "{route:?}");
            assert!(route.travel_ms > route.plain_ms);
            if route.edges == alone.edges {
                assert!(route.plain_ms.abs_diff(alone.travel_ms) < 50);
            }
            assert_eq!(alone.plain_ms, alone.travel_ms);
        }
    }
}

#[test]
fn a_factor_out_of_range_is_refused_by_name() {
    let refused = Profile::blue_light().with_learned(learned(2.5, 1.0)).expect_err("too much");
    assert!(refused.to_string().contains("learned.roads.secondary is 2.5"), "{refused}");
    let refused =
        Profile::blue_light().with_learned(learned(1.0, f64::NAN)).expect_err("no number");
    assert!(refused.to_string().contains("learned.parts.night"), "{refused}");
}

#[test]
fn a_profile_file_may_hold_what_was_learned() {
    let text = format!(
        "{}\n[[learned.roads]]\nclass = \"primary\"\narea = \"urban\"\nfactor = 1.2\n",
        include_str!("../../profiles/blue-light.toml")
    );
    let profile = Profile::parse(&text).expect("a profile");
    let factor = |area| profile.learned.factor(RoadClass::Primary, area, DayPart::Rush);
    assert_eq!((factor(Area::Urban), factor(Area::Rural)), (1.2, 1.0));
}
