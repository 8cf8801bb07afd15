//! The slow, obvious way: relax every turn again and again until nothing changes.

use crate::answer::ranking::Start;
use crate::cost::costs::CLOSED;
use crate::graph::snap::OnRoad;
use crate::search::ends::{arrivals, departures, direct, off_road_ms};
use crate::search::weights::Weights;

/// Driving time from one place to every goal, milliseconds.
pub(super) fn times(weights: &Weights, start: &OnRoad, goals: &[OnRoad]) -> Vec<Option<u32>> {
    let costs = &weights.costs;
    let network = &costs.network;
    let mut entered = vec![u64::MAX; network.states()];
    for leave in departures(costs, start).iter() {
        for (next, code) in network.turns(leave.arc) {
            let turn = costs.turn_ms[usize::from(code)];
            if turn != CLOSED {
                let at = &mut entered[next as usize];
                *at = (*at).min(u64::from(leave.ms) + u64::from(turn));
            }
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for state in 0..network.states() as u32 {
            let along = costs.state_ms[state as usize];
            if entered[state as usize] == u64::MAX || along == CLOSED {
                continue;
            }
            let end = entered[state as usize] + u64::from(along);
            for (next, code) in network.turns(state) {
                let turn = costs.turn_ms[usize::from(code)];
                if turn != CLOSED && end + u64::from(turn) < entered[next as usize] {
                    entered[next as usize] = end + u64::from(turn);
                    changed = true;
                }
            }
        }
    }
    goals.iter().map(|goal| arrive(weights, start, goal, &entered)).collect()
}

fn arrive(weights: &Weights, start: &OnRoad, goal: &OnRoad, entered: &[u64]) -> Option<u32> {
    let costs = &weights.costs;
    let network = &costs.network;
    let mut best = u64::MAX;
    for end in arrivals(costs, goal).iter() {
        for state in (0..network.states() as u32).filter(|&it| network.arc_of(it) == end.arc) {
            best = best.min(entered[state as usize].saturating_add(u64::from(end.ms)));
        }
        for leave in departures(costs, start).iter() {
            best = best.min(direct(costs, leave, end).map_or(u64::MAX, u64::from));
        }
    }
    let off = u64::from(off_road_ms(costs, start)) + u64::from(off_road_ms(costs, goal));
    (best != u64::MAX).then(|| (best + off) as u32)
}

/// Every vehicle ranked: total time, then place in the list.
pub(super) fn ranking(weights: &Weights, starts: &[Start], goal: &OnRoad) -> Vec<(u32, usize)> {
    let mut ranked: Vec<(u32, usize)> = starts
        .iter()
        .enumerate()
        .filter_map(|(number, start)| {
            let travel = times(weights, &start.at, &[*goal])[0]?;
            Some((travel + (start.added_seconds * 1000.0).round() as u32, number))
        })
        .collect();
    ranked.sort_unstable();
    ranked
}
