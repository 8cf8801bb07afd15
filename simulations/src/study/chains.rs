//! Travel times between any two nodes of a network most of whose nodes only give a road its shape: junctions have labels, the
//! nodes between two of them are asked for by the chain they lie on.

use super::labels::Labels;
use super::roads::{Direction, RawArc, Roads, UNREACHABLE};

/// Where a node lies on a chain of nodes between two junctions, in one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
struct OnChain {
    chain: u32,
    /// The junction it comes from, and milliseconds from there.
    from: u32,
    passed_ms: u32,
    /// The junction it leads to, and milliseconds to it.
    to: u32,
    left_ms: u32,
}

/// Times of one mode.
#[derive(Clone, Debug)]
pub struct Between {
    labels: Labels,
    /// By node: its number among the junctions, or [`UNREACHABLE`] for a node on a chain.
    junction: Vec<u32>,
    /// By node: its chains, at most one for each direction.
    chains: Vec<[Option<OnChain>; 2]>,
}

impl Between {
    /// Prepares a mode.
    pub fn new(roads: &Roads, mode: usize) -> Self {
        let nodes = roads.nodes();
        let mut junction = vec![UNREACHABLE; nodes];
        let mut kept = Vec::new();
        for node in 0..nodes as u32 {
            if !is_between(roads, node, mode) {
                junction[node as usize] = kept.len() as u32;
                kept.push(node);
            }
        }
        let mut chains = vec![[None; 2]; nodes];
        let mut raw = Vec::new();
        let mut at = 0;
        // A ring without a junction has none of its nodes on a chain yet; its first becomes a junction.
        let mut ring = 0..nodes as u32;
        loop {
            while let Some(&from) = kept.get(at) {
                at += 1;
                for (first, ms) in roads.arcs(from, mode, Direction::FromRoot) {
                    let number = raw.len() as u32;
                    raw.push(follow(
                        roads,
                        mode,
                        &junction,
                        &mut chains,
                        number,
                        (from, first, ms),
                    ));
                }
            }
            let is_left = |&node: &u32| {
                junction[node as usize] == UNREACHABLE && chains[node as usize][0].is_none()
            };
            let Some(node) = ring.find(is_left) else { break };
            junction[node as usize] = kept.len() as u32;
            kept.push(node);
        }
        let positions = kept.iter().map(|&node| roads.positions[node as usize]).collect();
        let core = Roads::new(positions, vec![true; kept.len()], &raw, 1);
        Self { labels: Labels::new(&core, 0), junction, chains }
    }

    /// Milliseconds from a node to another; [`UNREACHABLE`] where there is no way.
    pub fn ms(&self, from: u32, to: u32) -> u32 {
        if from == to {
            return 0;
        }
        let (outs, out_count) = self.outs(from);
        let (ins, in_count) = self.ins(to);
        let mut best = self.along(from, to);
        for (leaves, before) in &outs[..out_count] {
            for (enters, after) in &ins[..in_count] {
                let between = self.labels.ms(*leaves, *enters);
                best = best.min(between.saturating_add(*before).saturating_add(*after));
            }
        }
        best
    }

    /// Hubs of a junction on average.
    pub fn mean_size(&self) -> f64 {
        self.labels.mean_size()
    }

    fn outs(&self, node: u32) -> ([(u32, u32); 2], usize) {
        self.ends(node, |it| (it.to, it.left_ms))
    }

    fn ins(&self, node: u32) -> ([(u32, u32); 2], usize) {
        self.ends(node, |it| (it.from, it.passed_ms))
    }

    fn ends(&self, node: u32, of: impl Fn(&OnChain) -> (u32, u32)) -> ([(u32, u32); 2], usize) {
        let own = self.junction[node as usize];
        let mut ends = [(own, 0); 2];
        if own != UNREACHABLE {
            return (ends, 1);
        }
        let mut count = 0;
        for chain in self.chains[node as usize].iter().flatten() {
            ends[count] = of(chain);
            count += 1;
        }
        (ends, count)
    }

    /// Along a chain that both lie on, in its direction.
    fn along(&self, from: u32, to: u32) -> u32 {
        let [first, second] = [from, to].map(|node| self.chains[node as usize]);
        let mut best = UNREACHABLE;
        for one in first.iter().flatten() {
            let same = |it: &&OnChain| it.chain == one.chain && it.passed_ms >= one.passed_ms;
            for other in second.iter().flatten().filter(same) {
                best = best.min(other.passed_ms - one.passed_ms);
            }
        }
        best
    }
}

/// Whether a node only gives a road its shape: two neighbours, and what comes from one goes on to the other.
fn is_between(roads: &Roads, node: u32, mode: usize) -> bool {
    let neighbours = |direction| {
        let mut found: Vec<u32> = roads.arcs(node, mode, direction).map(|(to, _)| to).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let (out, inn) = (neighbours(Direction::FromRoot), neighbours(Direction::ToRoot));
    match (out.as_slice(), inn.as_slice()) {
        ([to], [from]) => to != from && *to != node && *from != node,
        ([a, b], [c, d]) => a == c && b == d && *a != node && *b != node,
        _ => false,
    }
}

/// Follows a chain from a junction to the next, noting its nodes; tells the arc that stands for it.
fn follow(
    roads: &Roads,
    mode: usize,
    junction: &[u32],
    chains: &mut [[Option<OnChain>; 2]],
    number: u32,
    (start, first, first_ms): (u32, u32, u32),
) -> RawArc {
    let from = junction[start as usize];
    let (mut before, mut node, mut passed) = (start, first, first_ms);
    let mut on_way = Vec::new();
    while junction[node as usize] == UNREACHABLE {
        on_way.push((node, passed));
        let onward = roads.arcs(node, mode, Direction::FromRoot).filter(|(to, _)| *to != before);
        let Some((next, ms)) = onward.min_by_key(|&(_, ms)| ms) else { break };
        (before, node, passed) = (node, next, passed.saturating_add(ms));
    }
    let to = junction[node as usize];
    for (node, here) in on_way {
        let chain = OnChain { chain: number, from, passed_ms: here, to, left_ms: passed - here };
        // Parallel arcs make a second chain of the same direction; the shorter one counts.
        let places = &mut chains[node as usize];
        let same = places
            .iter()
            .position(|it| it.is_some_and(|it| it.from == from && it.to == to && from != to));
        let place = same.or_else(|| places.iter().position(Option::is_none)).unwrap_or(1);
        if places[place].is_none_or(|known| same.is_none() || here < known.passed_ms) {
            places[place] = Some(chain);
        }
    }
    RawArc { from, to, metres: 0.0, ms: vec![passed] }
}
