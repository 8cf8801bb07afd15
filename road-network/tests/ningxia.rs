//! The shipped region, composed as the server composes it: good enough to dispatch by.

use road_network::{
    Basis, ComposeReport, OnRoad, Profile, RoadClass, RoadNetwork, Router, Weights, Wgs84, compose,
};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

const NOON: i64 = 4 * 3600;
/// A place farther from every road than this could not be driven to.
const NEAR_M: f64 = 150.0;
/// How far a distance may be off: the promise of the region.
const MOST_OFF: f64 = 0.10;

struct Region {
    network: Arc<RoadNetwork>,
    report: ComposeReport,
    places: HashMap<String, Wgs84>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn region() -> &'static Region {
    static REGION: OnceLock<Region> = OnceLock::new();
    REGION.get_or_init(|| {
        let folder = root().join("regions/ningxia");
        let region = region::Region::load(&folder).expect("the shipped region is good");
        let (network, report) = compose(&region).expect("the shipped region composes");
        let mut places = HashMap::new();
        for file in ["places.csv", "townships.csv", "stations.csv", "hospitals.csv"] {
            for row in rows(&folder.join(file)) {
                let number = |key: &str| row[key].parse().expect("a number");
                let position = Wgs84 { lon: number("lon"), lat: number("lat") };
                places.entry(row["name_zh"].clone()).or_insert(position);
            }
        }
        Region { network: Arc::new(network), report, places }
    })
}

fn rows(path: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_path(path).expect("opens");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn router(profile: Profile) -> (Router, Arc<Weights>) {
    let router = Router::new(Arc::clone(&region().network), profile);
    let weights = router.weights(&[], NOON);
    (router, weights)
}

fn on_road(weights: &Weights, name: &str) -> OnRoad {
    let position = region().places.get(name).unwrap_or_else(|| panic!("{name} is no place"));
    weights.snap(*position, 500.0, None).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// One test, because composing the province once is enough.
#[test]
fn the_shipped_region_is_good_enough_to_dispatch_by() {
    every_place_and_station_lies_on_a_road_and_can_be_reached_from_the_centre();
    every_edge_says_whether_it_is_known_or_generated();
    the_yellow_river_is_crossed_only_at_bridges();
    expressways_are_joined_only_at_their_junctions();
    distances_between_towns_are_within_a_tenth_of_the_published_ones();
}

fn every_place_and_station_lies_on_a_road_and_can_be_reached_from_the_centre() {
    let (router, weights) = router(Profile::blue_light());
    assert_eq!(region().report.unreachable, Vec::<String>::new());
    assert_eq!(region().report.build.islands, 0);
    let centre = on_road(&weights, "银川市第一人民医院急救分站");
    let names: Vec<&String> = region().places.keys().collect();
    assert!(names.len() > 500);
    let goals: Vec<OnRoad> = names.iter().map(|name| on_road(&weights, name)).collect();
    for (name, goal) in names.iter().zip(&goals) {
        assert!(goal.distance_m <= NEAR_M, "{name} is {} m from a road", goal.distance_m);
    }
    let there = router.from_one(&weights, &centre, &goals);
    let starts: Vec<_> =
        goals.iter().map(|&at| road_network::Start { at, added_seconds: 0.0 }).collect();
    let back = router.to_one(&weights, &starts, &centre, starts.len());
    assert_eq!(back.len(), starts.len(), "every place leads to the centre");
    for (name, time) in names.iter().zip(there) {
        let hours = f64::from(time.unwrap_or_else(|| panic!("no route to {name}"))) / 3.6e6;
        assert!(hours < 6.0, "{name} is {hours} hours away");
    }
}

fn every_edge_says_whether_it_is_known_or_generated() {
    let network = &region().network;
    let km = |basis: Basis| -> f64 {
        network
            .edge_ids()
            .filter(|&edge| network.road(edge).basis == basis)
            .map(|edge| network.length_m(edge) / 1000.0)
            .sum()
    };
    assert!(km(Basis::Approximate) > 4000.0);
    assert!(km(Basis::Generated) > 5000.0);
    let unmarked = network.edge_ids().find(|&edge| {
        let road = network.road(edge);
        road.name == 0 && road.basis != Basis::Generated
    });
    assert_eq!(unmarked, None, "a main road without a name");
}

fn the_yellow_river_is_crossed_only_at_bridges() {
    let folder = root().join("regions/ningxia");
    let areas: serde_json::Value = serde_json::from_str(
        &std::fs::read_to_string(folder.join("areas.geojson")).expect("reads"),
    )
    .expect("is JSON");
    let river: Vec<[f64; 2]> = areas["features"]
        .as_array()
        .expect("features")
        .iter()
        .find(|it| it["properties"]["kind"] == "river")
        .map(|it| serde_json::from_value(it["geometry"]["coordinates"].clone()).expect("a line"))
        .expect("the river");
    let bridges: Vec<Wgs84> = rows(&folder.join("roads.csv"))
        .iter()
        .filter(|row| row["place"].ends_with("大桥"))
        .map(|row| Wgs84 {
            lon: row["lon"].parse().expect("lon"),
            lat: row["lat"].parse().expect("lat"),
        })
        .collect();
    let network = &region().network;
    let mut crossings = 0;
    for edge in network.edge_ids() {
        for road in network.course(edge).windows(2) {
            for bank in river.windows(2) {
                if !cross(road[0], road[1], bank[0], bank[1]) {
                    continue;
                }
                crossings += 1;
                let bridge = bridges.iter().any(|it| road.contains(it));
                assert!(bridge, "a road crosses the river near {:?}", road[0]);
                assert_ne!(network.text(network.road(edge).name), "", "a generated street");
            }
        }
    }
    assert!(crossings >= 12, "only {crossings} crossings were found");
}

fn cross(a: Wgs84, b: Wgs84, c: [f64; 2], d: [f64; 2]) -> bool {
    let side = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    };
    let [a, b] = [a, b].map(|it| [it.lon, it.lat]);
    side(a, b, c) * side(a, b, d) <= 0.0 && side(c, d, a) * side(c, d, b) <= 0.0
}

fn expressways_are_joined_only_at_their_junctions() {
    let network = &region().network;
    let mut classes: HashMap<u32, (bool, bool)> = HashMap::new();
    for edge in network.edge_ids() {
        let road = network.road(edge);
        for node in network.ends(edge) {
            let seen = classes.entry(node).or_default();
            seen.0 |= road.class == RoadClass::Motorway;
            seen.1 |= road.basis == Basis::Generated && road.name == 0;
        }
    }
    let joined = classes.values().filter(|seen| seen.0 && seen.1).count();
    assert_eq!(joined, 0, "generated streets run into expressways");
}

/// Rows of the tables in docs/road-distances.md with so many cells.
fn table(cells: usize) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join("docs/road-distances.md")).expect("reads");
    let row = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    text.lines()
        .filter(|line| line.starts_with('|') && !line.starts_with("|-"))
        .map(row)
        .filter(|row| row.len() == cells && row.iter().any(|cell| cell.parse::<f64>().is_ok()))
        .collect()
}

