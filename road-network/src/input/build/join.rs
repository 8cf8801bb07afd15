//! Two edges that meet where nothing is decided become one. Points on which a turn
//! restriction rests stay.

use super::BuildReport;
use super::draft::DraftEdge;
use crate::input::plan::{RestrictionVia, RoadPlan};
use std::collections::{HashMap, HashSet};

pub(super) fn join(
    plan: &RoadPlan,
    edges: Vec<DraftEdge>,
    report: &mut BuildReport,
) -> Vec<DraftEdge> {
    let fixed = fixed_points(plan);
    let mut touching: HashMap<u32, Vec<usize>> = HashMap::new();
    for (number, edge) in edges.iter().enumerate() {
        touching.entry(edge.from).or_default().push(number);
        touching.entry(edge.to).or_default().push(number);
    }
    let mut points: Vec<u32> = touching.keys().copied().collect();
    points.sort_unstable();
    let mut edges: Vec<Option<DraftEdge>> = edges.into_iter().map(Some).collect();
    for point in points {
        let &[a, b] = touching[&point].as_slice() else { continue };
        if a == b || fixed.contains(&point) {
            continue;
        }
        let (Some(first), Some(second)) = (edges[a].take(), edges[b].take()) else {
            unreachable!("a joined edge leaves no end behind");
        };
        let first = if first.to == point { first } else { first.reversed() };
        let second = if second.from == point { second } else { second.reversed() };
        if first.road != second.road || first.passage != second.passage {
            (edges[a], edges[b]) = (Some(first), Some(second));
            continue;
        }
        report.joined_points += 1;
        for end in touching.entry(second.to).or_default().iter_mut().filter(|end| **end == b) {
            *end = a;
        }
        edges[a] = Some(merge(first, point, second));
    }
    edges.into_iter().flatten().collect()
}

fn merge(mut first: DraftEdge, point: u32, second: DraftEdge) -> DraftEdge {
    first.inner.push(point);
    first.inner.extend(second.inner);
    DraftEdge { to: second.to, line: [first.line[0], second.line[1]], ..first }
}

fn fixed_points(plan: &RoadPlan) -> HashSet<u32> {
    let mut fixed = HashSet::new();
    for restriction in &plan.restrictions {
        let mut lines = vec![restriction.from, restriction.to];
        match &restriction.via {
            RestrictionVia::Point(point) => {
                fixed.insert(*point);
            }
            RestrictionVia::Lines(via) => lines.extend(via),
        }
        for line in lines.iter().filter_map(|&line| plan.lines.get(line as usize)) {
            fixed.extend(line.points.first());
            fixed.extend(line.points.last());
        }
    }
    fixed
}
