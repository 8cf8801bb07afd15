//! The network in memory: flat arrays in the order of a space-filling curve, geometry kept
//! aside as small differences. Never changes once made; speeds and closures live in weights.

use crate::graph::fixed::Fixed;
use crate::graph::index::SegmentIndex;
use crate::graph::parts::{EdgeId, Parts, course};
use crate::graph::road::{Passage, Road, Stored};
use crate::graph::turn::TurnKind;
use geometry::Wgs84;

/// A road network, ready to be asked. Cheap to share behind an `Arc`.
#[derive(Debug)]
pub struct RoadNetwork {
    pub(crate) parts: Parts,
    pub(crate) back_first: Vec<u32>,
    pub(crate) back_from: Vec<u32>,
    pub(crate) back_code: Vec<u8>,
    /// Copies sorted by the direction they stand for: `(direction, state)`.
    pub(crate) copies: Vec<(u32, u32)>,
    pub(crate) index: SegmentIndex,
}

/// Bytes held by a network, counted, not estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MemoryUse {
    /// Nodes, edges, attributes and texts.
    pub graph: usize,
    /// Courses of the roads.
    pub geometry: usize,
    /// Turns, both ways.
    pub turns: usize,
    /// The R-tree over segments.
    pub index: usize,
    /// Edges these bytes are for.
    pub edges: usize,
}

impl MemoryUse {
    /// All bytes together.
    pub fn total(&self) -> usize {
        self.graph + self.geometry + self.turns + self.index
    }

    /// Bytes per edge.
    pub fn per_edge(&self) -> f64 {
        self.total() as f64 / self.edges.max(1) as f64
    }
}

impl RoadNetwork {
    pub(crate) fn from_parts(parts: Parts) -> RoadNetwork {
        let states = parts.turn_first.len() - 1;
        let mut back_first = vec![0_u32; states + 1];
        for &to in &parts.turn_to {
            back_first[to as usize + 1] += 1;
        }
        for state in 0..states {
            back_first[state + 1] += back_first[state];
        }
        let mut place = back_first.clone();
        let mut back_from = vec![0_u32; parts.turn_to.len()];
        let mut back_code = vec![0_u8; parts.turn_to.len()];
        for state in 0..states {
            for turn in parts.turn_first[state] as usize..parts.turn_first[state + 1] as usize {
                let at = &mut place[parts.turn_to[turn] as usize];
                back_from[*at as usize] = state as u32;
                back_code[*at as usize] = parts.turn_code[turn];
                *at += 1;
            }
        }
        let arcs = parts.edge_from.len() as u32 * 2;
        let mut copies: Vec<(u32, u32)> =
            parts.copy_arc.iter().zip(arcs..).map(|(&arc, state)| (arc, state)).collect();
        copies.sort_unstable();
        let index = SegmentIndex::over(&parts);
        RoadNetwork { parts, back_first, back_from, back_code, copies, index }
    }

    /// How many junctions and road ends.
    pub fn nodes(&self) -> usize {
        self.parts.nodes.len()
    }

    /// How many edges.
    pub fn edges(&self) -> usize {
        self.parts.edge_from.len()
    }

    /// Every edge.
    pub fn edge_ids(&self) -> impl Iterator<Item = EdgeId> + use<> {
        (0..self.edges() as u32).map(EdgeId)
    }

    /// Length of an edge in metres.
    pub fn length_m(&self, edge: EdgeId) -> f64 {
        f64::from(self.parts.edge_length_cm[edge.0 as usize]) / 100.0
    }

    /// What is known of it.
    pub fn road(&self, edge: EdgeId) -> &Road {
        &self.parts.roads[self.parts.edge_road[edge.0 as usize] as usize]
    }

    /// Whether it may be driven along its course (`[0]`) and against it (`[1]`).
    pub fn passages(&self, edge: EdgeId) -> [Passage; 2] {
        [edge.0 * 2, edge.0 * 2 + 1].map(|arc| self.passage(arc))
    }

    /// Its two ends, as numbers of nodes.
    pub fn ends(&self, edge: EdgeId) -> [u32; 2] {
        [self.parts.edge_from[edge.0 as usize], self.parts.edge_to[edge.0 as usize]]
    }

