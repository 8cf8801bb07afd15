//! The part of a system's roads from which one gets everywhere and back. Places meet the roads there: a vehicle that left them
//! in a dead end of one-way streets, or on an island, would never be seen again.

use super::roads::Roads;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

/// For each node, whether it belongs to the largest part of the roads within which every node leads to every other.
pub fn mainland(roads: &Roads) -> Vec<bool> {
    let mut graph = DiGraph::<(), ()>::with_capacity(roads.nodes(), 0);
    let nodes: Vec<_> = (0..roads.nodes()).map(|_| graph.add_node(())).collect();
    for (at, from) in nodes.iter().enumerate() {
        for (to, ..) in roads.leaving(at as u32, 0) {
            graph.add_edge(*from, nodes[to as usize], ());
        }
    }
    let largest = kosaraju_scc(&graph).into_iter().max_by_key(Vec::len).unwrap_or_default();
    let mut is_in = vec![false; roads.nodes()];
    largest.iter().for_each(|node| is_in[node.index()] = true);
    is_in
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::roads::RawArc;
    use dispatch_core::model::Wgs84;

    #[test]
    fn dead_ends_and_islands_are_left_out() {
        // 0 <-> 1 <-> 2, 2 -> 3 and no way back, 4 alone.
        let arcs = [(0, 1), (1, 0), (1, 2), (2, 1), (2, 3)];
        let raw: Vec<RawArc> =
            arcs.map(|(from, to)| RawArc { from, to, metres: 1.0, ms: vec![1] }).into();
        let at = Wgs84 { lon: 0.0, lat: 0.0 };
        let roads = Roads::new(vec![at; 5], vec![true; 5], &raw, 1);
        assert_eq!(mainland(&roads), [true, true, true, false, false]);
    }
}
