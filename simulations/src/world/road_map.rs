//! The roads that simulated vehicles drive on: the region's courses joined where they share a
//! vertex. It knows no turn restriction and no traffic; it is there so that vehicles move as
//! vehicles do, not to rank them.

use geometry::Wgs84;
use petgraph::algo::{astar, dijkstra};
use petgraph::graph::{NodeIndex, UnGraph};
use std::collections::HashMap;

/// Metres a second on the lanes between a place and its nearest road.
const LANE_SPEED_MPS: f64 = 7.0;

/// Longest drive without any road, in seconds.
const LONGEST_LANE_SECONDS: f64 = 3600.0;

/// One road between its vertices.
#[derive(Clone, Debug)]
pub struct Course {
    /// Metres a second that an ambulance drives on it.
    pub speed_mps: f64,
    /// Its vertices in order.
    pub vertices: Vec<Wgs84>,
}

/// A route to drive: positions, and the speed on the leg that leads to each.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Where it goes, the start included.
    pub points: Vec<Wgs84>,
    /// Metres a second on the leg to the point of the same index; the first is unused.
    pub speeds_mps: Vec<f64>,
}

/// The roads of a region.
pub struct RoadMap {
    graph: UnGraph<Wgs84, Leg>,
    fastest_mps: f64,
}

#[derive(Clone, Copy)]
struct Leg {
    metres: f64,
    speed_mps: f64,
}

impl RoadMap {
    /// Joins courses wherever they hold the identical vertex.
    pub fn new(courses: &[Course]) -> Self {
        let mut graph = UnGraph::default();
        let mut nodes: HashMap<[u64; 2], NodeIndex> = HashMap::new();
        let mut node_of = |graph: &mut UnGraph<Wgs84, Leg>, at: Wgs84| {
            let key = [at.lon.to_bits(), at.lat.to_bits()];
            *nodes.entry(key).or_insert_with(|| graph.add_node(at))
        };
        let mut fastest_mps = LANE_SPEED_MPS;
        for course in courses {
            fastest_mps = fastest_mps.max(course.speed_mps);
            for pair in course.vertices.windows(2) {
                let (from, to) = (node_of(&mut graph, pair[0]), node_of(&mut graph, pair[1]));
                let metres = pair[0].metres_to(pair[1]);
                graph.add_edge(from, to, Leg { metres, speed_mps: course.speed_mps });
            }
        }
        Self { graph, fastest_mps }
    }

    /// The quickest route from one position to another: by lane to the nearest vertex, by road, and
    /// by lane again; straight by lane when that is shorter than reaching a road.
    pub fn route(&self, from: Wgs84, to: Wgs84) -> Route {
        let (Some(enter), Some(leave)) = (self.nearest(from), self.nearest(to)) else {
            return straight(from, to);
        };
        let lanes = from.metres_to(self.graph[enter]) + to.metres_to(self.graph[leave]);
        if enter == leave || from.metres_to(to) <= lanes {
            return straight(from, to);
        }
        let found = astar(
            &self.graph,
            enter,
            |node| node == leave,
            |edge| edge.weight().metres / edge.weight().speed_mps,
            |node| self.graph[node].metres_to(self.graph[leave]) / self.fastest_mps,
        );
        found.map_or_else(|| straight(from, to), |(_, nodes)| self.along(from, &nodes, to))
    }

