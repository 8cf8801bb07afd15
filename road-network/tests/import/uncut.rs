//! Signs whose first road, or both of whose roads, run through the junction without being cut there: the turn
//! that is named tells the side, and the other side stays free.

use crate::cases::length_m;
use crate::support::Extract;
use road_network::Wgs84;

const WEST: f64 = 106.218_513_5;
const EAST: f64 = 106.241_486_5;
const SOUTH: f64 = 38.461_006_8;
const NORTH: f64 = 38.478_993_2;
const MIDDLE: (f64, f64) = (106.23, 38.47);

/// A crossing at 2 with a ring round it: way 27 runs from south to north, way 28 from west to east unless it is
/// cut there into 21 and 23.
fn crossing(cut: bool, sign: &str) -> Extract {
    let mut extract = Extract::new();
    for (id, lon, lat) in [
        (1, WEST, MIDDLE.1),
        (2, MIDDLE.0, MIDDLE.1),
        (3, EAST, MIDDLE.1),
        (4, MIDDLE.0, NORTH),
        (5, MIDDLE.0, SOUTH),
        (6, WEST, NORTH),
        (7, EAST, NORTH),
        (8, EAST, SOUTH),
        (9, WEST, SOUTH),
    ] {
        extract.node(id, lon, lat, "");
    }
    extract.way(27, &[5, 2, 4], "highway=primary");
    let west = if cut {
        extract.way(21, &[1, 2], "highway=primary");
        extract.way(23, &[2, 3], "highway=primary");
        21
    } else {
        extract.way(28, &[1, 2, 3], "highway=primary");
        28
    };
    extract.way(30, &[1, 6, 4, 7, 3, 8, 5, 9, 1], "highway=primary");
    let members = [(1, 27, "from"), (0, 2, "via"), (1, west, "to")];
    extract.relation(40, &members, &format!("type=restriction restriction={sign}"));
    extract
}

/// Whether one drives straight from one arm of the crossing into another.
fn is_free(extract: &Extract, [from, to]: [(f64, f64); 2]) -> bool {
    // A little way in from the ring.
    let inwards = |(lon, lat): (f64, f64)| Wgs84 {
        lon: lon + (MIDDLE.0 - lon) * 0.1,
        lat: lat + (MIDDLE.1 - lat) * 0.1,
    };
    length_m(extract, inwards(from), inwards(to)) < 2_000.0
}

const SOUTH_ARM: (f64, f64) = (MIDDLE.0, SOUTH);
const NORTH_ARM: (f64, f64) = (MIDDLE.0, NORTH);
const WEST_ARM: (f64, f64) = (WEST, MIDDLE.1);
const EAST_ARM: (f64, f64) = (EAST, MIDDLE.1);

#[test]
fn a_sign_from_a_road_that_runs_through_uncut_binds_one_side() {
    for (sign, from_south, from_north) in [
        ("no_left_turn", false, true),
        ("no_right_turn", true, false),
        ("no_u_turn", true, true),
        ("no_straight_on", true, true),
        ("only_straight_on", true, true),
    ] {
        let extract = crossing(true, sign);
        assert_eq!(is_free(&extract, [SOUTH_ARM, WEST_ARM]), from_south, "{sign} from the south");
        assert_eq!(is_free(&extract, [NORTH_ARM, WEST_ARM]), from_north, "{sign} from the north");
        for other in [[SOUTH_ARM, EAST_ARM], [SOUTH_ARM, NORTH_ARM], [NORTH_ARM, EAST_ARM]] {
            assert!(is_free(&extract, other), "{sign}");
        }
    }
}

#[test]
fn a_sign_between_two_roads_that_run_through_never_closes_a_turn_it_does_not_name() {
    for (sign, left_alone) in [
        ("no_left_turn", [[SOUTH_ARM, EAST_ARM], [NORTH_ARM, WEST_ARM]]),
        ("no_right_turn", [[SOUTH_ARM, WEST_ARM], [NORTH_ARM, EAST_ARM]]),
    ] {
        let extract = crossing(false, sign);
        for turn in left_alone {
            assert!(is_free(&extract, turn), "{sign}");
        }
        for ahead in [[SOUTH_ARM, NORTH_ARM], [NORTH_ARM, SOUTH_ARM]] {
            assert!(is_free(&extract, ahead), "{sign}");
        }
    }
}
