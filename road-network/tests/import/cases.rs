//! Tags as they are found in OpenStreetMap, each on the short one of two ways between two places:
//! which way an ambulance takes. Kinds of fault known from the trackers of
//! OSRM, Valhalla, BRouter and others; each with its neighbours and its opposite.

use crate::support::Extract;
use road_network::{ImportError, Profile, RoadNetwork, Router, Wgs84, import};
use std::sync::Arc;

/// The short way over node 7 (way 10) and the long way round (way 11), with both ends.
const FORK: [(i64, f64, f64); 6] = [
    (1, 106.23, 38.47),
    (2, 106.241_486_5, 38.47),
    (3, 106.23, 38.483_489_8),
    (4, 106.241_486_5, 38.483_489_8),
    (5, 106.224_256_7, 38.47),
    (6, 106.247_229_8, 38.47),
];
pub(crate) const MIDDLE: (f64, f64) = (106.235_743_3, 38.47);
const WEST: Wgs84 = Wgs84 { lon: 106.225_405_4, lat: 38.47 };
const EAST: Wgs84 = Wgs84 { lon: 106.246_081_2, lat: 38.47 };

#[derive(Debug, PartialEq)]
pub(crate) enum Taken {
    Short,
    Long,
}

pub(crate) fn read(bytes: &[u8]) -> Result<RoadNetwork, ImportError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("town.osm.pbf");
    std::fs::write(&path, bytes).expect("writes");
    import(&path).map(|(network, _)| network)
}

pub(crate) fn length_m(extract: &Extract, from: Wgs84, to: Wgs84) -> f64 {
    let network = read(&extract.file()).expect("imports");
    let router = Router::new(Arc::new(network), Profile::blue_light());
    let weights = router.weights(&[], 14_400);
    let at = |place| weights.snap(place, 50.0, None).expect("a road");
    router.route(&weights, &at(from), &at(to)).expect("a way").length_m
}

pub(crate) fn fork(short: &str, middle: &str) -> Extract {
    let mut extract = Extract::new();
    for (id, lon, lat) in FORK {
        extract.node(id, lon, lat, "");
    }
    extract.node(7, MIDDLE.0, MIDDLE.1, middle);
    extract.way(10, &[1, 7, 2], short);
    extract.way(11, &[1, 3, 4, 2], "highway=tertiary");
    extract.way(12, &[5, 1], "highway=tertiary");
    extract.way(13, &[2, 6], "highway=tertiary");
    extract
}

fn taken(short: &str, middle: &str, [from, to]: [Wgs84; 2]) -> Taken {
    let length = length_m(&fork(short, middle), from, to);
    if length < 3_000.0 { Taken::Short } else { Taken::Long }
}

pub(crate) fn ways(expected: Taken, short_ways: &[&str]) {
    for short in short_ways {
        assert_eq!(taken(short, "", [WEST, EAST]), expected, "{short}");
    }
}

pub(crate) fn barriers(expected: Taken, middles: &[&str]) {
    for middle in middles {
        assert_eq!(taken("highway=tertiary", middle, [WEST, EAST]), expected, "{middle}");
    }
}

/// The way taken against the direction in which the short way is drawn.
pub(crate) fn one_way_back(short: &str) -> Taken {
    taken(short, "", [EAST, WEST])
}

