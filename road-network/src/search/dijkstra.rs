//! Dijkstra over states, forwards or backwards, with arrays that each thread keeps and reuses.
//! Labels are exact; there is no pruning that could change an answer.

use crate::cost::costs::{CLOSED, Costs};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Labels beyond this (24 days) are not followed: sums of costs must stay inside 32 bits.
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
    slots: Vec<Slot>,
    labelled: Vec<u32>,
    /// Key in the upper half, state in the lower. A radix heap was measured and was no faster.
    queue: BinaryHeap<Reverse<u64>>,
}

/// All that a search knows of a state, side by side because it is used together.
#[derive(Clone, Copy)]
struct Slot {
    label: u32,
    /// The state before (onwards) or after (backwards); valid where a label is.
    parent: u32,
    /// A number that the caller hangs on a direction; none between searches.
    mark: u32,
}

const EMPTY: Slot = Slot { label: CLOSED, parent: NONE, mark: NONE };

/// No parent, no mark.
pub(crate) const NONE: u32 = u32::MAX;

thread_local! {
    static KEPT: RefCell<Workspace> = RefCell::default();
}

/// Runs `work` with this thread's arrays, sized for the network.
pub(crate) fn with_workspace<R>(costs: &Costs, work: impl FnOnce(&mut Workspace) -> R) -> R {
    KEPT.with(|kept| match kept.try_borrow_mut() {
        Ok(mut kept) => {
            kept.fit(costs.state_ms.len());
            work(&mut kept)
        }
        Err(_) => {
            let mut own = Workspace::default();
            own.fit(costs.state_ms.len());
            work(&mut own)
        }
    })
}

impl Workspace {
    fn fit(&mut self, states: usize) {
        for state in self.labelled.drain(..) {
            self.slots[state as usize].label = CLOSED;
        }
        self.queue.clear();
        if self.slots.len() < states {
            self.slots.resize(states, EMPTY);
        }
    }

    pub(crate) fn label(&self, state: u32) -> u32 {
        self.slots[state as usize].label
    }

    pub(crate) fn parent(&self, state: u32) -> u32 {
        self.slots[state as usize].parent
    }

    pub(crate) fn mark(&self, arc: u32) -> u32 {
        self.slots[arc as usize].mark
    }

    /// Hangs a number on a direction and returns the one before. Whoever marks, unmarks.
    pub(crate) fn set_mark(&mut self, arc: u32, mark: u32) -> u32 {
        std::mem::replace(&mut self.slots[arc as usize].mark, mark)
    }

    /// Offers a first label. `bound` is added to it for the order of settling.
    pub(crate) fn seed(&mut self, state: u32, ms: u32, bound: u32) {
        self.offer(state, ms, bound, NONE);
    }

    #[inline]
    fn offer(&mut self, state: u32, ms: u32, bound: u32, parent: u32) {
        let slot = &mut self.slots[state as usize];
        if ms < slot.label {
            if slot.label == CLOSED {
                self.labelled.push(state);
            }
            (slot.label, slot.parent) = (ms, parent);
            let key = u64::from(ms.saturating_add(bound));
            self.queue.push(Reverse((key << 32) | u64::from(state)));
        }
    }

    /// Settles states in order until `settle` stops it or nothing is left.
    pub(crate) fn run(
        &mut self,
        costs: &Costs,
        sense: Sense,
        settle: impl FnMut(&mut Workspace, u32, u32) -> Next,
    ) {
        self.run_towards(costs, sense, |_| 0, settle);
    }

    /// The same, led by `bound`: a lower bound of what is still to come after a state's label,
    /// never sinking by more than what lies between two states.
    pub(crate) fn run_towards(
        &mut self,
        costs: &Costs,
        sense: Sense,
        bound: impl Fn(u32) -> u32,
        mut settle: impl FnMut(&mut Workspace, u32, u32) -> Next,
    ) {
        let network = &costs.network;
        while let Some(Reverse(entry)) = self.queue.pop() {
            let (key, state) = ((entry >> 32) as u32, entry as u32);
            let label = self.slots[state as usize].label;
            if key != label.saturating_add(bound(state)) {
                continue;
            }
            if settle(self, state, label) == Next::Stop {
                return;
            }
            let along = costs.state_ms[state as usize];
            if along == CLOSED || label >= FAR_MS {
                continue;
            }
            let reached = label + along;
            let mut relax = |(next, code): (u32, u8)| {
                let turn = costs.turn_ms[usize::from(code)];
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