    /// A text by its number; empty where there is none.
    pub fn text(&self, number: u32) -> &str {
        self.parts.texts.get(number as usize).map_or("", String::as_str)
    }

    /// Where a node is.
    pub fn node_position(&self, node: u32) -> Wgs84 {
        self.parts.nodes[node as usize].position()
    }

    /// The course of an edge from its first end to its second, both included.
    pub fn course(&self, edge: EdgeId) -> Vec<Wgs84> {
        course(&self.parts, edge.0)
    }

    /// Bytes held, counted.
    pub fn memory(&self) -> MemoryUse {
        let parts = &self.parts;
        let words = |list: &Vec<u32>| list.len() * 4;
        MemoryUse {
            graph: parts.nodes.len() * size_of::<Fixed>()
                + words(&parts.edge_from)
                + words(&parts.edge_to)
                + words(&parts.edge_length_cm)
                + words(&parts.edge_road)
                + parts.edge_passage.len()
                + parts.roads.len() * size_of::<Road>()
                + parts.texts.iter().map(|it| it.len() + size_of::<String>()).sum::<usize>(),
            geometry: words(&parts.geometry_first) + parts.geometry.len(),
            turns: words(&parts.turn_first)
                + words(&parts.turn_to)
                + parts.turn_code.len()
                + words(&parts.copy_arc)
                + words(&self.back_first)
                + words(&self.back_from)
                + self.back_code.len()
                + self.copies.len() * 8,
            index: self.index.bytes(),
            edges: self.edges(),
        }
    }

    pub(crate) fn arcs(&self) -> u32 {
        self.parts.edge_from.len() as u32 * 2
    }

    pub(crate) fn states(&self) -> usize {
        self.parts.turn_first.len() - 1
    }

    /// The direction that a state stands for.
    pub(crate) fn arc_of(&self, state: u32) -> u32 {
        match state.checked_sub(self.arcs()) {
            Some(copy) => self.parts.copy_arc[copy as usize],
            None => state,
        }
    }

    /// Every state that stands for a direction.
    pub(crate) fn states_of(&self, arc: u32) -> impl Iterator<Item = u32> + '_ {
        let from = self.copies.partition_point(|&(of, _)| of < arc);
        let copies = self.copies[from..].iter().take_while(move |&&(of, _)| of == arc);
        std::iter::once(arc).chain(copies.map(|&(_, state)| state))
    }

    pub(crate) fn passage(&self, arc: u32) -> Passage {
        let byte = self.parts.edge_passage[(arc / 2) as usize];
        let half = if arc.is_multiple_of(2) { byte & 15 } else { byte >> 4 };
        Passage::from_byte(half).unwrap_or(Passage::Never)
    }

    /// The node at which a direction starts.
    pub(crate) fn start(&self, arc: u32) -> u32 {
        let edge = (arc / 2) as usize;
        if arc.is_multiple_of(2) { self.parts.edge_from[edge] } else { self.parts.edge_to[edge] }
    }

    /// Turns out of a state: `(state, code)`.
    pub(crate) fn turns(&self, state: u32) -> impl Iterator<Item = (u32, u8)> + '_ {
        let range = self.parts.turn_first[state as usize] as usize
            ..self.parts.turn_first[state as usize + 1] as usize;
        self.parts.turn_to[range.clone()]
            .iter()
            .copied()
            .zip(self.parts.turn_code[range].iter().copied())
    }

    /// Turns into a state: `(state, code)`.
    pub(crate) fn turns_into(&self, state: u32) -> impl Iterator<Item = (u32, u8)> + '_ {
        let range =
            self.back_first[state as usize] as usize..self.back_first[state as usize + 1] as usize;
        self.back_from[range.clone()].iter().copied().zip(self.back_code[range].iter().copied())
    }

    pub(crate) fn turn_between(&self, from: u32, to: u32) -> Option<TurnKind> {
        self.turns(from).find(|&(state, _)| state == to).map(|(_, code)| TurnKind::of_code(code))
    }
}
