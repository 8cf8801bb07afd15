//! Since when the ground of a station is uncovered, as this server has seen it. Lost with the process: a server that
//! has just begun waits its time again before it suggests anything.

use dispatch_core::model::{CentreId, StationId, Timestamp};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// A station's ground counts as covered while some free vehicle reaches at least this share of its demand.
const ENOUGH: f64 = 0.5;

/// Stations whose ground is uncovered, with since when.
#[derive(Default)]
pub(crate) struct Uncovered(Mutex<BTreeMap<(CentreId, StationId), Timestamp>>);

impl Uncovered {
    /// Notes how much of a station's ground is reached now. A clock that was set back begins anew.
    pub(crate) fn note(
        &self,
        centre: &CentreId,
        station: &StationId,
        reached: Option<f64>,
        now: Timestamp,
    ) {
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (centre.clone(), station.clone());
        if reached.is_none_or(|share| share >= ENOUGH) {
            since.remove(&key);
        } else {
            let begun = since.entry(key).or_insert(now);
            *begun = (*begun).min(now);
        }
    }

    /// Since when a station's ground is uncovered; `None` while it is covered.
    pub(crate) fn since(&self, centre: &CentreId, station: &StationId) -> Option<Timestamp> {
        let since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        since.get(&(centre.clone(), station.clone())).copied()
    }
}
