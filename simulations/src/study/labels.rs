//! Exact travel times between any two nodes: two-hop labels by pruned searches (Akiba, Iwata and Yoshida, SIGMOD
//! 2013), important nodes first. Importance is how many shortest paths of a sample pass a node.

use super::roads::{Direction, Roads, UNREACHABLE};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Trees sampled for the order of nodes. More make labels little smaller.
const SAMPLED_TREES: usize = 128;

/// Labels of all nodes of one mode.
#[derive(Clone, Debug)]
pub struct Labels {
    outward: Side,
    inward: Side,
}

/// For each node the hubs it reaches (or is reached from), by rank, each with milliseconds.
#[derive(Clone, Debug, Default)]
struct Side {
    first: Vec<u32>,
    entries: Vec<(u32, u32)>,
}

impl Labels {
    /// Makes the labels of a mode.
    pub fn new(roads: &Roads, mode: usize) -> Self {
        let nodes = roads.nodes();
        let order = by_importance(roads, mode);
        let mut building = Building {
            roads,
            mode,
            out: vec![Vec::new(); nodes],
            inn: vec![Vec::new(); nodes],
            dist: vec![UNREACHABLE; nodes],
            root_label: vec![UNREACHABLE; nodes],
        };
        for (rank, &node) in (0u32..).zip(&order) {
            building.search(rank, node, Direction::FromRoot);
            building.search(rank, node, Direction::ToRoot);
        }
        Self { outward: Side::of(building.out), inward: Side::of(building.inn) }
    }

    /// Milliseconds from a node to another; [`UNREACHABLE`] where there is no way.
    pub fn ms(&self, from: u32, to: u32) -> u32 {
        if from == to {
            return 0;
        }
        let (mut out, mut inn) = (self.outward.of_node(from), self.inward.of_node(to));
        let mut best = UNREACHABLE;
        while let (Some(&(a, to_hub)), Some(&(b, from_hub))) = (out.first(), inn.first()) {
            match a.cmp(&b) {
                std::cmp::Ordering::Less => out = &out[1..],
                std::cmp::Ordering::Greater => inn = &inn[1..],
                std::cmp::Ordering::Equal => {
                    best = best.min(to_hub.saturating_add(from_hub));
                    (out, inn) = (&out[1..], &inn[1..]);
                }
            }
        }
        best
    }

    /// Hubs of a node on average, for the record.
    pub fn mean_size(&self) -> f64 {
        let nodes = self.outward.first.len().saturating_sub(1).max(1);
        (self.outward.entries.len() + self.inward.entries.len()) as f64 / (2 * nodes) as f64
    }
}

impl Side {
    fn of(lists: Vec<Vec<(u32, u32)>>) -> Self {
        let mut side = Self { first: vec![0], entries: Vec::new() };
        for list in lists {
            side.entries.extend(list);
            side.first.push(side.entries.len() as u32);
        }
        side
    }

    fn of_node(&self, node: u32) -> &[(u32, u32)] {
        let (from, to) = (self.first[node as usize], self.first[node as usize + 1]);
        &self.entries[from as usize..to as usize]
    }
}

struct Building<'a> {
    roads: &'a Roads,
    mode: usize,
    out: Vec<Vec<(u32, u32)>>,
    inn: Vec<Vec<(u32, u32)>>,
    dist: Vec<u32>,
    /// The root's own label by hub rank, spread out for quick look-ups.
    root_label: Vec<u32>,
}

impl Building<'_> {
    fn search(&mut self, rank: u32, root: u32, direction: Direction) {
        let own = match direction {
            Direction::FromRoot => &self.out[root as usize],
            Direction::ToRoot => &self.inn[root as usize],
        };
        for &(hub, ms) in own {
            self.root_label[hub as usize] = ms;
        }
        let spread: Vec<u32> = own.iter().map(|&(hub, _)| hub).collect();
        let mut touched = vec![root];
        self.dist[root as usize] = 0;
        let mut heap = BinaryHeap::from([Reverse((0u32, root))]);
        while let Some(Reverse((ms, node))) = heap.pop() {
            if ms > self.dist[node as usize] || self.is_known(node, ms, direction) {
                continue;
            }
            match direction {
                Direction::FromRoot => self.inn[node as usize].push((rank, ms)),
                Direction::ToRoot => self.out[node as usize].push((rank, ms)),
            }
            for (to, step) in self.roads.arcs(node, self.mode, direction) {
                let there = ms.saturating_add(step);
                if there < self.dist[to as usize] {
                    if self.dist[to as usize] == UNREACHABLE {
                        touched.push(to);
                    }
                    self.dist[to as usize] = there;
                    heap.push(Reverse((there, to)));
                }
            }
        }
        touched.into_iter().for_each(|node| self.dist[node as usize] = UNREACHABLE);
        spread.into_iter().for_each(|hub| self.root_label[hub as usize] = UNREACHABLE);
    }

    /// Whether hubs found before already give a way as short.
    fn is_known(&self, node: u32, ms: u32, direction: Direction) -> bool {
        let label = match direction {
            Direction::FromRoot => &self.inn[node as usize],
            Direction::ToRoot => &self.out[node as usize],
        };
        label.iter().any(|&(hub, part)| {
            let root = self.root_label[hub as usize];
            root != UNREACHABLE && root.saturating_add(part) <= ms
        })
    }
}

/// Nodes, those first that most shortest paths of a sample of trees pass.
fn by_importance(roads: &Roads, mode: usize) -> Vec<u32> {
    let nodes = roads.nodes();
    let mut passed = vec![0u64; nodes];
    let trees = SAMPLED_TREES.min(nodes);
    for tree in 0..trees {
        let root = (tree * nodes / trees) as u32;
        let direction = if tree % 2 == 0 { Direction::FromRoot } else { Direction::ToRoot };
        let found = roads.tree(root, mode, direction);
        let mut order: Vec<u32> =
            (0..nodes as u32).filter(|&node| found.ms[node as usize] != UNREACHABLE).collect();
        order.sort_unstable_by_key(|&node| Reverse(found.ms[node as usize]));
        let mut below = vec![1u64; nodes];
        for node in order {
            let next = found.next[node as usize];
            if next != node {
                below[next as usize] += below[node as usize];
            }
            passed[node as usize] += below[node as usize];
        }
    }
    let mut order: Vec<u32> = (0..nodes as u32).collect();
    order.sort_by_key(|&node| (Reverse(passed[node as usize]), node));
    order
}
