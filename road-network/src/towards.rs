//! Vehicles asked for one after the other, all bound for one place: one search backwards that
//! goes on only as far as each question needs and keeps what it has found.

use crate::search::FAR_MS;
use crate::snap::OnRoad;
use crate::travel::{End, arrivals, departures, direct, off_road_ms};
use crate::weights::{CLOSED, Weights};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// A search backwards from one place, to be asked for any number of vehicles in any order.
/// Each answer equals that of a search made for it alone.
#[derive(Debug)]
pub struct Towards {
    weights: Arc<Weights>,
    ends: Vec<End>,
    goal_off_ms: u32,
    /// By state: the time from the end of its road to the goal.
    label: Vec<u32>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    /// Labels up to this are final.
    radius_ms: u32,
}

impl Towards {
    /// Begins a search; nothing is looked at before the first question.
    pub fn new(weights: Arc<Weights>, goal: &OnRoad) -> Towards {
        let ends = arrivals(&weights, goal);
        let mut search = Towards {
            goal_off_ms: off_road_ms(&weights, goal),
            label: vec![CLOSED; weights.state_ms.len()],
            heap: BinaryHeap::new(),
            radius_ms: 0,
            ends,
            weights,
        };
        for end in search.ends.clone() {
            let states: Vec<u32> = search.weights.network.states_of(end.arc).collect();
            for state in states {
                search.reach(state, end.ms);
            }
        }
        search
    }

    /// Driving time in milliseconds of one vehicle, the way to and from the road included;
    /// `None` where there is no way.
    pub fn travel_ms(&mut self, start: &OnRoad) -> Option<u32> {
        let leaves = departures(&self.weights, start);
        let mut best = CLOSED;
        for leave in &leaves {
            let ways = self.ends.iter().filter_map(|end| direct(&self.weights, leave, end));
            best = ways.fold(best, u32::min);
        }
        loop {
            let mut is_open = false;
            for leave in &leaves {
                let label = self.label[leave.arc as usize];
                if label != CLOSED && label <= self.radius_ms {
                    best = best.min(label.saturating_add(leave.ms));
                } else if self.radius_ms.saturating_add(leave.ms) < best {
                    is_open = true;
                }
            }
            if !is_open || !self.settle_next() {
                break;
            }
        }
        let fixed = off_road_ms(&self.weights, start) + self.goal_off_ms;
        (best != CLOSED).then(|| best.saturating_add(fixed))
    }

    /// Settles one more state; false when every state has been.
    fn settle_next(&mut self) -> bool {
        while let Some(Reverse((label, state))) = self.heap.pop() {
            if label != self.label[state as usize] {
                continue;
            }
            self.radius_ms = label;
            let along = self.weights.state_ms[state as usize];
            if along != CLOSED && label < FAR_MS {
                self.reach(state, label + along);
            }
            return true;
        }
        let is_new = self.radius_ms != CLOSED - 1;
        self.radius_ms = CLOSED - 1;
        is_new
    }

    /// Offers labels to all states from which one turns into `state`, `ms` before the goal.
    fn reach(&mut self, state: u32, ms: u32) {
        let Towards { weights, label, heap, .. } = self;
        for (before, code) in weights.network.turns_into(state) {
            let turn = weights.turn_ms[usize::from(code)];
            if turn != CLOSED && ms + turn < label[before as usize] {
                label[before as usize] = ms + turn;
                heap.push(Reverse((ms + turn, before)));
            }
        }
    }
}

impl Weights {
    /// Nothing moves faster than this under these weights, metres a second.
    pub fn top_speed_mps(&self) -> f64 {
        self.top_m_per_ms * 1000.0
    }
}
