//! One search kept for many questions answers each as a search of its own would, in any order.

use super::world::{Place, conditions, network, on_road, plans};
use crate::{JourneyTime, ManyToOne, Profile, Router};
use proptest::prelude::*;
use std::sync::Arc;

fn places() -> impl Strategy<Value = Vec<Place>> {
    prop::collection::vec((any::<u32>(), any::<u8>(), any::<u8>()), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_kept_search_answers_as_single_ones_do(
        plan in plans(),
        goal in (any::<u32>(), any::<u8>(), any::<u8>()),
        places in places(),
        conditions in conditions(),
        prepared in any::<bool>(),
        most in prop_oneof![0_u32..200_000, Just(u32::MAX)],
    ) {
        let network = Arc::new(network(plan));
        let router = Router::new(Arc::clone(&network), Profile::blue_light());
        if prepared {
            router.prepare_now(4 * 3600);
        }
        let weights = router.weights(&conditions, 4 * 3600);
        let goal = on_road(&network, goal);
        let mut kept = ManyToOne::new(Arc::clone(&weights), &goal);
        for place in places {
            let start = on_road(&network, place);
            let alone = router.from_one(&weights, &start, &[goal])[0];
            match kept.travel_ms_within(&start, most) {
                JourneyTime::Takes(ms) => prop_assert!(Some(ms) == alone && ms <= most),
                JourneyTime::TooLong => prop_assert!(alone.is_none_or(|ms| ms > most)),
                JourneyTime::NoRoute => prop_assert_eq!(alone, None),
            }
            if place.0 % 2 == 0 {
                prop_assert_eq!(kept.travel_ms(&start), alone);
            }
        }
    }
}
