//! Junctions of a plan before it is a network: directions of roads, what follows what, changes of direction.

use super::draft::{DraftEdge, at};
use crate::graph::road::Passage;
use crate::input::plan::RoadPlan;
use std::collections::HashMap;

/// The junctions of a plan: which directions of roads leave each, and which may follow which.
pub(super) struct Junctions<'a> {
    pub(super) plan: &'a RoadPlan,
    pub(super) edges: &'a [DraftEdge],
    /// Directions that leave each node, by point; the ones never driven left out.
    pub(super) leaving: HashMap<u32, Vec<u32>>,
}

impl Junctions<'_> {
    pub(super) fn edge(&self, arc: u32) -> &DraftEdge {
        &self.edges[(arc / 2) as usize]
    }

    pub(super) fn passage(&self, arc: u32) -> Passage {
        self.edge(arc).passage[(arc % 2) as usize]
    }

    pub(super) fn start(&self, arc: u32) -> u32 {
        let edge = self.edge(arc);
        if arc.is_multiple_of(2) { edge.from } else { edge.to }
    }

    pub(super) fn end(&self, arc: u32) -> u32 {
        self.start(arc ^ 1)
    }

    /// The planned line at the start of a direction.
    pub(super) fn line_at_start(&self, arc: u32) -> u32 {
        self.edge(arc).line[(arc % 2) as usize]
    }

    pub(super) fn line_at_end(&self, arc: u32) -> u32 {
        self.line_at_start(arc ^ 1)
    }

    /// Directions that follow `arc`: turning back only where nothing else may be driven.
    pub(super) fn following(&self, arc: u32) -> impl Iterator<Item = u32> + '_ {
        let leaving = self.leaving.get(&self.end(arc)).map_or(&[][..], Vec::as_slice);
        let onward =
            leaving.iter().any(|&next| next != arc ^ 1 && self.passage(next) == Passage::Open);
        leaving.iter().copied().filter(move |&next| next != arc ^ 1 || !onward)
    }

    /// The change of direction from one direction of a road into the next: degrees, -180 to 180,
    /// clockwise positive.
    pub(super) fn change_degrees(&self, arc: u32, next: u32) -> f64 {
        let change = heading(self, next) - (heading(self, arc ^ 1) + 180.0);
        (change + 180.0).rem_euclid(360.0) - 180.0
    }
}

/// The direction in which `arc` leaves its start, degrees.
fn heading(all: &Junctions<'_>, arc: u32) -> f64 {
    let edge = all.edge(arc);
    let (start, second) = if arc.is_multiple_of(2) {
        (edge.from, edge.inner.first().copied().unwrap_or(edge.to))
    } else {
        (edge.to, edge.inner.last().copied().unwrap_or(edge.from))
    };
    at(all.plan, start).bearing_to(at(all.plan, second))
}
