//! Signs on a crossing, as they are found in OpenStreetMap: whom they bind, when, and on which side.

use crate::cases::length_m;
use crate::support::Extract;
use road_network::Wgs84;

/// A crossing at 2 with a ring round it; `cut` says whether the road from south to north is two
/// ways there or runs through as one.
fn crossing(cut: bool, sign: &str) -> Extract {
    let mut extract = Extract::new();
    let (west, east, south, north) = (106.218_513_5, 106.241_486_5, 38.461_006_8, 38.478_993_2);
    for (id, lon, lat) in [
        (1, west, 38.47),
        (2, 106.23, 38.47),
        (3, east, 38.47),
        (4, 106.23, north),
        (5, 106.23, south),
        (6, west, north),
        (7, east, north),
        (8, east, south),
        (9, west, south),
    ] {
        extract.node(id, lon, lat, "");
    }
    extract.way(21, &[1, 2], "highway=primary");
    extract.way(23, &[2, 3], "highway=primary");
    let to = if cut {
        extract.way(24, &[2, 4], "highway=primary");
        extract.way(25, &[5, 2], "highway=primary");
        if sign.contains("right") { 25 } else { 24 }
    } else {
        extract.way(27, &[5, 2, 4], "highway=primary");
        27
    };
    extract.way(30, &[1, 6, 4, 7, 3, 8, 5, 9, 1], "highway=primary");
    let members = [(1, 21, "from"), (0, 2, "via"), (1, to, "to")];
    extract.relation(40, &members, &format!("type=restriction {sign}"));
    extract
}

/// Whether the left turn (north) and the right turn (south) are driven straight away.
fn free_turns(cut: bool, sign: &str) -> [bool; 2] {
    let from = Wgs84 { lon: 106.219_662_1, lat: 38.47 };
    [38.478_093_9, 38.461_906_1].map(|lat| {
        let to = Wgs84 { lon: 106.23, lat };
        length_m(&crossing(cut, sign), from, to) < 2_000.0
    })
}

#[test]
fn signs_bind_whom_they_name_while_they_hold() {
    for (sign, expected) in [
        ("restriction=no_left_turn", [false, true]),
        ("restriction:motor_vehicle=no_left_turn", [false, true]),
        ("restriction:vehicle=no_left_turn", [false, true]),
        ("restriction=no_left_turn restriction:motorcar=none", [true, true]),
        ("restriction:hgv=no_left_turn", [true, true]),
        ("restriction=no_right_turn_on_red", [true, true]),
        ("restriction=no_left_turn_on_red", [true, true]),
        ("restriction=no_left_turn except=psv;__emergency", [true, true]),
        ("restriction=no_left_turn except=psv__;emergency__", [true, true]),
        ("restriction=no_left_turn except=psv;bicycle", [false, true]),
        ("restriction=no_left_turn__", [false, true]),
        ("restriction=only_right_turn", [false, true]),
        ("restriction=no_left_turn except=psv,motor_vehicle", [true, true]),
        ("restriction=no_left_turn except=__bus__;__motorcar__", [true, true]),
        ("restriction:emergency=none restriction=no_left_turn", [true, true]),
        ("restriction:conditional=no_left_turn__@__(07:00-09:00)", [true, true]),
        ("restriction:motorcar=no_right_turn", [true, false]),
        ("restriction=only_left_turn_on_red", [true, true]),
        ("restriction:motorcar=no_left_turn_on_red", [true, true]),
        ("restriction=no_u_turn_on_red", [true, true]),
        ("restriction=no_left_turn__@__(07:00-09:00)", [true, true]),
        ("restriction=no_left_turn hour_on=07:00 hour_off=09:00", [true, true]),
        ("restriction=no_left_turn except=Emergency", [true, true]),
        ("restriction=no_left_turn except=psv|emergency", [true, true]),
        ("restriction=No_Left_Turn", [false, true]),
        ("restriction:motorcycle=no_left_turn", [true, true]),
        ("restriction:bus=no_left_turn restriction=no_right_turn", [true, false]),
        ("restriction:emergency=no_left_turn", [false, true]),
        ("restriction=no_left_turn except=ambulance", [true, true]),
        ("restriction=no_left_turn except=bus;emergency_vehicles", [true, true]),
        ("restriction=no_left_turn date_on=Jun__01 date_off=Sep__01", [true, true]),
        ("restriction=no_left_turn;no_u_turn", [false, true]),
    ] {
        assert_eq!(free_turns(true, sign), expected, "{sign}");
    }
}

#[test]
fn a_sign_on_a_road_that_runs_through_uncut_means_one_side() {
    for (sign, expected) in [
        ("restriction=no_left_turn", [false, true]),
        ("restriction=no_right_turn", [true, false]),
        ("restriction=only_right_turn", [false, true]),
        ("restriction=only_left_turn", [true, false]),
        ("restriction=no_entry", [true, true]),
    ] {
        assert_eq!(free_turns(false, sign), expected, "{sign}");
    }
}
