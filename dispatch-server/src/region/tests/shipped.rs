use super::ningxia;
use crate::region::{CentreKind, PlaceKind, Region, RoadClass, metres_between};
use dispatch_core::model::{VehicleKind, Wgs84};
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[test]
fn the_shipped_region_has_the_published_numbers() {
    let region = ningxia();
    let of_kind = |kind| region.centres.iter().filter(|centre| centre.kind == kind).count();
    assert_eq!(of_kind(CentreKind::Regional), 1);
    assert_eq!(of_kind(CentreKind::City), 5);
    assert_eq!(region.stations.len(), 34);
    assert_eq!(region.stations.iter().filter(|it| it.centre == "yinchuan").count(), 15);
    assert_eq!(region.vehicles.len(), 123);
    assert_eq!(region.vehicles.iter().filter(|it| it.centre == "yinchuan").count(), 58);
    assert!(region.hospitals.len() >= 69);
    assert_eq!(region.townships.len(), 259);
    assert_eq!(region.areas.prefectures.len(), 5);
    assert_eq!(region.areas.counties.len(), 22);
    assert!(region.places.len() >= 150);
}

#[test]
fn every_county_seat_has_a_station() {
    let region = ningxia();
    let seats = seats(&region);
    assert_eq!(seats.len(), 22);
    let served: BTreeSet<&str> = region.stations.iter().map(|it| it.county_code.as_str()).collect();
    assert_eq!(seats.keys().copied().collect::<BTreeSet<_>>(), served);
}

#[test]
fn every_station_can_send_intensive_care() {
    let region = ningxia();
    for station in &region.stations {
        let own: Vec<_> = region.vehicles.iter().filter(|it| it.station == station.id).collect();
        let intensive = own.iter().any(|it| it.kind == VehicleKind::IntensiveCare);
        assert!(own.len() >= 2 && intensive, "{} has {} vehicles", station.id, own.len());
    }
}

#[test]
fn everything_lies_in_the_area_of_its_own_prefecture() {
    let region = ningxia();
    let places = region.places.iter().map(|it| (&it.name_zh, &it.county_code, it.position));
    let townships = region.townships.iter().map(|it| (&it.name_zh, &it.county_code, it.position));
    let from_geonames = region.places.iter().filter(|it| it.id.starts_with("gn-")).count();
    assert_eq!(from_geonames, 96);
    for (name, county, position) in places.chain(townships) {
        let centre = region.centre_of(position.lon, position.lat);
        let owner = centre.map(|centre| &centre.prefecture_code[..4]);
        assert_eq!(owner, Some(&county[..4]), "{name}");
        let inside = region.areas.prefectures.iter().filter(|area| area.contains(position)).count();
        assert_eq!(inside, 1, "{name} lies in {inside} areas");
    }
}

#[test]
fn areas_cover_the_outline_without_gap_or_overlap() {
    let region = ningxia();
    let bounds = region.settings.map.bounds;
    let mut outside = Vec::new();
    for column in 0..200 {
        for row in 0..200 {
            // A step that no vertex shares, so that no point falls on a border.
            let lon =
                bounds.west + (bounds.east - bounds.west) * (f64::from(column) + 0.377) / 200.0;
            let lat =
                bounds.south + (bounds.north - bounds.south) * (f64::from(row) + 0.611) / 200.0;
            let at = Wgs84 { lon, lat };
            let within = region.areas.outlines[0].contains(at);
            let owners = region.areas.prefectures.iter().filter(|it| it.contains(at)).count();
            let counties = region.areas.counties.iter().filter(|it| it.contains(at)).count();
            if owners != usize::from(within) || counties != owners {
                outside.push((lon, lat, owners, counties));
            }
        }
    }
    assert_eq!(outside, []);
}

#[test]
fn roads_join_every_county_seat() {
    let region = ningxia();
    let graph = Graph::of(&region);
    let reached = graph.metres_from(graph.at(seats(&region)["640104"]));
    assert_eq!(reached.len(), graph.edges.len(), "the roads fall apart");
    for (county, position) in seats(&region) {
        assert!(reached.contains_key(&graph.at(position)), "no road reaches {county}");
    }
}

#[test]
fn distances_between_towns_are_those_of_real_roads() {
    let region = ningxia();
    let graph = Graph::of(&region);
    let seats = seats(&region);
    let from_yinchuan = graph.metres_from(graph.at(seats["640104"]));
    // Kilometres by expressway, good to about a tenth.
    let cases = [("640302", 62), ("640323", 130), ("640202", 78), ("640402", 330), ("640502", 180)];
    for (county, kilometres) in cases {
        let ours = from_yinchuan[&graph.at(seats[county])] / 1000.0;
        let share = ours / f64::from(kilometres);
        assert!((0.9..=1.1).contains(&share), "{county}: {ours:.0} km, not {kilometres}");
    }
}

