//! Which arcs of a hierarchy lead over roads that a condition made slower or closed.

use super::{Arcs, Hierarchy, PLAIN};

/// Marks on the arcs of a hierarchy.
#[derive(Debug)]
pub(crate) struct AffectedArcs {
    pub(super) onwards: Vec<bool>,
    pub(super) backwards: Vec<bool>,
}

impl AffectedArcs {
    /// Marks every arc that leads over one of these states, their own roads at its end included.
    pub(crate) fn by(hierarchy: &Hierarchy, states: &[u32]) -> AffectedArcs {
        let mut slower = vec![false; hierarchy.states()];
        for &state in states {
            slower[hierarchy.number[state as usize] as usize] = true;
        }
        let mut affected = AffectedArcs {
            onwards: vec![false; hierarchy.onwards.arcs.len()],
            backwards: vec![false; hierarchy.backwards.arcs.len()],
        };
        // What an arc stands for lies at a less important state and is marked before it.
        let mut any = vec![false; hierarchy.states()];
        for state in 0..hierarchy.states() as u32 {
            for at in hierarchy.onwards.of(state) {
                let (to, _) = hierarchy.onwards.arcs[at];
                affected.onwards[at] = match hierarchy.onwards.over[at] {
                    PLAIN => slower[to as usize],
                    over => any[over as usize] && affected.over(hierarchy, state, over, to),
                };
                any[state as usize] |= affected.onwards[at];
            }
            for at in hierarchy.backwards.of(state) {
                let (from, _) = hierarchy.backwards.arcs[at];
                affected.backwards[at] = match hierarchy.backwards.over[at] {
                    PLAIN => slower[state as usize],
                    over => any[over as usize] && affected.over(hierarchy, from, over, state),
                };
                any[state as usize] |= affected.backwards[at];
            }
        }
        affected
    }

    /// How many arcs are marked.
    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.onwards.iter().chain(&self.backwards).filter(|it| **it).count()
    }

    /// Whether one of the two arcs that an arc over a state stands for is marked.
    fn over(&self, hierarchy: &Hierarchy, from: u32, over: u32, to: u32) -> bool {
        let marked = |arcs: &Arcs, marks: &[bool], other: u32| {
            arcs.of(over).any(|at| arcs.arcs[at].0 == other && marks[at])
        };
        marked(&hierarchy.backwards, &self.backwards, from)
            || marked(&hierarchy.onwards, &self.onwards, to)
    }
}
