//! Where journeys begin and end on a road, and what the piece of road there costs.

use crate::cost::costs::{CLOSED, Costs, may_turn_round};
use crate::graph::network::RoadNetwork;
use crate::graph::snap::{OnRoad, Travel};

/// A direction at an end of a journey, and the milliseconds that fall due there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct End {
    pub(crate) arc: u32,
    /// How far along this direction, 0 to 1.
    pub(crate) share: f64,
    pub(crate) ms: u32,
    /// Milliseconds of it that were spent turning round.
    pub(crate) round_ms: u32,
}

/// At most two ends: an edge has two directions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    ends: [End; 2],
    count: usize,
}

impl Ends {
    fn of(found: [Option<End>; 2]) -> Ends {
        let none = End { arc: 0, share: 0.0, ms: 0, round_ms: 0 };
        let mut ends = Ends { ends: [none; 2], count: 0 };
        for end in found.into_iter().flatten() {
            ends.ends[ends.count] = end;
            ends.count += 1;
        }
        ends
    }
}

impl std::ops::Deref for Ends {
    type Target = [End];

    fn deref(&self) -> &[End] {
        &self.ends[..self.count]
    }
}

/// The share of a direction at which a place lies.
fn share_along(place: &OnRoad, arc: u32) -> f64 {
    if arc.is_multiple_of(2) { place.share } else { 1.0 - place.share }
}

fn part(ms: u32, share: f64) -> u32 {
    (f64::from(ms) * share).round() as u32
}

/// The directions in which a vehicle may leave, each with the rest of its edge. One that
/// moves goes on its way or turns round first; one that stands leaves either way.
pub(crate) fn departures(costs: &Costs, place: &OnRoad) -> Ends {
    let network: &RoadNetwork = &costs.network;
    let [forward, backward] = [place.edge.0 * 2, place.edge.0 * 2 + 1];
    let round = if may_turn_round(network.road(place.edge)) { costs.round_ms } else { CLOSED };
    let directions = match place.travel {
        Travel::Either => [(forward, 0), (backward, 0)],
        Travel::Forward => [(forward, 0), (backward, round)],
        Travel::Backward => [(backward, 0), (forward, round)],
    };
    Ends::of(directions.map(|(arc, round_ms)| {
        let whole = costs.state_ms[arc as usize];
        if whole == CLOSED || round_ms == CLOSED {
            return None;
        }
        let share = share_along(place, arc);
        Some(End { arc, share, ms: part(whole, 1.0 - share) + round_ms, round_ms })
    }))
}

/// The directions from which a place may be reached, each with the piece of an edge before it.
pub(crate) fn arrivals(costs: &Costs, place: &OnRoad) -> Ends {
    Ends::of([place.edge.0 * 2, place.edge.0 * 2 + 1].map(|arc| {
        let whole = costs.state_ms[arc as usize];
        let share = share_along(place, arc);
        (whole != CLOSED).then(|| End { arc, share, ms: part(whole, share), round_ms: 0 })
    }))
}

/// Tells of every state from which one turns into an end of the journey, and the time from the end of
/// that state's road to the place.
pub(crate) fn seeds_backwards(costs: &Costs, end: &End, mut seed: impl FnMut(u32, u32)) {
    for state in costs.network.states_of(end.arc) {
        for (before, code) in costs.network.turns_into(state) {
            let turn = costs.turn_ms[usize::from(code)];
            if turn != CLOSED {
                seed(before, turn + end.ms);
            }
        }
    }
}

/// The time between a departure and an arrival on the same edge, without leaving it.
pub(crate) fn direct(costs: &Costs, from: &End, to: &End) -> Option<u32> {
    (from.arc == to.arc && from.share <= to.share)
        .then(|| from.round_ms + part(costs.state_ms[from.arc as usize], to.share - from.share))
}

/// Milliseconds between the road and the place that was asked for.
pub(crate) fn off_road_ms(costs: &Costs, place: &OnRoad) -> u32 {
    costs.off_road_ms(place.distance_m)
}
