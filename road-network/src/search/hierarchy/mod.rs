//! A contraction hierarchy over the states of a network: what lies between two places is looked up
//! along few arcs that lead to more and more important roads. Made once for base costs; closed
//! and slow roads lie over it as marks, so that nothing is made again when they change.

mod affected_arcs;
mod contract;
mod effort;
mod upward_search;

pub(crate) use affected_arcs::AffectedArcs;
pub(crate) use effort::Effort;
pub(crate) use upward_search::UpwardSearch;

use crate::cost::costs::Costs;

/// No state is left out in the middle: an arc of the network itself.
const PLAIN: u32 = u32::MAX;

/// Arcs and their order. States are numbered by importance here, the least important first.
#[derive(Debug)]
pub(crate) struct Hierarchy {
    /// By state: its number here.
    number: Vec<u32>,
    /// From a state to more important ones.
    onwards: Arcs,
    /// From more important ones to a state.
    backwards: Arcs,
    /// How long lookups are likely to take.
    pub(crate) effort: Effort,
}

/// Arcs by the less important of their two states.
#[derive(Debug, Default)]
struct Arcs {
    first: Vec<u32>,
    /// The more important state, and the time from the end of one road to the end of the other.
    arcs: Vec<(u32, u32)>,
    /// The state over which an arc leads, or `PLAIN`.
    over: Vec<u32>,
}

impl Arcs {
    fn of(&self, state: u32) -> std::ops::Range<usize> {
        self.first[state as usize] as usize..self.first[state as usize + 1] as usize
    }
}

impl Hierarchy {
    /// Makes the hierarchy of costs that no condition lies over. Takes seconds for a town and up to
    /// minutes for a province.
    pub(crate) fn over(costs: &Costs) -> Hierarchy {
        contract::contract(costs)
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        let arcs = |it: &Arcs| it.first.len() * 4 + it.arcs.len() * 8 + it.over.len() * 4;
        self.number.len() * 4 + arcs(&self.onwards) + arcs(&self.backwards)
    }

    fn states(&self) -> usize {
        self.number.len()
    }
}
