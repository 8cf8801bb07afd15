use super::{county_seats, ningxia};
use crate::{Region, RoadClass};
use dispatch_core::model::Wgs84;
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[test]
fn roads_join_every_county_seat() {
    let region = ningxia();
    let graph = Graph::of(&region);
    let reached = graph.metres_from(graph.at(county_seats(&region)["640104"]));
    assert_eq!(reached.len(), graph.edges.len(), "the roads fall apart");
    for (county, position) in county_seats(&region) {
        assert!(reached.contains_key(&graph.at(position)), "no road reaches {county}");
    }
}

#[test]
fn distances_between_towns_are_those_of_real_roads() {
    let region = ningxia();
    let graph = Graph::of(&region);
    let seats = county_seats(&region);
    let from_yinchuan = graph.metres_from(graph.at(seats["640104"]));
    // Kilometres as they are commonly given for the way by expressway; rounded, hence the tenth.
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

/// Where no expressway is concerned nothing passes over anything: plain roads that cross share a point, or a route
/// would miss the crossing.
#[test]
fn plain_roads_that_cross_share_a_point() {
    let region = ningxia();
    let plain = region.roads.iter().filter(|road| road.class != RoadClass::Motorway);
    let stretches: Vec<(&str, Wgs84, Wgs84)> = plain
        .flat_map(|road| road.parts.iter().map(move |part| (road.id.as_str(), part)))
        .flat_map(|(id, part)| {
            part.vertices.windows(2).map(move |pair| (id, pair[0].position, pair[1].position))
        })
        .collect();
    let mut missing = Vec::new();
    for (n, &(first, a, b)) in stretches.iter().enumerate() {
        for &(second, c, d) in &stretches[..n] {
            let shared = [a, b].iter().any(|end| *end == c || *end == d);
            if !shared && cross(a, b, c, d) {
                missing.push(format!("{first} and {second} at {a:?}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    // 贺兰山路 and G109, which once missed each other by 55 m.
    let holds = |id: &str| {
        let road = region.roads.iter().find(|road| road.id == id).expect("a road");
        let vertices = road.parts.iter().flat_map(|part| &part.vertices);
        vertices.map(|vertex| key(vertex.position)).collect::<BTreeSet<_>>()
    };
    assert!(!holds("G109").is_disjoint(&holds("yc-helanshan-road")));
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
                let metres = a.metres_to(b);
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
        RoadClass::Tertiary | RoadClass::Unclassified => 11.0,
        RoadClass::Residential | RoadClass::LivingStreet => 8.0,
        RoadClass::Service | RoadClass::Track => 4.0,
    }
}

fn key(at: Wgs84) -> (u64, u64) {
    (at.lon.to_bits(), at.lat.to_bits())
}