#[test]
fn roads_cross_the_yellow_river_only_on_bridges() {
    let region = ningxia();
    let river = &region.areas.rivers[0].course;
    let parts = region.roads.iter().flat_map(|road| road.parts.iter().map(move |it| (road, it)));
    let mut bridges = 0;
    for (road, part) in parts {
        for pair in part.vertices.windows(2) {
            let (a, b) = (pair[0].position, pair[1].position);
            let wet = river.windows(2).any(|side| cross(a, b, side[0], side[1]));
            assert!(!wet, "{} crosses the river at {a:?}", road.name_zh);
        }
        let inner = part.vertices.iter().filter(|vertex| river.contains(&vertex.position));
        for vertex in inner {
            assert!(vertex.place.ends_with("黄河大桥"), "{}: {vertex:?}", road.name_zh);
            bridges += 1;
        }
    }
    assert!(bridges >= 8, "{bridges}");
}

#[test]
fn the_map_holds_every_layer() {
    let map = ningxia().map_geojson();
    let mut layers: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in map["features"].as_array().expect("features") {
        *layers.entry(feature["properties"]["layer"].as_str().expect("layer")).or_default() += 1;
    }
    assert_eq!(layers.keys().copied().collect::<BTreeSet<_>>(), crate::region::LAYERS.into());
    assert_eq!((layers["station"], layers["prefecture"], layers["county"]), (34, 5, 22));
    assert!(layers["road"] > 100);
}

fn seats(region: &Region) -> BTreeMap<&str, Wgs84> {
    let seats = region.places.iter().filter(|place| place.kind == PlaceKind::CountySeat);
    seats.map(|place| (place.county_code.as_str(), place.position)).collect()
}

fn cross(a: Wgs84, b: Wgs84, c: Wgs84, d: Wgs84) -> bool {
    let side = |p: Wgs84, q: Wgs84, r: Wgs84| {
        (q.lon - p.lon) * (r.lat - p.lat) - (q.lat - p.lat) * (r.lon - p.lon)
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// The roads as a graph whose nodes are identical vertices.
struct Graph {
    nodes: HashMap<(u64, u64), usize>,
    edges: Vec<Vec<(usize, f64, RoadClass)>>,
}

impl Graph {
    fn of(region: &Region) -> Self {
        let mut graph = Self { nodes: HashMap::new(), edges: Vec::new() };
        for road in &region.roads {
            for pair in road.parts.iter().flat_map(|part| part.vertices.windows(2)) {
                let (a, b) = (pair[0].position, pair[1].position);
                let (from, to) = (graph.node(a), graph.node(b));
                let metres = metres_between(a, b);
                graph.edges[from].push((to, metres, road.class));
                graph.edges[to].push((from, metres, road.class));
            }
        }
        graph
    }

    fn node(&mut self, at: Wgs84) -> usize {
        let next = self.edges.len();
        let node = *self.nodes.entry(key(at)).or_insert(next);
        if node == next {
            self.edges.push(Vec::new());
        }
        node
    }

    fn at(&self, position: Wgs84) -> usize {
        *self.nodes.get(&key(position)).unwrap_or_else(|| panic!("no road meets {position:?}"))
    }

    // Metres along the quickest way to every node; a plain scan is enough for some thousand nodes.
    fn metres_from(&self, start: usize) -> HashMap<usize, f64> {
        let mut open = BTreeMap::from([((0_u64, start), 0.0)]);
        let mut done = HashMap::new();
        while let Some(((seconds, node), metres)) = open.pop_first() {
            if done.contains_key(&node) {
                continue;
            }
            done.insert(node, metres);
            for (next, length, class) in &self.edges[node] {
                let at = seconds + (length / speed(*class) * 1000.0) as u64;
                open.insert((at, *next), metres + length);
            }
        }
        done
    }
}

fn speed(class: RoadClass) -> f64 {
    match class {
        RoadClass::Motorway => 29.0,
        RoadClass::Trunk => 21.0,
        RoadClass::Primary => 18.0,
        RoadClass::Secondary => 14.0,
        RoadClass::Tertiary => 11.0,
    }
}

fn key(at: Wgs84) -> (u64, u64) {
    (at.lon.to_bits(), at.lat.to_bits())
}
