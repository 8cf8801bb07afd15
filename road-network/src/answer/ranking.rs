//! Many vehicles to one place, and one place to many: exact, by one search that stops as soon
//! as no vehicle still out can change the answer.

use crate::cost::costs::{CLOSED, Costs};
use crate::graph::snap::OnRoad;
use crate::search::dijkstra::{NONE, Next, Sense, Workspace, with_workspace};
use crate::search::ends::{End, arrivals, departures, direct, off_road_ms, seeds_backwards};
use serde::Serialize;

/// Below this many wanted answers the list of the best is kept sorted as it grows; above, it
/// is looked over every so many settled states.
const FEW: usize = 64;
/// How many states are settled between two looks at a long list.
const LOOK_EVERY: usize = 1024;

/// A vehicle that might be sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// Where it is.
    pub at: OnRoad,
    /// What else counts for it, in seconds: departure delay, wait until free, penalties.
    /// Negative or not finite counts as 0; more than a week counts as a week.
    pub added_seconds: f64,
}

/// A vehicle with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Ranked {
    /// Driving time and added time together, milliseconds.
    pub total_ms: u32,
    /// Its place in the list that was given.
    pub start: usize,
    /// Driving time, access to and from the road included, milliseconds.
    pub travel_ms: u32,
    /// Added time, milliseconds.
    pub added_ms: u32,
}

struct Waiting {
    arc: u32,
    start: u32,
    /// Everything except the search's own label.
    offset_ms: u32,
    next: u32,
}

/// The best `k` of the starts by total time, best first; equal times in the order given.
/// Starts from which the goal cannot be reached are left out. `None` when more than `most_settled`
/// states would have to be looked at.
pub(crate) fn to_one(
    costs: &Costs,
    starts: &[Start],
    goal: &OnRoad,
    k: usize,
    most_settled: usize,
) -> Option<Vec<Ranked>> {
    if k == 0 || starts.is_empty() {
        return Some(Vec::new());
    }
    with_workspace(costs, |work| {
        let mut ranking = Ranking::new(costs, starts, goal, k, work);
        for end in arrivals(costs, goal).iter() {
            seeds_backwards(costs, end, |state, ms| work.seed(state, ms, 0));
        }
        let mut is_whole = true;
        work.run(costs, Sense::Backwards, |work, state, label| {
            is_whole = ranking.settled < most_settled;
            if !is_whole {
                return Next::Stop;
            }
            ranking.settle(work, costs.network.arc_of(state), label)
        });
        let ranked = ranking.finish(work);
        is_whole.then_some(ranked)
    })
}

struct Ranking {
    added_ms: Vec<u32>,
    best_ms: Vec<u32>,
    waiting: Vec<Waiting>,
    /// Waiting entries by offset; those before `passed` are settled.
    by_offset: Vec<u32>,
    passed: usize,
    done: Vec<bool>,
    k: usize,
    /// The best so far, sorted, while `k` is small.
    leading: Vec<(u32, u32)>,
    settled: usize,
    /// The k-th best total, as last looked up.
    limit_ms: u32,
}

impl Ranking {
    fn new(
        costs: &Costs,
        starts: &[Start],
        goal: &OnRoad,
        k: usize,
        work: &mut Workspace,
    ) -> Ranking {
        let mut ranking = Ranking {
            added_ms: starts.iter().map(|start| added_ms(start.added_seconds)).collect(),
            best_ms: vec![CLOSED; starts.len()],
            waiting: Vec::with_capacity(starts.len() * 2),
            by_offset: Vec::new(),
            passed: 0,
            done: Vec::new(),
            k: k.min(starts.len()),
            leading: Vec::new(),
            settled: 0,
            limit_ms: CLOSED,
        };
        let ends = arrivals(costs, goal);
        let goal_off_ms = off_road_ms(costs, goal);
        for (number, start) in starts.iter().enumerate() {
            let fixed = ranking.added_ms[number] + off_road_ms(costs, &start.at) + goal_off_ms;
            for leave in departures(costs, &start.at).iter() {
                for ms in ends.iter().filter_map(|end| direct(costs, leave, end)) {
                    ranking.found(number as u32, fixed + ms);
                }
                let next = work.set_mark(leave.arc, ranking.waiting.len() as u32);
                let (arc, start) = (leave.arc, number as u32);
                ranking.waiting.push(Waiting { arc, start, offset_ms: fixed + leave.ms, next });
            }
        }
        ranking.by_offset = (0..ranking.waiting.len() as u32).collect();
        ranking.by_offset.sort_unstable_by_key(|&it| ranking.waiting[it as usize].offset_ms);
        ranking.done = vec![false; ranking.waiting.len()];
        ranking
    }

