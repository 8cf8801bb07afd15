//! Driving times to one place, looked up: first the few roads above the place, then for each vehicle
//! the few above it. What was found for one vehicle is kept for the next.

use super::{AffectedArcs, Arcs, Hierarchy};
use crate::cost::costs::{CLOSED, Costs};
use crate::search::ends::{End, seeds_backwards};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// Tables kept by each thread for later questions; more are never open at once.
const MOST_KEPT: usize = 4;

thread_local! {
    static KEPT: RefCell<Vec<Table>> = const { RefCell::new(Vec::new()) };
}

/// What is known of a state.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Twice the number of the question, one more when the times are final.
    stamp: u32,
    /// The least time from the end of its road to the place, before conditions.
    ms: u32,
}

#[derive(Debug, Default)]
struct Table {
    entries: Vec<Entry>,
    /// The times over roads that no condition affects; used only under conditions.
    unaffected_ms: Vec<u32>,
    /// The final times of all states, one after the other, when all were asked for at once.
    swept_ms: Vec<u32>,
    is_swept: bool,
    question: u32,
    stack: Vec<u32>,
}

/// Times to one place.
#[derive(Debug)]
pub(crate) struct UpwardSearch {
    hierarchy: Arc<Hierarchy>,
    affected: Option<Arc<AffectedArcs>>,
    table: Table,
}

/// A time with and without conditions in mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    /// No route takes less.
    pub(crate) at_least: u32,
    /// A route that no condition affects takes this.
    pub(crate) unaffected: u32,
}

impl UpwardSearch {
    /// Begins with the ends of the journey; `affected` holds the marks of the conditions in `costs`.
    pub(crate) fn to(
        hierarchy: &Arc<Hierarchy>,
        affected: Option<Arc<AffectedArcs>>,
        costs: &Costs,
        ends: &[End],
    ) -> UpwardSearch {
        let mut table = KEPT.with(|kept| kept.borrow_mut().pop()).unwrap_or_default();
        table.begin(hierarchy.states(), affected.is_some());
        let mut upward = UpwardSearch { hierarchy: Arc::clone(hierarchy), affected, table };
        let mut above = BinaryHeap::new();
        for end in ends {
            seeds_backwards(costs, end, |state, ms| {
                let state = upward.hierarchy.number[state as usize];
                if upward.seed(state, ms, ms) {
                    above.push(Reverse(state));
                }
            });
        }
        upward.rise(above);
        upward
    }

    /// Carries the seeds to every more important state from which the place can be reached by ever less
    /// important ones. Arcs only rise, so that each state is done once.
    fn rise(&mut self, mut above: BinaryHeap<Reverse<u32>>) {
        let hierarchy = Arc::clone(&self.hierarchy);
        while let Some(Reverse(state)) = above.pop() {
            let ms = self.table.entries[state as usize].ms;
            for at in hierarchy.backwards.of(state) {
                let (from, arc_ms) = hierarchy.backwards.arcs[at];
                let unaffected = match &self.affected {
                    Some(affected) if affected.backwards[at] => CLOSED,
                    Some(_) => self.table.unaffected_ms[state as usize].saturating_add(arc_ms),
                    None => CLOSED,
                };
                if self.seed(from, ms.saturating_add(arc_ms), unaffected) {
                    above.push(Reverse(from));
                }
            }
        }
    }

    /// Offers times that are not final yet; true when the state is new.
    fn seed(&mut self, state: u32, ms: u32, unaffected_ms: u32) -> bool {
        let Table { entries, unaffected_ms: all_unaffected, question, .. } = &mut self.table;
        let entry = &mut entries[state as usize];
        let is_new = entry.stamp != *question * 2;
        *entry = if is_new {
            Entry { stamp: *question * 2, ms }
        } else {
            Entry { ms: entry.ms.min(ms), ..*entry }
        };
        if self.affected.is_some() {
            let known = &mut all_unaffected[state as usize];
            *known = if is_new { unaffected_ms } else { unaffected_ms.min(*known) };
        }
        is_new
    }

    /// The times from the end of a state's road to the place; `CLOSED` where there is no route.
    pub(crate) fn times(&mut self, state: u32) -> Times {
        let state = self.hierarchy.number[state as usize];
        let at_least = if self.table.is_swept {
            self.table.swept_ms[state as usize]
        } else {
            self.finished(state)
        };
        let unaffected = match self.affected {
            Some(_) => self.table.unaffected_ms[state as usize],
            None => at_least,
        };
        Times { at_least, unaffected }
    }

    fn finished(&mut self, state: u32) -> u32 {
        let is_final = self.table.question * 2 + 1;
        if self.table.entries[state as usize].stamp != is_final {
            self.finish(state, is_final);
        }
        self.table.entries[state as usize].ms
    }

