//! Lines cut into edges between the points where something may be decided.

use crate::graph::road::{Passage, Road};
use crate::input::plan::{PlannedLine, RoadPlan};
use geometry::Wgs84;

/// An edge: a road between two decision points; all numbers are points of the plan.
#[derive(Clone, Debug)]
pub(super) struct DraftEdge {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) inner: Vec<u32>,
    pub(super) road: Road,
    /// From `from` to `to`, and back.
    pub(super) passage: [Passage; 2],
    /// The planned line at its `from` end and at its `to` end.
    pub(super) line: [u32; 2],
}

impl DraftEdge {
    pub(super) fn length_cm(&self, plan: &RoadPlan) -> u32 {
        let metres: f64 = self
            .course()
            .zip(self.course().skip(1))
            .map(|(a, b)| at(plan, a).metres_to(at(plan, b)))
            .sum();
        ((metres * 100.0).ceil() as u32).max(1)
    }

    /// Every point from one end to the other.
    pub(super) fn course(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(self.from).chain(self.inner.iter().copied()).chain([self.to])
    }

    pub(super) fn reversed(mut self) -> DraftEdge {
        std::mem::swap(&mut self.from, &mut self.to);
        self.inner.reverse();
        self.passage.swap(0, 1);
        self.line.swap(0, 1);
        self
    }

    /// Whether anybody may drive here at all.
    pub(super) fn drivable(&self) -> bool {
        self.passage.iter().any(|&passage| passage != Passage::Never)
    }
}

pub(super) fn at(plan: &RoadPlan, point: u32) -> Wgs84 {
    plan.points[point as usize]
}

/// Cuts every line where another line touches it.
pub(super) fn split(plan: &RoadPlan) -> Vec<DraftEdge> {
    let mut uses = vec![0_u8; plan.points.len()];
    for line in &plan.lines {
        for (place, &point) in line.points.iter().enumerate() {
            let end = place == 0 || place + 1 == line.points.len();
            let uses = &mut uses[point as usize];
            *uses = uses.saturating_add(if end { 2 } else { 1 });
        }
    }
    let mut edges = Vec::new();
    for (number, line) in plan.lines.iter().enumerate() {
        cut(line, number as u32, &uses, &mut edges);
    }
    edges
}

fn cut(line: &PlannedLine, number: u32, uses: &[u8], edges: &mut Vec<DraftEdge>) {
    let Some((&first, rest)) = line.points.split_first() else { return };
    let mut from = first;
    let mut inner: Vec<u32> = Vec::new();
    for &point in rest {
        if point == inner.last().copied().unwrap_or(from) {
            continue;
        }
        if uses[point as usize] < 2 {
            inner.push(point);
            continue;
        }
        let edge = DraftEdge {
            from,
            to: point,
            inner: std::mem::take(&mut inner),
            road: line.road,
            passage: [line.forward, line.backward],
            line: [number, number],
        };
        if edge.drivable() {
            edges.push(edge);
        }
        from = point;
    }
}