#[test]
fn what_is_lower_narrower_or_weaker_than_an_ambulance_is_avoided() {
    ways(
        Taken::Long,
        &[
            "highway=tertiary maxheight=2",
            "highway=tertiary maxheight=2.2__m",
            "highway=tertiary maxheight=7'6\"",
            "highway=tertiary maxheight:physical=2.4 maxheight=3",
            "highway=tertiary width=1.5",
            "highway=residential width=1,8__m",
            "highway=service maxwidth=1.9",
            "highway=tertiary maxweight=1.5",
            "highway=tertiary maxweight=2500__kg",
            "highway=tertiary maxweightrating=2.8",
            "highway=tertiary maxlength=5",
            "highway=tertiary maxheight=210",
            "highway=tertiary maxweight=1800",
            "highway=tertiary maxaxleload=1.5",
            "highway=tertiary est_width=1.6",
            "highway=tertiary maxwidth:physical=1.7",
            "highway=tertiary maxheight=1.9-2.1",
            "highway=tertiary maxheight=~2.2",
            "highway=tertiary maxheight=2.2__M",
            "highway=tertiary maxheight=２.２米",
            "highway=tertiary maxheight:forward=2.2",
            "highway=tertiary maxweight=2.5__tonnes",
            "highway=tertiary maxweight=5,000__lbs",
            "highway=tertiary maxwidth=190__CM",
            "highway=residential width=1.4__-__1.8",
            "highway=tertiary maxheight=4.5;2.2",
            "highway=tertiary maxheight=2.2米以下",
            "highway=tertiary maxweight=2.5吨及以下",
            "highway=tertiary maxheight=2,200__mm",
        ],
    );
    ways(
        Taken::Short,
        &[
            "highway=tertiary maxheight=4.5",
            "highway=tertiary maxheight=default",
            "highway=tertiary maxheight=none width=6",
            "highway=tertiary width=3.5 maxweight=7.5",
            "highway=tertiary maxweight=3.5",
            "highway=tertiary maxwidth=2.3",
            "highway=tertiary maxweight:conditional=2__@__(Mo-Fr)",
            "highway=tertiary maxweight=10,000__lbs",
            "highway=tertiary maxweight=3,500__kg",
            "highway=tertiary maxweight=3,500__kgs",
            "highway=tertiary maxweight=10,000__pounds",
            "highway=tertiary maxheight=4,200__mm",
            "highway=tertiary maxheight=12'6\"",
            "highway=tertiary maxheight=2.8-3.2",
            "highway=tertiary maxheight=unsigned",
            "highway=tertiary maxheight:backward=2.2",
            "highway=tertiary maxweight:hgv=2",
            "highway=tertiary maxweight=7.5__T",
        ],
    );
}

#[test]
fn what_narrows_a_way_at_one_place_counts_as_the_way_would() {
    barriers(
        Taken::Long,
        &[
            "barrier=height_restrictor maxheight=1.9",
            "barrier=height_restrictor height=2.1",
            "barrier=width_restrictor maxwidth=1.8",
            "barrier=gate width=1.5",
            "barrier=height_restrictor maxheight=2.2 emergency=yes",
            "highway=crossing maxheight=2",
            "barrier=gate maxwidth=1.8",
            "barrier=swing_gate width=1.6",
            "barrier=bollard motor_vehicle=yes maxwidth=1.6",
            "traffic_calming=choker maxwidth=1.7",
            "barrier=entrance width=1",
        ],
    );
    barriers(
        Taken::Short,
        &[
            "barrier=height_restrictor maxheight=3.2",
            "barrier=width_restrictor maxwidth=2.5",
            "barrier=height_restrictor",
        ],
    );
}

#[test]
fn where_nobody_gets_through_nobody_is_sent() {
    ways(
        Taken::Long,
        &[
            "highway=primary smoothness=impassable",
            "highway=tertiary construction=yes",
            "highway=tertiary construction=bridge",
            "highway=construction construction=tertiary",
            "highway=tertiary abandoned=yes",
            "highway=tertiary disused=yes",
            "highway=tertiary ice_road=yes",
            "highway=tertiary impassable=yes",
            "highway=tertiary ford=stepping_stones",
            "highway=tertiary bridge=collapsed",
            "highway=tertiary access=construction",
            "highway=tertiary motor_vehicle=closed",
            "highway=tertiary closed=yes",
            "highway=tertiary passable=no",
            "highway=tertiary winter_road=yes",
            "highway=tertiary route=ferry",
            "highway=proposed proposed=tertiary",
            "highway=tertiary access=under_construction",
            "highway=tertiary motor_vehicle=impassable",
            "highway=tertiary access=No",
            "highway=tertiary bridge=abandoned",
            "highway=tertiary bridge=construction",
            "highway=tertiary abandoned=true",
            "highway=tertiary status=closed",
            "highway=tertiary flooded=yes",
            "highway=tertiary smoothness=Impassable",
            "highway=razed",
            "highway=raceway",
            "highway=escape",
            "highway=corridor",
        ],
    );
    ways(
        Taken::Short,
        &[
            "highway=primary smoothness=bad",
            "highway=tertiary construction=minor",
            "highway=tertiary construction=no",
            "highway=tertiary disused=no",
            "highway=tertiary ford=yes",
            "highway=tertiary bridge=yes",
            "highway=tertiary access=agricultural;forestry",
            "highway=tertiary access=unknown",
            "highway=tertiary construction=widening",
            "highway=road",
        ],
    );
}

