//! Many vehicles to one place by the hierarchy, where it is made and cheaper than a search; exact under
//! every condition, because a vehicle whose route a condition affects is searched for after all.

use crate::answer::ranking::{self, Ranked, Start, added_ms};
use crate::cost::costs::{CLOSED, Costs};
use crate::graph::snap::OnRoad;
use crate::search::ends::{Ends, arrivals, departures, direct, off_road_ms};
use crate::search::hierarchy::UpwardSearch;
use crate::search::weights::Weights;

/// Readings, in nanoseconds, of what decides between the methods; wrong ones cost time, never an answer:
/// a state settled by a search,
pub(crate) const SETTLE_NS: usize = 100;
/// and a lookup begun.
const BEGIN_NS: usize = 15_000;

/// The best `k` of the starts, best first, by whichever method is cheaper.
pub(crate) fn to_one(weights: &Weights, starts: &[Start], goal: &OnRoad, k: usize) -> Vec<Ranked> {
    let costs = &weights.costs;
    let everything = usize::MAX;
    let search = |most| ranking::to_one(costs, starts, goal, k, most);
    let effort = weights.effort().filter(|_| k > 0 && !starts.is_empty());
    let Some(effort) = effort else { return search(everything).unwrap_or_default() };
    let looked_up_ns = BEGIN_NS + effort.upward(starts.len()).min(effort.sweep);
    let affordable = looked_up_ns / SETTLE_NS;
    let expected = costs.state_ms.len() * k.min(starts.len()) / starts.len();
    if expected <= affordable
        && let Some(ranked) = search(affordable * 2)
    {
        return ranked;
    }
    let ends = arrivals(costs, goal);
    let Some(mut upward) = weights.upward_search(&ends) else {
        return search(everything).unwrap_or_default();
    };
    upward.expect(starts.len());
    look_up(costs, starts, goal, k, &ends, &mut upward)
}

fn look_up(
    costs: &Costs,
    starts: &[Start],
    goal: &OnRoad,
    k: usize,
    ends: &Ends,
    upward: &mut UpwardSearch,
) -> Vec<Ranked> {
    let goal_off_ms = off_road_ms(costs, goal);
    // Total in the upper half, place in the list in the lower: sorts as the ranking does.
    let mut keys: Vec<u64> = Vec::with_capacity(starts.len());
    let mut open: Vec<u64> = Vec::new();
    for (number, start) in starts.iter().enumerate() {
        let found = journey(costs, &start.at, ends, upward);
        if found.at_least_ms == CLOSED {
            continue;
        }
        let fixed = added_ms(start.added_seconds) + off_road_ms(costs, &start.at) + goal_off_ms;
        let key = |ms: u32| u64::from(ms.saturating_add(fixed)) << 32 | number as u64;
        if found.is_exact() {
            keys.push(key(found.at_least_ms));
        } else {
            open.push(key(found.at_least_ms));
        }
    }
    let worst = |keys: &mut Vec<u64>| {
        if keys.len() < k { u64::MAX } else { *keys.select_nth_unstable(k - 1).1 }
    };
    if !open.is_empty() {
        // Whoever cannot be among the best even without the conditions is not searched for.
        let worst = worst(&mut keys);
        open.retain(|&key| key <= worst);
        let these: Vec<Start> = open.iter().map(|&key| starts[key as u32 as usize]).collect();
        let searched = ranking::to_one(costs, &these, goal, k, usize::MAX).unwrap_or_default();
        keys.extend(
            searched
                .iter()
                .map(|it| u64::from(it.total_ms) << 32 | u64::from(open[it.start] as u32)),
        );
    }
    if k < keys.len() {
        keys.select_nth_unstable(k - 1);
        keys.truncate(k);
    }
    keys.sort_unstable();
    let ranked = |key: u64| {
        let (total_ms, start) = ((key >> 32) as u32, key as u32 as usize);
        let added_ms = added_ms(starts[start].added_seconds);
        Ranked { total_ms, start, travel_ms: total_ms - added_ms, added_ms }
    };
    keys.into_iter().map(ranked).collect()
}

/// Driving time on the road of one vehicle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// No route takes less; `CLOSED` where there is none even without conditions.
    pub(crate) at_least_ms: u32,
    /// There is a route that takes this.
    pub(crate) at_most_ms: u32,
}

impl Found {
    pub(crate) fn is_exact(self) -> bool {
        self.at_least_ms == self.at_most_ms
    }
}

/// The journey of one vehicle to the ends that `upward` leads to.
pub(crate) fn journey(
    costs: &Costs,
    start: &OnRoad,
    ends: &Ends,
    upward: &mut UpwardSearch,
) -> Found {
    let mut found = Found { at_least_ms: CLOSED, at_most_ms: CLOSED };
    for leave in departures(costs, start).iter() {
        let times = upward.times(leave.arc);
        let here = ends.iter().filter_map(|end| direct(costs, leave, end)).min();
        let here = here.unwrap_or(CLOSED);
        let [at_least, at_most] =
            [times.at_least, times.unaffected].map(|it| it.saturating_add(leave.ms).min(here));
        found.at_least_ms = found.at_least_ms.min(at_least);
        found.at_most_ms = found.at_most_ms.min(at_most);
    }
    found
}
