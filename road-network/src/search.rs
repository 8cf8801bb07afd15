//! Dijkstra over states, forwards or backwards, with arrays that each thread keeps and reuses.
//! Labels are exact; there is no pruning that could change an answer.

use crate::weights::{CLOSED, Weights};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Labels beyond this (24 days) are not followed: sums of weights must stay inside 32 bits.
pub(crate) const FAR_MS: u32 = 1 << 31;

/// Whether a search goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Go,
    Stop,
}

/// From where to where labels spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A label is the time at which a state's road is entered.
    Onwards,
    /// A label is the time from the end of a state's road to the goal.
    Backwards,
}

/// Arrays for one search, kept between searches.
#[derive(Default)]
pub(crate) struct Workspace {
    label: Vec<u32>,
    /// The state before (onwards) or after (backwards); valid where a label is.
    pub(crate) parent: Vec<u32>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<u64>>,
    /// Numbers that callers hang on directions; empty between searches.
    pub(crate) marks: Vec<u32>,
    /// How many states the last search settled.
    pub(crate) settled: usize,
}

/// No parent, no mark.
pub(crate) const NONE: u32 = u32::MAX;

thread_local! {
    static KEPT: RefCell<Workspace> = RefCell::default();
}

/// Runs `work` with this thread's arrays, sized for the network.
pub(crate) fn with_workspace<R>(weights: &Weights, work: impl FnOnce(&mut Workspace) -> R) -> R {
    KEPT.with(|kept| match kept.try_borrow_mut() {
        Ok(mut kept) => {
            kept.fit(weights.state_ms.len());
            work(&mut kept)
        }
        Err(_) => {
            let mut own = Workspace::default();
            own.fit(weights.state_ms.len());
            work(&mut own)
        }
    })
}

impl Workspace {
    fn fit(&mut self, states: usize) {
        self.clear();
        if self.label.len() < states {
            self.label.resize(states, CLOSED);
            self.parent.resize(states, NONE);
            self.marks.resize(states, NONE);
        }
    }

    pub(crate) fn clear(&mut self) {
        for state in self.touched.drain(..) {
            self.label[state as usize] = CLOSED;
        }
        self.heap.clear();
        self.settled = 0;
    }

    pub(crate) fn label(&self, state: u32) -> u32 {
        self.label[state as usize]
    }

    /// Offers a first label. `bound` is added to it for the order of settling.
    pub(crate) fn seed(&mut self, state: u32, ms: u32, bound: u32) {
        self.offer(state, ms, bound, NONE);
    }

    #[inline]
    fn offer(&mut self, state: u32, ms: u32, bound: u32, parent: u32) {
        let known = &mut self.label[state as usize];
        if ms < *known {
            if *known == CLOSED {
                self.touched.push(state);
            }
            *known = ms;
            self.parent[state as usize] = parent;
            let key = u64::from(ms.saturating_add(bound));
            self.heap.push(Reverse((key << 32) | u64::from(state)));
        }
    }

    /// Settles states in order until `settle` stops it or nothing is left.
    pub(crate) fn run(
        &mut self,
        weights: &Weights,
        sense: Sense,
        settle: impl FnMut(&mut Workspace, u32, u32) -> Next,
    ) {
        self.run_towards(weights, sense, |_| 0, settle);
    }

    /// The same, led by `bound`: a lower bound of what is still to come after a state's label,
    /// never sinking by more than what lies between two states.
    pub(crate) fn run_towards(
        &mut self,
        weights: &Weights,
        sense: Sense,
        bound: impl Fn(u32) -> u32,
        mut settle: impl FnMut(&mut Workspace, u32, u32) -> Next,
    ) {
        let network = &weights.network;
        while let Some(Reverse(entry)) = self.heap.pop() {
            let state = entry as u32;
            let label = self.label[state as usize];
            if (entry >> 32) as u32 != label.saturating_add(bound(state)) {
                continue;
            }
            self.settled += 1;
            if settle(self, state, label) == Next::Stop {
                return;
            }
            let along = weights.state_ms[state as usize];
            if along == CLOSED || label >= FAR_MS {
                continue;
            }
            let reached = label + along;
            let mut relax = |(next, code): (u32, u8)| {
                let turn = weights.turn_ms[usize::from(code)];
                if turn != CLOSED {
                    self.offer(next, reached + turn, bound(next), state);
                }
            };
            match sense {
                Sense::Onwards => network.turns(state).for_each(&mut relax),
                Sense::Backwards => network.turns_into(state).for_each(&mut relax),
            }
        }
    }
}
