//! Vehicles asked for one after the other, all bound for one place: looked up in the hierarchy, or found
//! by one search backwards that goes on only as far as each question needs. What was found is kept.

use crate::hierarchy::Climb;
use crate::lookup::journey;
use crate::search::FAR_MS;
use crate::snap::OnRoad;
use crate::travel::{Ends, arrivals, departures, direct, off_road_ms, seeds_backwards};
use crate::weights::{CLOSED, Weights};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// Journeys to one place, to be asked for any number of vehicles in any order. Each answer equals that
/// of a search made for it alone.
#[derive(Debug)]
pub struct Towards {
    weights: Arc<Weights>,
    ends: Ends,
    goal_off_ms: u32,
    /// The hierarchy's answers; nothing before it is made.
    climb: Option<Climb>,
    /// What the hierarchy cannot answer under the conditions is searched for.
    search: Option<Search>,
}

impl Towards {
    /// Begins; nothing is searched before the first question.
    pub fn new(weights: Arc<Weights>, goal: &OnRoad) -> Towards {
        let ends = arrivals(&weights, goal);
        let climb = weights.climb(&ends);
        let goal_off_ms = off_road_ms(&weights, goal);
        Towards { goal_off_ms, climb, search: None, ends, weights }
    }

    /// The driving times of many vehicles, in their order.
    pub fn travel_ms_of(&mut self, starts: &[OnRoad]) -> Vec<Option<u32>> {
        if let Some(climb) = &mut self.climb {
            climb.expect(starts.len());
        }
        starts.iter().map(|start| self.travel_ms(start)).collect()
    }

    /// Driving time in milliseconds of one vehicle, the way to and from the road included;
    /// `None` where there is no way.
    pub fn travel_ms(&mut self, start: &OnRoad) -> Option<u32> {
        let Towards { weights, ends, climb, search, goal_off_ms } = self;
        let looked_up = climb.as_mut().map(|climb| journey(weights, start, ends, climb));
        let ms = match looked_up.filter(|found| found.is_exact()) {
            Some(found) => found.at_least_ms,
            None => {
                search.get_or_insert_with(|| Search::new(weights, ends)).ms(weights, ends, start)
            }
        };
        let fixed = off_road_ms(weights, start) + *goal_off_ms;
        (ms != CLOSED).then(|| ms.saturating_add(fixed))
    }
}

/// One search backwards that goes on only as far as each question needs.
#[derive(Debug)]
struct Search {
    /// By state: the time from the end of its road to the goal.
    label: Vec<u32>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    /// Labels up to this are final.
    radius_ms: u32,
}

impl Search {
    fn new(weights: &Weights, ends: &Ends) -> Search {
        let label = vec![CLOSED; weights.state_ms.len()];
        let mut search = Search { label, heap: BinaryHeap::new(), radius_ms: 0 };
        for end in ends.iter() {
            seeds_backwards(weights, end, |before, ms| search.offer(before, ms));
        }
        search
    }

    /// Driving time on the road; `CLOSED` where there is no way.
    fn ms(&mut self, weights: &Weights, ends: &Ends, start: &OnRoad) -> u32 {
        let leaves = departures(weights, start);
        let mut best = CLOSED;
        for leave in leaves.iter() {
            let ways = ends.iter().filter_map(|end| direct(weights, leave, end));
            best = ways.fold(best, u32::min);
        }
        loop {
            let mut is_open = false;
            for leave in leaves.iter() {
                let label = self.label[leave.arc as usize];
                if label != CLOSED && label <= self.radius_ms {
                    best = best.min(label.saturating_add(leave.ms));
                } else if self.radius_ms.saturating_add(leave.ms) < best {
                    is_open = true;
                }
            }
            if !is_open || !self.settle_next(weights) {
                return best;
            }
        }
    }

    /// Settles one more state; false when every state has been.
    fn settle_next(&mut self, weights: &Weights) -> bool {
        while let Some(Reverse((label, state))) = self.heap.pop() {
            if label != self.label[state as usize] {
                continue;
            }
            self.radius_ms = label;
            let along = weights.state_ms[state as usize];
            if along != CLOSED && label < FAR_MS {
                for (before, code) in weights.network.turns_into(state) {
                    let turn = weights.turn_ms[usize::from(code)];
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
        if ms < self.label[state as usize] {
            self.label[state as usize] = ms;
            self.heap.push(Reverse((ms, state)));
        }
    }
}

impl Weights {
    /// Nothing moves faster than this under these weights, metres a second.
    pub fn top_speed_mps(&self) -> f64 {
        self.top_m_per_ms * 1000.0
    }
}
