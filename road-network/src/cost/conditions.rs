//! What a supervisor draws on the map: closed roads and slow areas with an end. Plain data,
//! added to the base weights; the network itself never changes.

use crate::graph::network::RoadNetwork;
use crate::graph::parts::EdgeId;
use geometry::{Plane, Wgs84, crossing, ring_contains};
use serde::{Deserialize, Serialize};

/// Where a condition holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Every road that touches the inside of this ring (WGS-84, closed or not).
    Ring(Vec<Wgs84>),
    /// These edges, by number in the network at hand.
    Edges(Vec<u32>),
}

/// What it does to the roads.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nobody drives there.
    Closed,
    /// Everything takes so many times as long; below 1 counts as 1, above 100 as 100.
    Slower(f64),
}

/// A closure or slow area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Where.
    pub extent: Extent,
    /// What.
    pub effect: Effect,
    /// When it ends, seconds since 1970; `None`: until it is taken back.
    pub until_unix_seconds: Option<i64>,
}

impl Condition {
    /// Whether it holds at a moment.
    pub fn holds_at(&self, now_unix_seconds: i64) -> bool {
        self.until_unix_seconds.is_none_or(|until| now_unix_seconds < until)
    }
}

impl Extent {
    /// The edges it touches; numbers the network does not have are left out.
    pub fn edges(&self, network: &RoadNetwork) -> Vec<EdgeId> {
        match self {
            Extent::Edges(edges) => edges
                .iter()
                .filter(|&&edge| (edge as usize) < network.edges())
                .map(|&edge| EdgeId(edge))
                .collect(),
            Extent::Ring(ring) => within(ring, network),
        }
    }
}

fn within(ring: &[Wgs84], network: &RoadNetwork) -> Vec<EdgeId> {
    let Some(&first) = ring.first() else { return Vec::new() };
    let (mut low, mut high) = (first, first);
    for corner in ring {
        low = Wgs84 { lon: low.lon.min(corner.lon), lat: low.lat.min(corner.lat) };
        high = Wgs84 { lon: high.lon.max(corner.lon), lat: high.lat.max(corner.lat) };
    }
    let plane = Plane::at(first);
    let border: Vec<[f64; 2]> = ring.iter().chain([&first]).map(|it| plane.metres(*it)).collect();
    let touches = |edge: &EdgeId| {
        let course = network.course(*edge);
        if course.iter().any(|&point| ring_contains(ring, point)) {
            return true;
        }
        let course: Vec<[f64; 2]> = course.into_iter().map(|it| plane.metres(it)).collect();
        course.windows(2).any(|road| {
            border.windows(2).any(|side| crossing(road[0], road[1], side[0], side[1]).is_some())
        })
    };
    network.index.touching(low, high).into_iter().filter(touches).collect()
}
