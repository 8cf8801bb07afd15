//! Only the largest part in which every road leads there and back is kept: a vehicle snapped
//! to an island could never be sent anywhere. The rest is counted, not hidden.

use super::BuildReport;
use super::draft::{DraftEdge, at};
use crate::plan::RoadPlan;
use crate::road::Passage;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{HashMap, HashSet};

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
    // The lowest point decides between equals, so that the result never depends on order.
    let largest = parts
        .iter()
        .max_by_key(|part| (part.len(), std::cmp::Reverse(part.iter().map(|&it| graph[it]).min())));
    let Some(largest) = largest else { return Vec::new() };
    let kept: HashSet<u32> = largest.iter().map(|&it| graph[it]).collect();
    let (inside, outside): (Vec<_>, Vec<_>) = edges
        .into_iter()
        .partition(|edge| kept.contains(&edge.from) && kept.contains(&edge.to));
    report.islands = parts.len() - 1;
    report.island_edges = outside.len();
    report.island_length_km = outside
        .iter()
        .flat_map(|edge| edge.course().zip(edge.course().skip(1)))
        .map(|(a, b)| at(plan, a).distance_m(at(plan, b)) / 1000.0)
        .sum();
    inside
}
