//! Every turn from one direction of a road into the next, with what kind it is. A restriction
//! that runs over several roads gives copies of these roads that remember how they were reached.

use super::BuildReport;
use super::draft::DraftEdge;
use super::junctions::Junctions;
use super::restrictions::{Forbidden, resolve};
use crate::graph::road::{Passage, RoadClass};
use crate::graph::turn::{Bend, Signed, TurnKind};
use crate::input::plan::{RoadPlan, Signals};
use std::collections::HashMap;

/// Turns by state: directions of edges first (`2 * edge + direction`), copies after them.
pub(super) struct Turns {
    pub(super) copy_arc: Vec<u32>,
    pub(super) first: Vec<u32>,
    pub(super) to: Vec<u32>,
    pub(super) code: Vec<u8>,
}

pub(super) fn turns(
    plan: &RoadPlan,
    nodes: &[u32],
    edges: &[DraftEdge],
    report: &mut BuildReport,
) -> Turns {
    let mut junctions = Junctions { plan, edges, leaving: HashMap::with_capacity(nodes.len()) };
    let arcs = edges.len() as u32 * 2;
    for arc in 0..arcs {
        if junctions.passage(arc) != Passage::Never {
            let start = junctions.start(arc);
            junctions.leaving.entry(start).or_default().push(arc);
        }
    }
    let forbidden = resolve(&junctions, report);
    let mut turns =
        Turns { copy_arc: forbidden.copies(), first: vec![0], to: Vec::new(), code: Vec::new() };
    let mut path = Vec::new();
    for state in 0..arcs + turns.copy_arc.len() as u32 {
        path.clear();
        forbidden.path(state, arcs, &mut path);
        turns.push(&junctions, &forbidden, arcs, &mut path);
    }
    turns
}

impl Turns {
    fn push(&mut self, all: &Junctions<'_>, forbidden: &Forbidden, arcs: u32, path: &mut Vec<u32>) {
        let arc = path[path.len() - 1];
        if all.passage(arc) != Passage::Never {
            for next in all.following(arc) {
                path.push(next);
                let signed = forbidden.signed(path, all);
                self.to.push(forbidden.state(path, arcs));
                self.code.push(kind(all, arc, next, signed).code());
                path.pop();
            }
        }
        self.first.push(self.to.len() as u32);
    }
}

fn kind(all: &Junctions<'_>, arc: u32, next: u32, signed: Signed) -> TurnKind {
    let node = all.end(arc);
    let leaving = all.leaving.get(&node).map_or(&[][..], Vec::as_slice);
    let bend = if next == arc ^ 1 {
        Bend::Back
    } else {
        let before = all.edge(arc ^ 1);
        debug_assert!(before.drivable());
        Bend::of_degrees(all.change_degrees(arc, next))
    };
    let others = leaving.iter().filter(|&&other| other != arc ^ 1 && other != next);
    let class = all.edge(arc).road.class;
    TurnKind {
        bend,
        gives_way: class > RoadClass::Secondary
            && leaving.iter().any(|&other| all.edge(other).road.class < class),
        lights: lights(all, arc),
        signed,
        goes_on: others.count() == 0 && next != arc ^ 1 && signed == Signed::Allowed,
    }
}

/// Lights stand at the junction itself or, as often mapped, at the stop line just before it.
fn lights(all: &Junctions<'_>, arc: u32) -> bool {
    let edge = all.edge(arc);
    let lit = |point: &u32| all.plan.signals[*point as usize] == Signals::Lights;
    let stop_line = if arc.is_multiple_of(2) { edge.inner.last() } else { edge.inner.first() };
    lit(&all.end(arc)) || stop_line.is_some_and(lit)
}
