//! The roads of a system as a directed graph with a driving time for each mode, and searches on it.

use dispatch_core::model::Wgs84;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// There is no way.
pub const UNREACHABLE: u32 = u32::MAX;

/// One directed piece of road.
#[derive(Clone, Debug, PartialEq)]
pub struct Arc {
    /// Index of the node it leads to (or, looked at backwards, comes from).
    pub to: u32,
    /// Its length in metres.
    pub metres: f32,
}

/// A directed graph in both directions; times in milliseconds by mode.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Roads {
    /// Positions of nodes, WGS-84.
    pub positions: Vec<Wgs84>,
    /// Whether one may leave the road at a node.
    pub access: Vec<bool>,
    forward: Half,
    backward: Half,
}

#[derive(Clone, Debug, PartialEq, Default)]
struct Half {
    first: Vec<u32>,
    arcs: Vec<Arc>,
    /// By mode, then arc.
    ms: Vec<Vec<u32>>,
}

/// An arc as it is read: from, to, metres, milliseconds by mode.
#[derive(Clone, Debug, PartialEq)]
pub struct RawArc {
    /// Node it leaves.
    pub from: u32,
    /// Node it reaches.
    pub to: u32,
    /// Its length in metres.
    pub metres: f32,
    /// Driving time by mode, in milliseconds.
    pub ms: Vec<u32>,
}

/// Which way a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the root along the arcs.
    FromRoot,
    /// Against the arcs: times to the root.
    ToRoot,
}

/// Times between a root and every node, with the next node of each towards the root.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Milliseconds by node.
    pub ms: Vec<u32>,
    /// The node before on the way from the root, or the next on the way to it; the node itself at the root.
    pub next: Vec<u32>,
    /// Metres between a node and the next.
    pub next_metres: Vec<f32>,
}

impl Roads {
    /// The graph of these nodes and arcs.
    pub fn new(positions: Vec<Wgs84>, access: Vec<bool>, raw: &[RawArc], modes: usize) -> Self {
        let nodes = positions.len();
        let forward = Half::of(nodes, raw, modes, |arc| (arc.from, arc.to));
        let backward = Half::of(nodes, raw, modes, |arc| (arc.to, arc.from));
        Self { positions, access, forward, backward }
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.positions.len()
    }

    /// Every arc as it was read, in order of the node it leaves.
    pub fn raw(&self) -> impl Iterator<Item = RawArc> + '_ {
        (0..self.nodes() as u32).flat_map(move |from| {
            self.forward.range(from).map(move |at| {
                let arc = &self.forward.arcs[at];
                let ms = self.forward.ms.iter().map(|mode| mode[at]).collect();
                RawArc { from, to: arc.to, metres: arc.metres, ms }
            })
        })
    }

    /// Arcs that leave a node: where to, milliseconds, metres.
    pub fn leaving(&self, node: u32, mode: usize) -> impl Iterator<Item = (u32, u32, f32)> + '_ {
        self.forward.of_node(node, mode)
    }

    /// Arcs in a direction of search: the node they lead to and their milliseconds.
    pub(super) fn arcs(
        &self,
        node: u32,
        mode: usize,
        direction: Direction,
    ) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.half(direction).of_node(node, mode).map(|(to, ms, _)| (to, ms))
    }

    fn half(&self, direction: Direction) -> &Half {
        match direction {
            Direction::FromRoot => &self.forward,
            Direction::ToRoot => &self.backward,
        }
    }

    /// Least times between a root and every node.
    pub fn tree(&self, root: u32, mode: usize, direction: Direction) -> Tree {
        let mut tree = Tree {
            ms: vec![UNREACHABLE; self.nodes()],
            next: (0..self.nodes() as u32).collect(),
            next_metres: vec![0.0; self.nodes()],
        };
        let mut heap = BinaryHeap::new();
        tree.ms[root as usize] = 0;
        heap.push(Reverse((0u32, root)));
        while let Some(Reverse((ms, node))) = heap.pop() {
            if ms > tree.ms[node as usize] {
                continue;
            }
            for (to, step, metres) in self.half(direction).of_node(node, mode) {
                let there = ms.saturating_add(step);
                if there < tree.ms[to as usize] {
                    tree.ms[to as usize] = there;
                    tree.next[to as usize] = node;
                    tree.next_metres[to as usize] = metres;
                    heap.push(Reverse((there, to)));
                }
            }
        }
        tree
    }

    /// Metres of straight line a second that no journey exceeds, in a mode.
    pub fn top_speed_mps(&self, mode: usize) -> f64 {
        let mut top = 1.0_f64;
        for from in 0..self.nodes() as u32 {
            let here = self.positions[from as usize];
            for (to, ms, _) in self.leaving(from, mode) {
                let metres = here.metres_to(self.positions[to as usize]);
                top = top.max(metres / (f64::from(ms.max(1)) / 1000.0));
            }
        }
        top
    }
}

impl Half {
    fn of(
        nodes: usize,
        raw: &[RawArc],
        modes: usize,
        ends: impl Fn(&RawArc) -> (u32, u32),
    ) -> Self {
        let mut order: Vec<u32> = (0..raw.len() as u32).collect();
        order.sort_by_key(|&at| ends(&raw[at as usize]));
        let mut first = vec![0u32; nodes + 1];
        for arc in raw {
            first[ends(arc).0 as usize + 1] += 1;
        }
        for node in 0..nodes {
            first[node + 1] += first[node];
        }
        let sorted = || order.iter().map(|&at| &raw[at as usize]);
        let arcs = sorted().map(|arc| Arc { to: ends(arc).1, metres: arc.metres }).collect();
        let ms = (0..modes).map(|mode| sorted().map(|arc| arc.ms[mode]).collect()).collect();
        Self { first, arcs, ms }
    }

    fn range(&self, node: u32) -> std::ops::Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    fn of_node(&self, node: u32, mode: usize) -> impl Iterator<Item = (u32, u32, f32)> + '_ {
        let ms = &self.ms[mode];
        self.range(node).map(move |at| (self.arcs[at].to, ms[at], self.arcs[at].metres))
    }
}
