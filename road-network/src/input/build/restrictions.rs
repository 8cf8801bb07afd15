//! Signed turns as forbidden sequences of directions. A sequence of two is one turn; a longer
//! one is watched by states that remember how far along it a vehicle is.

use super::BuildReport;
use super::junctions::Junctions;
use crate::graph::turn::Signed;
use crate::input::plan::{PlannedRestriction, RestrictionVia};
use std::collections::{HashMap, HashSet};

/// A restriction runs over at most so many edges; longer ones are mapping mistakes, and
/// the search for them must end.
const LONGEST_VIA: usize = 12;

/// All forbidden sequences, and the states that watch the long ones.
#[derive(Default)]
pub(super) struct Forbidden {
    sequences: HashSet<Vec<u32>>,
    longest: usize,
    /// Beginnings of long sequences (two or more directions), in order of their state.
    watched: Vec<Vec<u32>>,
    number: HashMap<Vec<u32>, u32>,
}

impl Forbidden {
    /// The last direction of each watching state.
    pub(super) fn copies(&self) -> Vec<u32> {
        self.watched.iter().map(|path| path[path.len() - 1]).collect()
    }

    /// How a state was reached, as far as that matters, its own direction last.
    pub(super) fn path(&self, state: u32, arcs: u32, path: &mut Vec<u32>) {
        match state.checked_sub(arcs) {
            Some(copy) => path.extend(&self.watched[copy as usize]),
            None => path.push(state),
        }
    }

    /// The state after a path: the one that watches its longest watched ending.
    pub(super) fn state(&self, path: &[u32], arcs: u32) -> u32 {
        if !self.watched.is_empty() {
            for from in 0..path.len() - 1 {
                if let Some(&number) = self.number.get(&path[from..]) {
                    return arcs + number;
                }
            }
        }
        path[path.len() - 1]
    }

    /// Whether a sign forbids the last turn of the path.
    pub(super) fn signed(&self, path: &[u32], all: &Junctions<'_>) -> Signed {
        if self.sequences.is_empty() {
            return Signed::Allowed;
        }
        let from = path.len().saturating_sub(self.longest);
        let hit = (from..path.len() - 1).any(|from| self.sequences.contains(&path[from..]));
        if !hit {
            return Signed::Allowed;
        }
        let class = |arc: u32| all.edge(arc).road.class;
        Signed::forbidden(class(path[path.len() - 2]), class(path[path.len() - 1]))
    }

    fn add(&mut self, sequence: Vec<u32>) {
        self.longest = self.longest.max(sequence.len());
        for length in 2..sequence.len() {
            let beginning = sequence[..length].to_vec();
            if !self.number.contains_key(&beginning) {
                self.number.insert(beginning.clone(), self.watched.len() as u32);
                self.watched.push(beginning);
            }
        }
        self.sequences.insert(sequence);
    }
}

pub(super) fn resolve(all: &Junctions<'_>, report: &mut BuildReport) -> Forbidden {
    let mut forbidden = Forbidden::default();
    let mut by_line: HashMap<u32, Vec<u32>> = HashMap::new();
    for arc in 0..all.edges.len() as u32 * 2 {
        by_line.entry(all.line_at_end(arc)).or_default().push(arc);
    }
    let mut only: HashMap<Vec<u32>, HashSet<u32>> = HashMap::new();
    for restriction in &all.plan.restrictions {
        let turns = meant(all, restriction, &by_line);
        let found = !turns.is_empty();
        for (approach, target) in turns {
            if restriction.only {
                only.entry(approach).or_default().insert(target);
            } else {
                forbidden.add([approach.as_slice(), &[target]].concat());
            }
        }
        *(if found { &mut report.restrictions } else { &mut report.dead_restrictions }) += 1;
    }
    let mut only: Vec<_> = only.into_iter().collect();
    only.sort_by(|a, b| a.0.cmp(&b.0));
    for (approach, allowed) in only {
        let last = approach[approach.len() - 1];
        for next in all.following(last).filter(|next| !allowed.contains(next)) {
            forbidden.add([approach.as_slice(), &[next]].concat());
        }
    }
    forbidden
}

/// The turns that a sign speaks of: how one arrives, and into which direction one turns. Where a
/// road runs on through the junction it has two sides there, of which a sign never means both: the
/// turn it names decides, and a sign that leaves it open is left aside.
fn meant(
    all: &Junctions<'_>,
    restriction: &PlannedRestriction,
    by_line: &HashMap<u32, Vec<u32>>,
) -> Vec<(Vec<u32>, u32)> {
    let mut turns = Vec::new();
    for approach in approaches(all, by_line, restriction) {
        let last = approach[approach.len() - 1];
        let targets = all.following(last).filter(|&to| all.line_at_start(to) == restriction.to);
        turns.extend(targets.map(|to| (approach.clone(), to)));
    }
    let sides = |turns: &[(Vec<u32>, u32)]| {
        turns.iter().map(|(approach, to)| (approach[0], *to)).collect::<HashSet<_>>().len()
    };
    if sides(&turns) > 1 {
        let named = |(approach, to): &(Vec<u32>, u32)| {
            restriction.named.is_some_and(|turn| turn.fits(all.change_degrees(approach[0], *to)))
        };
        turns.retain(named);
        if sides(&turns) > 1 {
            turns.clear();
        }
    }
    turns
}

/// Every way to arrive at the place where the restricted turn is decided.
fn approaches(
    all: &Junctions<'_>,
    by_line: &HashMap<u32, Vec<u32>>,
    restriction: &PlannedRestriction,
) -> Vec<Vec<u32>> {
    let coming = by_line.get(&restriction.from).map_or(&[][..], Vec::as_slice);
    match &restriction.via {
        RestrictionVia::Point(point) => {
            coming.iter().filter(|&&arc| all.end(arc) == *point).map(|&arc| vec![arc]).collect()
        }
        RestrictionVia::Lines(lines) => {
            let mut paths = Vec::new();
            for &arc in coming {
                let mut path = vec![arc];
                walk(all, lines, restriction.to, &mut path, &mut paths);
            }
            paths
        }
    }
}

fn walk(
    all: &Junctions<'_>,
    lines: &[u32],
    to: u32,
    path: &mut Vec<u32>,
    paths: &mut Vec<Vec<u32>>,
) {
    let last = path[path.len() - 1];
    if path.len() > LONGEST_VIA {
        return;
    }
    let over_all = path.len() > 1
        && lines.iter().all(|line| path.iter().any(|&arc| all.line_at_end(arc) == *line));
    if over_all && all.following(last).any(|next| all.line_at_start(next) == to) {
        paths.push(path.clone());
        return;
    }
    let followers: Vec<u32> = all.following(last).collect();
    for next in followers {
        let on_via = lines.contains(&all.line_at_start(next));
        if on_via && !path.contains(&next) && !path.contains(&(next ^ 1)) {
            path.push(next);
            walk(all, lines, to, path, paths);
            path.pop();
        }
    }
}
