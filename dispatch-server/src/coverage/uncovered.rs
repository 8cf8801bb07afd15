//! Since when the ground of a station is uncovered: as this server has seen it, and as the journal tells for what was so
//! before the server began.

use super::reckon::{ENOUGH, station_of};
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, StationId, Timestamp};
use dispatch_core::state::{Duty, Vehicle};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Stations that were looked at; those whose ground is uncovered with since when.
#[derive(Default)]
pub(crate) struct Uncovered(Mutex<BTreeMap<(CentreId, StationId), Option<Timestamp>>>);

impl Uncovered {
    /// Notes how much of a station's ground is reached now. `before` tells since when it has been uncovered if it was so
    /// before this server looked for the first time. A clock that was set back begins anew.
    pub(crate) fn note(
        &self,
        centre: &CentreId,
        station: &StationId,
        reached: Option<f64>,
        now: Timestamp,
        before: impl FnOnce() -> Option<Timestamp>,
    ) {
        let mut looked_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (centre.clone(), station.clone());
        let since = if reached.is_none_or(|share| share >= ENOUGH) {
            None
        } else {
            match looked_at.get(&key) {
                Some(Some(since)) => Some((*since).min(now)),
                Some(None) => Some(now),
                None => Some(before().map_or(now, |before| before.min(now))),
            }
        };
        looked_at.insert(key, since);
    }

    /// Since when a station's ground is uncovered; `None` while it is covered.
    pub(crate) fn since(&self, centre: &CentreId, station: &StationId) -> Option<Timestamp> {
        let looked_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looked_at.get(&(centre.clone(), station.clone())).copied().flatten()
    }
}

/// When the last vehicle of these stations left, by what the journal holds; `None` when one of them is there, or none has
/// any. A vehicle that is under way to its station again left with its last order.
pub(crate) fn last_left(
    state: &CentreState,
    reaches: impl Fn(&StationId) -> bool,
) -> Option<Timestamp> {
    let mut last = None;
    for vehicle in state.vehicles.values().filter(|it| reaches(&it.record.station)) {
        if station_of(vehicle).is_some_and(&reaches) {
            return None;
        }
        last = last.max(Some(left_at(state, vehicle)));
    }
    last
}

/// When a vehicle that is not at its station left it.
fn left_at(state: &CentreState, vehicle: &Vehicle) -> Timestamp {
    if let Some(moving) = &vehicle.moving {
        return moving.given_at;
    }
    let ordered = |task| state.task(task).and_then(|(_, task)| task.ordered_at());
    let task = match &vehicle.duty {
        Duty::OnTask { task, .. } => Some(task),
        Duty::AvailableOnRoad { last_task } => last_task.as_ref(),
        Duty::AvailableAtStation | Duty::Paused { .. } | Duty::OffDuty => None,
    };
    task.and_then(ordered).unwrap_or(vehicle.since)
}
