//! Rankings of vehicles whose place is old, assumed or unknown, each on a drawn town.

use super::test_map::{NOW, Town};
use super::*;
use expect_test::{Expect, expect};

fn check(town: &Town, expected: Expect) {
    expected.assert_eq(&town.told());
}

#[test]
fn an_old_position_is_offered_with_a_warning_never_dropped() {
    let mut town = Town::drawn(500.0, "  a  N  !     b  P   u");
    town.vehicle("a").located.as_mut().unwrap().fix_time = NOW.plus_seconds(-600);
    town.vehicle("N").located = None;
    town.vehicle("P").located.as_mut().unwrap().fix_time = NOW.plus_seconds(-600);
    town.vehicle("u").located.as_mut().unwrap().fix_time = NOW.plus_seconds(-86_400);
    check(
        &town,
        expect![[r#"
        1. b on the road: 410 s = leave 20 + drive 390 (3.9 km)
        2. N at its station: 465 s = leave 90 + drive 195 + cover 120 + stale 60 (2.0 km)
             ! StationAssumed
             ! LastOfStation
        3. P at its station: 817 s = leave 90 + drive 547 + cover 120 + stale 60 (5.9 km)
             ! StationAssumed
             ! LastOfStation
        4. a on the road: 1010 s = leave 20 + drive 390 + stale 600 (3.9 km)
             ! PositionStale { age_seconds: 600 }
        5. u on the road: 2512 s = leave 20 + drive 692 + stale 1800 (8.5 km)
             ! PositionUnknown { age_seconds: 86400 }
    "#]],
    );
}

#[test]
fn a_vehicle_in_its_station_is_not_where_it_was_seen_days_ago() {
    let mut town = Town::drawn(500.0, "  F  b  !                             N");
    let (beside, far) = (town.position(0, 9), town.vehicle("N").station);
    for (name, seen_at) in [("N", beside), ("F", far)] {
        let old = NOW.plus_seconds(-6 * 86_400);
        let located = Located { position: seen_at, fix_time: old, heading_deg: None };
        town.vehicle(name).located = Some(located);
    }
    check(
        &town,
        expect![[r#"
        1. b on the road: 215 s = leave 20 + drive 195 (2.0 km)
        2. F at its station: 660 s = leave 90 + drive 390 + cover 120 + stale 60 (3.9 km)
             ! StationAssumed
             ! LastOfStation
        3. N at its station: 1576 s = leave 90 + drive 1306 + cover 120 + stale 60 (19.5 km)
             ! StationAssumed
             ! LastOfStation
    "#]],
    );
}

#[test]
fn nobody_whose_place_is_unknown_stands_before_one_whose_place_is_believed() {
    let mut town = Town::drawn(2000.0, "  !a                     b");
    town.vehicle("a").located.as_mut().unwrap().fix_time = NOW.plus_seconds(-1801);
    town.request.how_many = 1;
    check(
        &town,
        expect![[r#"
        1. b on the road: 3564 s = leave 20 + drive 3544 (59.8 km)
        the rest is too far away
    "#]],
    );
    town.request.how_many = 2;
    check(
        &town,
        expect![[r#"
        1. b on the road: 3564 s = leave 20 + drive 3544 (59.8 km)
        2. a on the road: 2080 s = leave 20 + drive 260 + stale 1800 (2.6 km)
             ! PositionUnknown { age_seconds: 1801 }
    "#]],
    );
}