    /// Seconds to one place from anywhere: one search, over which many vehicles are asked for.
    pub fn times_to(&self, place: Wgs84) -> TimesTo<'_> {
        let found = self.nearest(place).map(|node| {
            let lane = self.graph[node].metres_to(place) / LANE_SPEED_MPS;
            let weigh = |edge: petgraph::graph::EdgeReference<'_, Leg>| {
                edge.weight().metres / edge.weight().speed_mps
            };
            (lane, dijkstra(&self.graph, node, None, weigh))
        });
        let (lane, nodes) = found.unwrap_or_default();
        TimesTo { map: self, place, lane, nodes: nodes.into_iter().collect() }
    }

    /// The fastest speed on any road, metres a second.
    pub fn fastest_mps(&self) -> f64 {
        self.fastest_mps
    }

    fn along(&self, from: Wgs84, nodes: &[NodeIndex], to: Wgs84) -> Route {
        let mut route = Route { points: vec![from], speeds_mps: vec![LANE_SPEED_MPS] };
        let mut last = None;
        for &node in nodes {
            route.points.push(self.graph[node]);
            route.speeds_mps.push(last.map_or(LANE_SPEED_MPS, |last| self.quickest(last, node)));
            last = Some(node);
        }
        route.points.push(to);
        route.speeds_mps.push(LANE_SPEED_MPS);
        route
    }

    fn quickest(&self, from: NodeIndex, to: NodeIndex) -> f64 {
        let speeds = self.graph.edges_connecting(from, to).map(|edge| edge.weight().speed_mps);
        speeds.fold(LANE_SPEED_MPS, f64::max)
    }

    /// The vertices within so many metres of a place.
    pub fn vertices_within(&self, place: Wgs84, metres: f64) -> Vec<Wgs84> {
        let all = self.graph.node_weights().copied();
        all.filter(|vertex| vertex.metres_to(place) <= metres).collect()
    }

    /// The ends of every road leg that begins or ends within so many metres of a place.
    pub fn legs_within(&self, place: Wgs84, metres: f64) -> Vec<[Wgs84; 2]> {
        let ends = self.graph.edge_indices().filter_map(|edge| self.graph.edge_endpoints(edge));
        ends.map(|(from, to)| [self.graph[from], self.graph[to]])
            .filter(|ends| ends.iter().any(|end| end.metres_to(place) <= metres))
            .collect()
    }

    fn nearest(&self, place: Wgs84) -> Option<NodeIndex> {
        self.graph.node_indices().min_by(|a, b| {
            self.graph[*a].metres_to(place).total_cmp(&self.graph[*b].metres_to(place))
        })
    }
}

/// Seconds to one place.
pub struct TimesTo<'a> {
    map: &'a RoadMap,
    place: Wgs84,
    lane: f64,
    nodes: HashMap<NodeIndex, f64>,
}

impl TimesTo<'_> {
    /// From a place: by lane, by road and by lane again, or straight by lane when that is quicker. Nothing when no road
    /// leads there and it is too far for a lane.
    pub fn seconds_from(&self, from: Wgs84) -> Option<f64> {
        let straight = from.metres_to(self.place) / LANE_SPEED_MPS;
        let by_road = self.map.nearest(from).and_then(|node| {
            let lane = self.map.graph[node].metres_to(from) / LANE_SPEED_MPS;
            Some(lane + self.nodes.get(&node)? + self.lane)
        });
        match by_road {
            Some(seconds) => Some(seconds.min(straight)),
            None => (straight <= LONGEST_LANE_SECONDS).then_some(straight),
        }
    }
}

fn straight(from: Wgs84, to: Wgs84) -> Route {
    Route { points: vec![from, to], speeds_mps: vec![LANE_SPEED_MPS; 2] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(east_m: f64, north_m: f64) -> Wgs84 {
        Wgs84 { lon: 106.0, lat: 38.0 }.moved_by(east_m, north_m)
    }

    /// A fast road round two sides of a square and a slow one round the others.
    fn square() -> RoadMap {
        let (west, north, east, south) =
            (at(0.0, 0.0), at(0.0, 5000.0), at(5000.0, 5000.0), at(5000.0, 0.0));
        RoadMap::new(&[
            Course { speed_mps: 25.0, vertices: vec![west, north, east] },
            Course { speed_mps: 10.0, vertices: vec![west, south, east] },
        ])
    }

    #[test]
    fn the_quickest_way_is_taken_not_the_first() {
        let route = square().route(at(0.0, 0.0), at(5000.0, 5000.0));
        assert!(route.points.contains(&at(0.0, 5000.0)), "{route:?}");
        assert!(route.speeds_mps.contains(&25.0));
    }

    #[test]
    fn a_short_hop_needs_no_road() {
        let route = square().route(at(2000.0, 2000.0), at(2100.0, 2000.0));
        assert_eq!(route.points.len(), 2);
    }

    #[test]
    fn without_roads_it_goes_straight() {
        let route = RoadMap::new(&[]).route(at(0.0, 0.0), at(9000.0, 0.0));
        assert_eq!(route.points.len(), 2);
    }
}
