//! Where journeys begin and end on a road, and what the piece of road there costs.

use crate::network::RoadNetwork;
use crate::snap::{OnRoad, Travel};
use crate::weights::{CLOSED, Weights, may_turn_round};

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

/// The share of a direction at which a place lies.
fn share_along(place: &OnRoad, arc: u32) -> f64 {
    if arc.is_multiple_of(2) { place.share } else { 1.0 - place.share }
}

fn part(ms: u32, share: f64) -> u32 {
    (f64::from(ms) * share).round() as u32
}

/// The directions in which a vehicle may leave, each with the rest of its stretch. One that
/// moves goes on its way or turns round first; one that stands leaves either way.
pub(crate) fn departures(weights: &Weights, place: &OnRoad) -> Vec<End> {
    let network: &RoadNetwork = &weights.network;
    let [forward, backward] = [place.edge.0 * 2, place.edge.0 * 2 + 1];
    let round = if may_turn_round(network.road(place.edge)) { weights.round_ms } else { CLOSED };
    let directions = match place.travel {
        Travel::Either => [(forward, 0), (backward, 0)],
        Travel::Forward => [(forward, 0), (backward, round)],
        Travel::Backward => [(backward, 0), (forward, round)],
    };
    directions
        .into_iter()
        .filter_map(|(arc, round_ms)| {
            let whole = weights.state_ms[arc as usize];
            if whole == CLOSED || round_ms == CLOSED {
                return None;
            }
            let share = share_along(place, arc);
            Some(End { arc, share, ms: part(whole, 1.0 - share) + round_ms, round_ms })
        })
        .collect()
}

/// The directions from which a place may be reached, each with the piece of stretch before it.
pub(crate) fn arrivals(weights: &Weights, place: &OnRoad) -> Vec<End> {
    [place.edge.0 * 2, place.edge.0 * 2 + 1]
        .into_iter()
        .filter_map(|arc| {
            let whole = weights.state_ms[arc as usize];
            let share = share_along(place, arc);
            (whole != CLOSED).then(|| End { arc, share, ms: part(whole, share), round_ms: 0 })
        })
        .collect()
}

/// The time between a departure and an arrival on the same stretch, without leaving it.
pub(crate) fn direct(weights: &Weights, from: &End, to: &End) -> Option<u32> {
    (from.arc == to.arc && from.share <= to.share)
        .then(|| from.round_ms + part(weights.state_ms[from.arc as usize], to.share - from.share))
}

/// Milliseconds between the road and the place that was asked for.
pub(crate) fn off_road_ms(weights: &Weights, place: &OnRoad) -> u32 {
    (place.distance_m * weights.off_road_ms_per_m).round().clamp(0.0, f64::from(1 << 26)) as u32
}
