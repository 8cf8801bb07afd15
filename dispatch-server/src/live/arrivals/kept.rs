//! What is kept of each task under way: the route it was given, and what was predicted at its departure.

use super::underway::Underway;
use crate::roads::{Journey, VehicleRoute};
use dispatch_core::model::{Timestamp, VehicleId, Wgs84};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use wire_protocol::route::{ArrivalView, RouteView};

/// The arrivals of this process.
#[derive(Default)]
pub(in crate::live) struct Arrivals {
    kept: Mutex<BTreeMap<dispatch_core::model::TaskId, Kept>>,
    shown: Mutex<Arc<Shown>>,
    changed: Notify,
}

/// One task under way.
pub(in crate::live) struct Kept {
    pub(in crate::live) journey: Underway,
    /// The route its crew was given.
    pub(in crate::live) given: Arc<RouteView>,
    /// The same with the places at both ends, to see whether the vehicle keeps to it.
    pub(in crate::live) line: Vec<[f64; 2]>,
    /// What lay over the roads when it was made.
    pub(in crate::live) revision: u64,
    /// Fixes in a row away from it.
    pub(in crate::live) strayed: u8,
    /// The newest fix looked at.
    pub(in crate::live) fix_time: Option<Timestamp>,
    /// What was predicted at departure, waiting for what it takes.
    pub(in crate::live) prediction: Option<Journey>,
    pub(in crate::live) view: ArrivalView,
}

/// The list as consoles are shown it.
#[derive(Default)]
pub(in crate::live) struct Shown {
    /// Counts lists; 0 before the first.
    pub(in crate::live) number: u64,
    /// When it was made.
    pub(in crate::live) made_at: i64,
    /// Each with the number of its centre.
    pub(in crate::live) list: Vec<(u16, ArrivalView)>,
}

impl Arrivals {
    pub(in crate::live) fn kept(
        &self,
    ) -> MutexGuard<'_, BTreeMap<dispatch_core::model::TaskId, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something was committed that may lead a vehicle elsewhere.
    pub(in crate::live) fn look_again(&self) {
        self.changed.notify_one();
    }

    /// Waits for that; several become one.
    pub(in crate::live) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// The newest list.
    pub(in crate::live) fn shown(&self) -> Arc<Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts up a new list. An empty one after an empty one tells nothing and is not counted.
    pub(in crate::live) fn show(&self, now: Timestamp, list: Vec<(u16, ArrivalView)>) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if list.is_empty() && shown.list.is_empty() {
            return;
        }
        *shown = Arc::new(Shown { number: shown.number + 1, made_at: now.0, list });
    }

    /// The route a vehicle was given for its running task.
    pub(in crate::live) fn route_of(&self, vehicle: &VehicleId) -> Option<RouteView> {
        let kept = self.kept();
        kept.values().find(|it| it.journey.vehicle == *vehicle).map(|it| (*it.given).clone())
    }
}

/// A route with the places at both ends.
pub(in crate::live) fn line(
    from: [f64; 2],
    route: &VehicleRoute,
    journey: &Underway,
) -> Vec<[f64; 2]> {
    let ends = [from, [journey.target.lon, journey.target.lat]];
    std::iter::once(ends[0]).chain(route.points.iter().copied()).chain([ends[1]]).collect()
}

/// How far a place is from a line, in metres; true to a part in a thousand within some kilometres.
pub(in crate::live) fn metres_off(line: &[[f64; 2]], place: [f64; 2]) -> f64 {
    let at = |[lon, lat]: [f64; 2]| Wgs84 { lon, lat };
    geometry::metres_to_line(at(place), line.iter().copied().map(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vehicle_beside_its_way_is_as_far_off_as_the_nearest_piece() {
        let line = [[106.0, 38.0], [106.0, 38.1], [106.1, 38.1]];
        assert!(metres_off(&line, [106.0, 38.05]) < 0.01);
        let north = metres_off(&line, [106.05, 38.101]);
        assert!((north - 111.2).abs() < 0.1, "{north}");
        let before = metres_off(&line, [106.0, 37.999]);
        assert!((before - 111.2).abs() < 0.1, "{before}");
    }
}