fn distances_between_towns_are_within_a_tenth_of_the_published_ones() {
    let shortest = Profile::parse(include_str!("../profiles/shortest.toml")).expect("valid");
    let ways = [("fastest", router(Profile::blue_light())), ("shortest", router(shortest))];
    let rows: Vec<_> =
        table(5).into_iter().filter(|row| ways.iter().any(|(way, _)| row[3] == *way)).collect();
    assert!(rows.len() >= 12);
    let mut wrong = Vec::new();
    for row in rows {
        let (_, (router, weights)) = ways.iter().find(|(way, _)| row[3] == *way).expect("known");
        let place = |name: &str| on_road(weights, name);
        let route = router.route(weights, &place(&row[0]), &place(&row[1])).expect("a route");
        compare(&mut wrong, &row[0], &row[1], route.length_m / 1000.0, &row[2]);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn lengths_of_expressways_are_within_a_tenth_of_the_published_ones() {
    let roads = rows(&root().join("regions/ningxia/roads.csv"));
    let mut wrong = Vec::new();
    let lengths: Vec<_> =
        table(5).into_iter().filter(|row| row[3].parse::<f64>().is_ok()).collect();
    assert!(lengths.len() >= 3);
    for row in lengths {
        let course: Vec<_> = roads.iter().filter(|it| it["road"] == row[0]).collect();
        let vertex = |place: &str| {
            course
                .iter()
                .position(|it| it["place"] == place)
                .unwrap_or_else(|| panic!("no {place}"))
        };
        let (a, b) = (vertex(&row[1]), vertex(&row[2]));
        let at = |it: &HashMap<String, String>| Wgs84 {
            lon: it["lon"].parse().expect("lon"),
            lat: it["lat"].parse().expect("lat"),
        };
        let km: f64 = course[a.min(b)..=a.max(b)]
            .windows(2)
            .map(|pair| at(pair[0]).metres_to(at(pair[1])) / 1000.0)
            .sum();
        compare(&mut wrong, &row[1], &row[2], km, &row[3]);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn compare(wrong: &mut Vec<String>, from: &str, to: &str, found_km: f64, published: &str) {
    let published: f64 = published.parse().expect("kilometres");
    let off = found_km / published - 1.0;
    println!(
        "{from} - {to}: published {published} km, here {found_km:.1} km, {:+.1} %",
        off * 100.0
    );
    if off.abs() > MOST_OFF {
        wrong.push(format!("{from} - {to}: published {published} km, here {found_km:.1} km"));
    }
}
