//! Nodes and edges in the order of a Hilbert curve: neighbours on the ground become
//! neighbours in memory, which the searches feel.

use super::draft::{DraftEdge, at};
use crate::input::plan::RoadPlan;
use std::collections::HashMap;

/// Steps of the curve: cells of about 40 m over a province.
const CURVE_ORDER: u32 = 16;

/// Sorts the edges and returns the points that became nodes, in their order.
pub(super) fn sort(plan: &RoadPlan, edges: &mut [DraftEdge]) -> Vec<u32> {
    let mut nodes: Vec<u32> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let (mut west, mut south, mut size) = (f64::MAX, f64::MAX, f64::MIN_POSITIVE);
    for &node in &nodes {
        west = west.min(at(plan, node).lon);
        south = south.min(at(plan, node).lat);
    }
    for &node in &nodes {
        let position = at(plan, node);
        size = size.max(position.lon - west).max(position.lat - south);
    }
    let cells = f64::from((1_u32 << CURVE_ORDER) - 1);
    nodes.sort_by_cached_key(|&node| {
        let position = at(plan, node);
        let x = ((position.lon - west) / size * cells) as u32;
        let y = ((position.lat - south) / size * cells) as u32;
        (along_curve(x, y), node)
    });
    let place: HashMap<u32, usize> =
        nodes.iter().enumerate().map(|(place, &node)| (node, place)).collect();
    edges.sort_by_cached_key(|edge| {
        let (from, to) = (place[&edge.from], place[&edge.to]);
        (from.min(to), from.max(to), from, edge.inner.clone())
    });
    nodes
}

fn along_curve(mut x: u32, mut y: u32) -> u64 {
    let mut distance = 0_u64;
    let mut side = 1_u32 << (CURVE_ORDER - 1);
    let all = (1_u32 << CURVE_ORDER) - 1;
    while side > 0 {
        let (right, upper) = (u32::from(x & side > 0), u32::from(y & side > 0));
        distance += u64::from(side) * u64::from(side) * u64::from((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                (x, y) = (all - x, all - y);
            }
            std::mem::swap(&mut x, &mut y);
        }
        side >>= 1;
    }
    distance
}
