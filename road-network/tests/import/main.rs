//! Importing OpenStreetMap extracts: what becomes a road, what is counted, what is refused.

mod cases;
mod history;
mod oddities;
mod signs;
mod support;
mod uncut;
mod values;

use road_network::{
    Access, ImportError, ImportReport, Passage, Profile, RoadClass, RoadNetwork, Router, Wgs84,
    import,
};
use std::sync::Arc;
use support::Extract;

/// A square of streets with a middle, about 100 m a side: points 1 to 4 round it, 5 inside.
fn square() -> Extract {
    let mut extract = Extract::new();
    for (id, east, north) in [(1, 0, 0), (2, 1, 0), (3, 1, 1), (4, 0, 1)] {
        extract.node(id, lon(east), lat(north), "");
    }
    extract.way(10, &[1, 2, 3, 4, 1], "highway=residential name=环路 name:en=Ring");
    extract
}

fn lon(east: i32) -> f64 {
    106.2 + f64::from(east) * 0.001_15
}

fn lat(north: i32) -> f64 {
    38.4 + f64::from(north) * 0.000_9
}

fn place(east: i32, north: i32) -> Wgs84 {
    Wgs84 { lon: lon(east), lat: lat(north) }
}

fn read(bytes: &[u8]) -> Result<(RoadNetwork, ImportReport), ImportError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("town.osm.pbf");
    std::fs::write(&path, bytes).expect("writes");
    import(&path)
}

#[test]
fn a_way_becomes_a_road_with_its_names_and_kind() {
    let mut extract = square();
    extract.way(
        11,
        &[1, 3],
        "highway=primary name=斜街 ref=G109 maxspeed=60 oneway=yes bridge=yes",
    );
    let (network, report) = read(&extract.file()).expect("imports");
    assert_eq!((report.ways, report.drivable_ways, report.build.edges), (2, 2, 3));
    let edge = network
        .edge_ids()
        .find(|&edge| network.road(edge).class == RoadClass::Primary)
        .expect("the primary road");
    let road = network.road(edge);
    assert_eq!((network.text(road.name), network.text(road.reference)), ("斜街", "G109"));
    assert!(road.bridge && road.max_speed_kmh == 60 && road.access == Access::Open);
    assert_eq!(network.passages(edge), [Passage::Open, Passage::AgainstOneWay]);
    let ring = network.edge_ids().find(|&it| it != edge).expect("the ring");
    assert_eq!(network.text(network.road(ring).name_en), "Ring");
    assert!((network.length_m(edge) - 141.0).abs() < 3.0);
}

#[test]
fn paths_and_ferries_are_no_roads() {
    let mut extract = square();
    extract.way(11, &[1, 3], "highway=footway");
    extract.way(12, &[2, 4], "route=ferry");
    let (_, report) = read(&extract.file()).expect("imports");
    assert_eq!((report.ways, report.drivable_ways), (3, 1));
}

#[test]
fn islands_and_dead_references_are_counted_and_left_out() {
    let mut extract = square();
    extract.node(20, lon(20), lat(20), "");
    extract.node(21, lon(21), lat(20), "");
    extract.way(11, &[20, 21], "highway=residential");
    extract.way(12, &[3, 777, 4], "highway=residential");
    extract.relation(
        30,
        &[(1, 10, "from"), (0, 3, "via"), (1, 999, "to")],
        "type=restriction restriction=no_left_turn",
    );
    let (network, report) = read(&extract.file()).expect("imports");
    assert_eq!((report.dead_points, report.dead_restrictions), (1, 1));
    assert_eq!((report.build.islands, report.build.island_edges), (1, 1));
    let km = report.build.island_length_km;
    assert!((km - 0.1).abs() < 0.01, "{km} km");
    assert!(network.snap(place(20, 20), 500.0, None).is_err());
}

#[test]
fn bollards_cut_a_street_and_gates_do_not() {
    let ways = |barrier: &str| {
        let mut extract = square();
        extract.node(5, lon(0) + 0.0005, lat(0) + 0.0004, barrier);
        extract.way(11, &[1, 5, 3], "highway=primary");
        let (network, report) = read(&extract.file()).expect("imports");
        let router = Router::new(Arc::new(network), Profile::blue_light());
        let weights = router.weights(&[], 14_400);
        let at = |place| weights.snap(place, 20.0, None).expect("a street");
        let near = |it: Wgs84, by: f64| Wgs84 { lon: it.lon + by, lat: it.lat + by * 0.8 };
        let (from, to) = (near(place(0, 0), 0.0002), near(place(1, 1), -0.0002));
        let route = router.route(&weights, &at(from), &at(to)).expect("a way");
        (report.barriers, route.length_m.round())
    };
    assert_eq!(ways("barrier=gate"), ways(""));
    let (barriers, around) = ways("barrier=bollard");
    assert_eq!(barriers, 1);
    assert!(around > ways("").1 + 40.0, "{around} m against {} m", ways("").1);
    assert_eq!(ways("barrier=bollard emergency=yes"), ways(""));
}

#[test]
fn a_turn_restriction_is_kept_unless_ambulances_are_exempt() {
    let count = |tags: &str| {
        let mut extract = square();
        extract.node(6, lon(-1), lat(0), "");
        extract.way(11, &[6, 1], "highway=primary");
        extract.way(12, &[1, 3], "highway=primary");
        extract.relation(30, &[(1, 11, "from"), (0, 1, "via"), (1, 12, "to")], tags);
        let (_, report) = read(&extract.file()).expect("imports");
        (report.restrictions, report.build.restrictions)
    };
    assert_eq!(count("type=restriction restriction=no_left_turn"), (1, 1));
    assert_eq!(count("type=restriction restriction=no_left_turn except=emergency"), (0, 0));
    assert_eq!(count("type=route"), (0, 0));
}

#[test]
fn what_is_not_an_extract_is_refused_in_plain_words() {
    let words = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert!(words(b"").ends_with("as OpenStreetMap PBF: it is cut off"));
    assert!(words(b"<?xml version=\"1.0\"?><osm></osm>").contains("it does not begin like one"));
    let mut empty = Extract::new();
    empty.node(1, 106.0, 38.0, "");
    assert!(words(&empty.file()).ends_with("it holds no road a vehicle may use"));
    let odd = square().file_needing("Teleportation");
    assert!(words(&odd).ends_with("it needs the feature Teleportation, which is not supported"));
    let missing = import(std::path::Path::new("/nowhere/at/all.osm.pbf")).unwrap_err();
    assert!(matches!(missing, ImportError::Open { .. }));
}

#[test]
fn every_cut_is_an_error_and_no_damage_crashes_the_import() {
    let whole = square().file();
    for length in 0..whole.len() {
        assert!(read(&whole[..length]).is_err(), "cut at {length}");
    }
    let mut refused = 0;
    for place in 0..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[place] ^= flip;
            refused += usize::from(read(&damaged).is_err());
        }
    }
    assert!(refused > whole.len() / 2, "only {refused} of {}", whole.len() * 3);
}