    fn settle(&mut self, work: &mut Workspace, arc: u32, label: u32) -> Next {
        let mut entry = work.mark(arc);
        while entry != NONE {
            let Waiting { start, offset_ms, next, .. } = self.waiting[entry as usize];
            // The first state of a direction to be settled is its best.
            if !std::mem::replace(&mut self.done[entry as usize], true) {
                self.found(start, label.saturating_add(offset_ms));
            }
            entry = next;
        }
        self.settled += 1;
        while self.by_offset.get(self.passed).is_some_and(|&it| self.done[it as usize]) {
            self.passed += 1;
        }
        let Some(&first) = self.by_offset.get(self.passed) else { return Next::Stop };
        if self.k > FEW && self.settled.is_multiple_of(LOOK_EVERY) {
            self.limit_ms = self.look();
        }
        // No vehicle still waiting can arrive before the search's radius plus the least that
        // any of them adds: once that exceeds the k-th best, the answer is complete.
        let least = label.saturating_add(self.waiting[first as usize].offset_ms);
        if least > self.limit_ms { Next::Stop } else { Next::Go }
    }

    fn found(&mut self, start: u32, total_ms: u32) {
        let best = &mut self.best_ms[start as usize];
        if total_ms >= *best {
            return;
        }
        let before = std::mem::replace(best, total_ms);
        if self.k > FEW {
            return;
        }
        if let Ok(place) = self.leading.binary_search(&(before, start)) {
            self.leading.remove(place);
        }
        let place = self.leading.partition_point(|&other| other < (total_ms, start));
        self.leading.insert(place, (total_ms, start));
        self.leading.truncate(self.k);
        if self.leading.len() == self.k {
            self.limit_ms = self.leading[self.k - 1].0;
        }
    }

    fn look(&self) -> u32 {
        let mut best = self.best_ms.clone();
        *best.select_nth_unstable(self.k - 1).1
    }

    fn finish(self, work: &mut Workspace) -> Vec<Ranked> {
        for entry in &self.waiting {
            work.set_mark(entry.arc, NONE);
        }
        let mut ranked: Vec<Ranked> = self
            .best_ms
            .iter()
            .zip(&self.added_ms)
            .enumerate()
            .filter(|(_, (total, _))| **total != CLOSED)
            .map(|(start, (&total_ms, &added_ms))| Ranked {
                total_ms,
                start,
                travel_ms: total_ms - added_ms,
                added_ms,
            })
            .collect();
        ranked.sort_unstable();
        ranked.truncate(self.k);
        ranked
    }
}

pub(crate) fn added_ms(seconds: f64) -> u32 {
    if seconds.is_finite() { (seconds.clamp(0.0, 604_800.0) * 1000.0).round() as u32 } else { 0 }
}

/// Offers the labels of a journey's beginning to an onward search.
pub(crate) fn seed_onwards(
    costs: &Costs,
    work: &mut Workspace,
    leave: &End,
    bound: impl Fn(u32) -> u32,
) {
    for (next, code) in costs.network.turns(leave.arc) {
        let turn = costs.turn_ms[usize::from(code)];
        if turn != CLOSED {
            work.seed(next, turn + leave.ms, bound(next));
        }
    }
}

/// Driving time in milliseconds from one place to each goal; `None` where there is no route.
pub(crate) fn from_one(costs: &Costs, start: &OnRoad, goals: &[OnRoad]) -> Vec<Option<u32>> {
    with_workspace(costs, |work| {
        let leaves = departures(costs, start);
        let start_off_ms = off_road_ms(costs, start);
        let mut best = vec![CLOSED; goals.len()];
        let mut waiting: Vec<Waiting> = Vec::with_capacity(goals.len() * 2);
        for (number, goal) in goals.iter().enumerate() {
            let fixed = start_off_ms + off_road_ms(costs, goal);
            for end in arrivals(costs, goal).iter() {
                for ms in leaves.iter().filter_map(|leave| direct(costs, leave, end)) {
                    best[number] = best[number].min(fixed + ms);
                }
                let here = waiting.len() as u32;
                let next = work.set_mark(end.arc, here);
                let (arc, start) = (end.arc, number as u32);
                waiting.push(Waiting { arc, start, offset_ms: fixed + end.ms, next });
            }
        }
        for leave in leaves.iter() {
            seed_onwards(costs, work, leave, |_| 0);
        }
        let mut done = vec![false; waiting.len()];
        let mut open = waiting.len();
        work.run(costs, Sense::Onwards, |work, state, label| {
            let mut entry = work.mark(costs.network.arc_of(state));
            while entry != NONE {
                let Waiting { start, offset_ms, next, .. } = waiting[entry as usize];
                if !std::mem::replace(&mut done[entry as usize], true) {
                    open -= 1;
                    let best = &mut best[start as usize];
                    *best = (*best).min(label.saturating_add(offset_ms));
                }
                entry = next;
            }
            if open == 0 { Next::Stop } else { Next::Go }
        });
        for entry in &waiting {
            work.set_mark(entry.arc, NONE);
        }
        best.into_iter().map(|ms| (ms != CLOSED).then_some(ms)).collect()
    })
}
