//! Only the largest part in which every road leads there and back is kept: a vehicle snapped
//! to an island could never be sent anywhere. The rest is counted, not hidden.

use super::BuildReport;
use super::draft::DraftEdge;
use crate::graph::road::Passage;
use crate::input::plan::RoadPlan;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::HashMap;

pub(super) fn keep_largest(
    plan: &RoadPlan,
    edges: Vec<DraftEdge>,
    report: &mut BuildReport,
) -> Vec<DraftEdge> {
    let mut graph: DiGraph<u32, ()> = DiGraph::new();
    let mut number: HashMap<u32, NodeIndex> = HashMap::new();
    for edge in &edges {
        let [from, to] = [edge.from, edge.to]
            .map(|point| *number.entry(point).or_insert_with(|| graph.add_node(point)));
        if edge.passage[0] == Passage::Open {
            graph.add_edge(from, to, ());
        }
        if edge.passage[1] == Passage::Open {
            graph.add_edge(to, from, ());
        }
    }
    let parts = kosaraju_scc(&graph);
    let mut part_of: HashMap<u32, usize> = HashMap::new();
    for (part, nodes) in parts.iter().enumerate() {
        part_of.extend(nodes.iter().map(|&node| (graph[node], part)));
    }
    // By length, not by junctions: a long ring road has a single one.
    let mut length_cm = vec![0_u64; parts.len()];
    for edge in edges.iter().filter(|edge| part_of[&edge.from] == part_of[&edge.to]) {
        length_cm[part_of[&edge.from]] += u64::from(edge.length_cm(plan));
    }
    // The lowest point decides between equals, so that the result never depends on order.
    let lowest = |part: usize| parts[part].iter().map(|&node| graph[node]).min();
    let Some(largest) =
        (0..parts.len()).max_by_key(|&part| (length_cm[part], std::cmp::Reverse(lowest(part))))
    else {
        return Vec::new();
    };
    let (inside, outside): (Vec<_>, Vec<_>) = edges
        .into_iter()
        .partition(|edge| part_of[&edge.from] == largest && part_of[&edge.to] == largest);
    report.islands = parts.len() - 1;
    report.island_edges = outside.len();
    report.island_length_km = outside
        .iter()
        .map(|edge| f64::from(edge.length_cm(plan)) / 1e5)
        .fold(0.0, |sum, km| sum + km);
    inside
}