#[test]
fn paths_are_driven_only_where_a_tag_says_that_vehicles_may() {
    ways(
        Taken::Short,
        &[
            "highway=footway emergency=yes",
            "highway=cycleway emergency=designated",
            "highway=path motor_vehicle=designated",
            "highway=footway motor_vehicle=yes",
            "highway=cycleway motorcar=permissive",
            "highway=bridleway vehicle=yes",
            "highway=footway access=no emergency=yes",
            "highway=service access=emergency",
            "highway=pedestrian motor_vehicle=emergency",
            "highway=path emergency=only",
            "highway=footway motor_vehicle=private;destination",
            "highway=footway emergency=official",
            "highway=path emergency=Yes",
            "highway=cycleway motor_vehicle=official",
            "highway=cycleway motor_vehicle=no emergency=designated",
            "highway=bridleway emergency=yes access=no",
            "highway=pedestrian",
            "highway=path motor_vehicle=no motorcar=yes",
            "highway=tertiary access=no motor_vehicle=yes",
            "highway=tertiary vehicle=no motor_vehicle=designated",
        ],
    );
    ways(
        Taken::Long,
        &[
            "highway=footway",
            "highway=path access=yes",
            "highway=cycleway motor_vehicle=no",
            "highway=footway motor_vehicle=yes emergency=no",
            "highway=footway emergency=yes width=1.2",
            "highway=steps emergency=yes",
            "highway=footway emergency=fire_hydrant",
            "highway=path motor_vehicle=no emergency=none",
            "highway=path vehicle=agricultural motor_vehicle=no",
            "highway=path motor_vehicle=yes motorcar=no",
            "highway=path motorcycle=yes moped=yes",
            "highway=footway emergency=yes smoothness=impassable",
            "highway=cycleway emergency=yes construction=yes",
            "highway=corridor emergency=yes",
            "highway=footway access=designated foot=designated",
        ],
    );
}

#[test]
fn barriers_that_open_are_passed_and_those_for_persons_are_not() {
    barriers(
        Taken::Short,
        &[
            "barrier=bollard bollard=rising",
            "barrier=bollard access=yes",
            "barrier=bollard motor_vehicle=permissive",
            "barrier=block emergency=yes",
            "barrier=gate",
            "barrier=lift_gate access=private",
            "barrier=cattle_grid",
            "barrier=toll_booth",
            "barrier=turnstile emergency=yes",
            "barrier=no access=no",
            "barrier=bollard bollard=retractable",
            "barrier=swing_gate emergency=designated access=no",
            "barrier=chain",
            "barrier=kerb",
            "barrier=planter motor_vehicle=yes",
            "barrier=bollard access=permissive",
            "barrier=bollard emergency=designated",
            "barrier=bollard bollard=Rising",
            "barrier=sally_port",
            "barrier=border_control",
            "barrier=gate access=emergency",
            "barrier=gate locked=yes emergency=yes",
            "barrier=cycle_barrier motor_vehicle=yes",
            "barrier=bus_trap emergency=yes",
        ],
    );
    barriers(
        Taken::Long,
        &[
            "barrier=bollard",
            "barrier=bollard;block",
            "barrier=gate;bollard",
            "barrier=bollard bollard=removable",
            "barrier=gate emergency=no",
            "barrier=gate access=no",
            "barrier=lift_gate motor_vehicle=no",
            "barrier=gate locked=yes",
            "barrier=full-height_turnstile",
            "barrier=kissing_gate access=yes",
            "barrier=stile foot=yes",
            "barrier=jersey_barrier",
            "barrier=bollard bollard=rising emergency=no",
            "barrier=bollards",
            "barrier=full_height_turnstile access=yes",
            "barrier=sump_buster",
            "barrier=boulder",
            "barrier=concrete_block",
            "barrier=squeeze_stile",
            "barrier=cycle_barrier access=yes",
            "highway=gate access=no",
            "barrier=gate locked=Yes",
            "barrier=gate access=closed",
            "barrier=gate motorcar=no",
            "barrier=swing_gate emergency=none",
            "barrier=turnstile access=yes",
            "barrier=bollard bicycle=yes foot=yes",
            "barrier=bollard bollard=foldable",
            "barrier=bollard access=private",
            "barrier=crash_barrier",
            "barrier=barricade",
            "barrier=kent_carriage_gap",
        ],
    );
}

