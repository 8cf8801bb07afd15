//! From a plan to a network: split lines at junctions, drop islands, join what needs no
//! decision, order by place, work out every turn. Never reads files and never guesses speeds.

mod areas;
mod draft;
mod islands;
mod join;
mod junctions;
mod order;
mod restrictions;
mod turns;

use crate::graph::fixed::Fixed;
use crate::graph::network::RoadNetwork;
use crate::graph::parts::Parts;
use crate::graph::road::{Road, Stored};
use crate::input::plan::RoadPlan;
use draft::DraftEdge;
use std::collections::HashMap;

/// What building did, for the operator to read.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct BuildReport {
    /// Junctions and ends of roads that remain.
    pub nodes: usize,
    /// Edges between them.
    pub edges: usize,
    /// Length of all of them in kilometres.
    pub length_km: f64,
    /// Pieces not connected both ways with the main network, all left out.
    pub islands: usize,
    /// Edges left out with them.
    pub island_edges: usize,
    /// Length of these in kilometres.
    pub island_length_km: f64,
    /// Points where nothing is decided, joined into longer edges.
    pub joined_points: usize,
    /// Turn restrictions kept.
    pub restrictions: usize,
    /// Turn restrictions whose roads do not meet, or are not in the network.
    pub dead_restrictions: usize,
}

/// Builds the network; `None` where the plan holds no road that leads both there and back.
pub fn build(plan: RoadPlan) -> (Option<RoadNetwork>, BuildReport) {
    let mut report = BuildReport::default();
    let mut edges = draft::split(&plan);
    areas::mark(&plan, &mut edges);
    let edges = islands::keep_largest(&plan, edges, &mut report);
    let mut edges = join::join(&plan, edges, &mut report);
    if edges.is_empty() {
        return (None, report);
    }
    let nodes = order::sort(&plan, &mut edges);
    let turns = turns::turns(&plan, &nodes, &edges, &mut report);
    let parts = parts(plan, &nodes, &edges, turns);
    report.nodes = parts.nodes.len();
    report.edges = parts.edge_from.len();
    report.length_km = parts.edge_length_cm.iter().map(|&cm| f64::from(cm)).sum::<f64>() / 1e5;
    (Some(RoadNetwork::from_parts(parts)), report)
}

fn parts(plan: RoadPlan, nodes: &[u32], edges: &[DraftEdge], turns: turns::Turns) -> Parts {
    let mut number = HashMap::new();
    let mut roads: Vec<Road> = Vec::new();
    let mut parts = Parts {
        nodes: nodes.iter().map(|&point| Fixed::of(plan.points[point as usize])).collect(),
        copy_arc: turns.copy_arc,
        turn_first: turns.first,
        turn_to: turns.to,
        turn_code: turns.code,
        ..Parts::default()
    };
    let place: HashMap<u32, u32> =
        nodes.iter().enumerate().map(|(at, &point)| (point, at as u32)).collect();
    parts.geometry_first.push(0);
    for edge in edges {
        parts.edge_from.push(place[&edge.from]);
        parts.edge_to.push(place[&edge.to]);
        parts.edge_length_cm.push(edge.length_cm(&plan));
        parts.edge_passage.push(edge.passage[0].byte() | (edge.passage[1].byte() << 4));
        let road = *number.entry(edge.road).or_insert_with(|| {
            roads.push(edge.road);
            roads.len() as u32 - 1
        });
        parts.edge_road.push(road);
        let mut last = Fixed::of(plan.points[edge.from as usize]);
        for &point in &edge.inner {
            let here = Fixed::of(plan.points[point as usize]);
            crate::graph::parts::push_delta(&mut parts.geometry, last, here);
            last = here;
        }
        parts.geometry_first.push(parts.geometry.len() as u32);
    }
    parts.roads = roads;
    parts.texts = plan.texts.into_list();
    parts
}
