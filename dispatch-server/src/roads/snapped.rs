//! Where vehicles are on their roads, kept from one question to the next: most of a fleet stands, and a ranking
//! asks for the same vehicle once for each patient it might be taken from.

use super::SNAP_LIMIT_M;
use dispatch_core::recommend::VehicleAt;
use road_network::{Heading, OnRoad, Weights};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Places kept before all are forgotten: some reports of a fleet of thousands, about 2 MB.
const MOST_KEPT: usize = 16_384;

/// Places on roads under one set of weights.
#[derive(Debug, Default)]
pub(super) struct Snapped {
    kept: Mutex<HashMap<Asked, Option<OnRoad>>>,
}

/// Longitude, latitude and heading, bit for bit.
type Asked = (u64, u64, Option<u32>);

impl Snapped {
    /// Where a vehicle is on its road, in the direction it drives; nothing when no road is near. `weights` are
    /// always the same.
    pub(super) fn on_road(&self, weights: &Weights, from: &VehicleAt) -> Option<OnRoad> {
        let at = from.position;
        let asked = (at.lon.to_bits(), at.lat.to_bits(), from.heading_deg.map(f32::to_bits));
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(&asked) {
            return *known;
        }
        let heading = from.heading_deg.map(|degrees| Heading(f64::from(degrees)));
        let found = weights.snap(at, SNAP_LIMIT_M, heading).ok();
        let mut kept = kept();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(asked, found);
        found
    }
}