#[test]
fn one_way_is_told_by_the_most_special_key() {
    for (short, expected) in [
        ("highway=motorway", Taken::Long),
        ("highway=motorway_link", Taken::Short),
        ("highway=motorway_link oneway=yes", Taken::Long),
        ("highway=motorway oneway=no", Taken::Short),
        ("highway=trunk_link", Taken::Short),
        ("highway=primary oneway:motor_vehicle=yes", Taken::Long),
        ("highway=primary oneway=yes", Taken::Long),
        ("highway=primary oneway=yes oneway:motor_vehicle=no", Taken::Short),
        ("highway=primary oneway=yes oneway:emergency=no", Taken::Short),
        ("highway=primary oneway=yes oneway:bicycle=no", Taken::Long),
        ("highway=primary motor_vehicle:backward=no", Taken::Long),
        ("highway=primary oneway=yes emergency:backward=yes", Taken::Short),
        ("highway=primary vehicle:forward=no", Taken::Short),
        ("highway=primary oneway:vehicle=yes", Taken::Long),
        ("highway=primary oneway:motorcar=yes oneway=no", Taken::Long),
        ("highway=primary oneway:hgv=yes", Taken::Short),
        ("highway=primary oneway=-1", Taken::Short),
        ("highway=primary access:backward=no", Taken::Long),
        ("highway=tertiary junction=roundabout", Taken::Long),
        ("highway=primary_link", Taken::Short),
        ("highway=motorway oneway=reversible", Taken::Long),
        ("highway=motorway_link junction=roundabout", Taken::Long),
        ("highway=motorway_link oneway=-1", Taken::Short),
        ("highway=motorway_link oneway=no", Taken::Short),
        ("highway=trunk motorroad=yes", Taken::Short),
        ("highway=motorway oneway=Yes", Taken::Long),
        ("highway=primary oneway=Yes", Taken::Long),
        ("highway=primary oneway:motor_vehicle=-1", Taken::Short),
        ("highway=primary motorcar:backward=no", Taken::Long),
        ("highway=primary vehicle:backward=no emergency:backward=yes", Taken::Short),
        ("highway=primary oneway=yes oneway:psv=no", Taken::Long),
        ("highway=primary oneway:conditional=yes__@__(07:00-09:00)", Taken::Short),
        ("highway=primary maxheight:backward=2.2", Taken::Long),
    ] {
        assert_eq!(one_way_back(short), expected, "{short}");
    }
}

#[test]
fn places_on_ways_are_read_where_the_points_are_left_out() {
    let at = |id: i64| FORK.iter().find(|it| it.0 == id).map(|it| (it.1, it.2)).expect("a point");
    let file = |middle: Option<&str>| {
        let mut extract = Extract::new();
        if let Some(tags) = middle {
            extract.node(7, MIDDLE.0, MIDDLE.1, tags);
        }
        let tags = "highway=tertiary";
        extract.way_with(10, &[1, 7, 2], tags, &[at(1), MIDDLE, at(2)]);
        extract.way_with(11, &[1, 3, 4, 2], tags, &[at(1), at(3), at(4), at(2)]);
        extract.way_with(12, &[5, 1], tags, &[at(5), at(1)]);
        extract.way_with(13, &[2, 6], tags, &[at(2), at(6)]);
        extract
    };
    assert!(length_m(&file(None), WEST, EAST) < 3_000.0);
    // Tagged points stay in such files, and what they say still counts.
    assert!(length_m(&file(Some("barrier=bollard")), WEST, EAST) > 3_000.0);
    assert!(read(&file(None).file_needing("LocationsOnWays")).is_ok());
}