    /// Makes a state final after all above it.
    fn finish(&mut self, state: u32, is_final: u32) {
        let UpwardSearch { hierarchy, affected, table } = self;
        table.stack.push(state);
        while let Some(&state) = table.stack.last() {
            if table.entries[state as usize].stamp == is_final {
                table.stack.pop();
                continue;
            }
            let waiting = table.stack.len();
            for &(to, _) in &hierarchy.onwards.arcs[hierarchy.onwards.of(state)] {
                if table.entries[to as usize].stamp != is_final {
                    table.stack.push(to);
                }
            }
            if table.stack.len() == waiting {
                table.settle(hierarchy, affected.as_deref(), state);
                table.stack.pop();
            }
        }
    }

    /// Prepares for so many vehicles: by a sweep where that is cheaper than an upward search from each.
    pub(crate) fn expect(&mut self, vehicles: usize) {
        let effort = self.hierarchy.effort;
        if effort.sweep < effort.upward(vehicles) {
            self.sweep();
        }
    }

    /// Makes all states final, the most important first: cheaper than one by one when most will be
    /// asked for.
    pub(crate) fn sweep(&mut self) {
        let UpwardSearch { hierarchy, affected, table } = self;
        let Table { entries, unaffected_ms, swept_ms, question, is_swept, .. } = table;
        *is_swept = true;
        let states = hierarchy.states();
        if swept_ms.len() < states {
            swept_ms.resize(states, CLOSED);
        }
        // A time that is final already is as good a start as a seed.
        let is_seeded = |state: usize| entries[state].stamp >= *question * 2;
        pass(
            &hierarchy.onwards,
            swept_ms,
            |state, _| {
                if is_seeded(state) { entries[state].ms } else { CLOSED }
            },
            |_| true,
        );
        if let Some(affected) = affected {
            pass(
                &hierarchy.onwards,
                unaffected_ms,
                |state, known| {
                    if is_seeded(state) { known } else { CLOSED }
                },
                |at| !affected.onwards[at],
            );
        }
    }
}

/// The time of every state from what it starts with (`seed`, given what stands in its place) and the arcs
/// that `counts` lets through, the most important state first.
#[inline]
fn pass(
    arcs: &Arcs,
    times: &mut [u32],
    seed: impl Fn(usize, u32) -> u32,
    counts: impl Fn(usize) -> bool,
) {
    let mut end = arcs.arcs.len();
    for state in (0..arcs.first.len() - 1).rev() {
        let mut ms = seed(state, times[state]);
        let first = arcs.first[state] as usize;
        for (at, &(to, arc_ms)) in (first..end).zip(&arcs.arcs[first..end]) {
            if counts(at) {
                ms = ms.min(times[to as usize].saturating_add(arc_ms));
            }
        }
        times[state] = ms;
        end = first;
    }
}

impl Table {
    fn begin(&mut self, states: usize, under_conditions: bool) {
        self.stack.clear();
        self.is_swept = false;
        if self.entries.len() < states {
            self.entries.resize(states, Entry::default());
        }
        if under_conditions && self.unaffected_ms.len() < states {
            self.unaffected_ms.resize(states, CLOSED);
        }
        self.question += 1;
        if self.question > u32::MAX / 2 - 1 {
            self.entries.fill(Entry::default());
            self.question = 1;
        }
    }

    /// Makes a state final; all above it are.
    #[inline]
    fn settle(&mut self, hierarchy: &Hierarchy, affected: Option<&AffectedArcs>, state: u32) {
        let is_final = self.question * 2 + 1;
        let entry = self.entries[state as usize];
        let is_seeded = entry.stamp + 1 == is_final;
        let range = hierarchy.onwards.of(state);
        let mut ms = if is_seeded { entry.ms } else { CLOSED };
        for &(to, arc_ms) in &hierarchy.onwards.arcs[range.clone()] {
            ms = ms.min(self.entries[to as usize].ms.saturating_add(arc_ms));
        }
        self.entries[state as usize] = Entry { stamp: is_final, ms };
        if let Some(affected) = affected {
            let mut ms = if is_seeded { self.unaffected_ms[state as usize] } else { CLOSED };
            for at in range.filter(|&at| !affected.onwards[at]) {
                let (to, arc_ms) = hierarchy.onwards.arcs[at];
                ms = ms.min(self.unaffected_ms[to as usize].saturating_add(arc_ms));
            }
            self.unaffected_ms[state as usize] = ms;
        }
    }
}

impl Drop for UpwardSearch {
    fn drop(&mut self) {
        let table = std::mem::take(&mut self.table);
        // A thread that ends has nothing to keep it in.
        let _ended = KEPT.try_with(|kept| {
            let mut kept = kept.borrow_mut();
            if kept.len() < MOST_KEPT {
                kept.push(table);
            }
        });
    }
}
