//! Settlements of a region, which get streets around them, and places that must be reachable.

use geometry::Wgs84;
use region::{PlaceKind, Region};

/// How far streets reach around the middle of a township, metres.
const TOWNSHIP_M: f64 = 800.0;

/// A place that gets streets around it.
pub(super) struct Settlement {
    pub(super) centre: Wgs84,
    pub(super) radius_m: f64,
}

/// A place that must be reachable.
pub(super) struct Spot<'a> {
    pub(super) name: &'a str,
    pub(super) position: Wgs84,
}

/// The settlements of a region: inhabited places and townships.
pub(super) fn settlements(region: &Region) -> Vec<Settlement> {
    let places = region.places.iter().filter_map(|place| {
        let radius_m = radius_m(place.kind)?;
        Some(Settlement { centre: place.position, radius_m })
    });
    let townships = region
        .townships
        .iter()
        .map(|township| Settlement { centre: township.position, radius_m: TOWNSHIP_M });
    places.chain(townships).collect()
}

/// Every place, township, station and hospital.
pub(super) fn spots(region: &Region) -> Vec<Spot<'_>> {
    let places = region.places.iter().map(|it| (&it.name_zh, it.position));
    let townships = region.townships.iter().map(|it| (&it.name_zh, it.position));
    let stations = region.stations.iter().map(|it| (&it.name_zh, it.position));
    let hospitals = region.hospitals.iter().map(|it| (&it.name_zh, it.position));
    let all = places.chain(townships).chain(stations).chain(hospitals);
    all.map(|(name, position)| Spot { name, position }).collect()
}

/// How far streets reach around a place, metres; `None` if it is no settlement.
fn radius_m(kind: PlaceKind) -> Option<f64> {
    match kind {
        PlaceKind::CountySeat => Some(3000.0),
        PlaceKind::Town => Some(1000.0),
        PlaceKind::Neighbourhood => Some(800.0),
        PlaceKind::Village => Some(500.0),
        PlaceKind::Landmark | PlaceKind::Street | PlaceKind::Transport => None,
    }
}
