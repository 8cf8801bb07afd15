//! One search backwards that goes on only as far as each question needs.

use crate::cost::costs::{CLOSED, Costs};
use crate::graph::snap::OnRoad;
use crate::search::dijkstra::FAR_MS;
use crate::search::ends::{Ends, departures, direct, seeds_backwards};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Lists of labels kept by each thread for later searches; more are never open at once.
const MOST_KEPT: usize = 4;

thread_local! {
    /// Every label in them is `CLOSED`.
    static KEPT: RefCell<Vec<Vec<u32>>> = const { RefCell::new(Vec::new()) };
}

/// Driving time on the road, as far as it was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// So many milliseconds; `CLOSED` where there is no route.
    Takes(u32),
    /// Longer than was asked for.
    Longer,
    /// To know it, more states would have to be settled than were affordable.
    TooDear,
}

#[derive(Debug)]
pub(super) struct Search {
    /// By state: the time from the end of its road to the goal.
    label: Vec<u32>,
    /// States that have a label.
    labelled: Vec<u32>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    /// Labels up to this are final.
    radius_ms: u32,
    pub(super) settled: usize,
}

impl Search {
    pub(super) fn new(costs: &Costs, ends: &Ends) -> Search {
        let mut label = KEPT.with(|kept| kept.borrow_mut().pop()).unwrap_or_default();
        if label.len() < costs.state_ms.len() {
            label.resize(costs.state_ms.len(), CLOSED);
        }
        let (labelled, heap) = (Vec::new(), BinaryHeap::new());
        let mut search = Search { label, labelled, heap, radius_ms: 0, settled: 0 };
        for end in ends.iter() {
            seeds_backwards(costs, end, |before, ms| search.offer(before, ms));
        }
        search
    }

    /// Driving time of one vehicle if it is no more than `most_ms`; settles no more states than are
    /// affordable.
    pub(super) fn ms(
        &mut self,
        costs: &Costs,
        ends: &Ends,
        start: &OnRoad,
        most_ms: u32,
        mut affordable: usize,
    ) -> Found {
        let leaves = departures(costs, start);
        let mut best = CLOSED;
        for leave in leaves.iter() {
            let direct_ms = ends.iter().filter_map(|end| direct(costs, leave, end));
            best = direct_ms.fold(best, u32::min);
        }
        loop {
            let mut is_open = false;
            for leave in leaves.iter() {
                let label = self.label[leave.arc as usize];
                let at_least = self.radius_ms.saturating_add(leave.ms);
                if label != CLOSED && label <= self.radius_ms {
                    best = best.min(label.saturating_add(leave.ms));
                } else if at_least < best && at_least <= most_ms {
                    is_open = true;
                }
            }
            if !is_open {
                let is_known = best != CLOSED || self.radius_ms == CLOSED - 1 || leaves.is_empty();
                return if is_known { Found::Takes(best) } else { Found::Longer };
            }
            if affordable == 0 {
                return Found::TooDear;
            }
            if !self.settle_next(costs) {
                return Found::Takes(best);
            }
            affordable -= 1;
        }
    }

    /// Settles one more state; false when every state has been.
    fn settle_next(&mut self, costs: &Costs) -> bool {
        while let Some(Reverse((label, state))) = self.heap.pop() {
            if label != self.label[state as usize] {
                continue;
            }
            self.radius_ms = label;
            self.settled += 1;
            let along = costs.state_ms[state as usize];
            if along != CLOSED && label < FAR_MS {
                for (before, code) in costs.network.turns_into(state) {
                    let turn = costs.turn_ms[usize::from(code)];
                    if turn != CLOSED {
                        self.offer(before, label + along + turn);
                    }
                }
            }
            return true;
        }
        let is_new = self.radius_ms != CLOSED - 1;
        self.radius_ms = CLOSED - 1;
        is_new
    }

    fn offer(&mut self, state: u32, ms: u32) {
        let label = &mut self.label[state as usize];
        if ms < *label {
            if *label == CLOSED {
                self.labelled.push(state);
            }
            *label = ms;
            self.heap.push(Reverse((ms, state)));
        }
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        let mut label = std::mem::take(&mut self.label);
        for &state in &self.labelled {
            label[state as usize] = CLOSED;
        }
        // A thread that ends has nothing to keep it in.
        let _ended = KEPT.try_with(|kept| {
            let mut kept = kept.borrow_mut();
            if kept.len() < MOST_KEPT {
                kept.push(label);
            }
        });
    }
}
