//! Vehicles that have a key and that no centre ever had: their rows are missing in the region folder. Nobody
//! could record what their crews press, so each stands in the log once, a gauge counts them, and consoles are told
//! which they are.

use dispatch_core::model::VehicleId;
use dispatch_desk::clock::steady_now;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

/// Vehicles remembered as told of; what more there are is counted all the same, as ended links.
const MOST_REMEMBERED: usize = 1_000;

/// One that did not come again for so long is gone, or went to another server: terminals ask every two minutes.
const QUIET_AFTER: Duration = Duration::from_secs(300);

/// Between two looks for them.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Vehicles without a centre that were told of and came lately, so that each stands in the log once.
#[derive(Debug, Default)]
pub(in crate::live) struct Strangers {
    came: Mutex<BTreeMap<VehicleId, Instant>>,
    shown: watch::Sender<BTreeSet<VehicleId>>,
}

impl Strangers {
    /// Which they are, for consoles.
    pub(in crate::live) fn changes(&self) -> watch::Receiver<BTreeSet<VehicleId>> {
        self.shown.subscribe()
    }

    /// Tells of one, once.
    pub(in crate::live) fn tell(&self, vehicle: &VehicleId) {
        self.change(|came| {
            let is_room = came.len() < MOST_REMEMBERED || came.contains_key(vehicle);
            if is_room && came.insert(vehicle.clone(), Instant::from_std(steady_now())).is_none() {
                tracing::warn!(%vehicle, "a terminal has the key of a vehicle that no centre has, and nothing its \
                    crew presses can be recorded; add the vehicle to the region folder or remove its key");
            }
        });
    }

    /// A centre has it now.
    pub(in crate::live) fn forget(&self, vehicle: &VehicleId) {
        self.change(|came| {
            came.remove(vehicle);
        });
    }

    /// Those that did not come again are shown no longer.
    fn forget_quiet(&self, now: Instant) {
        self.change(|came| came.retain(|_, at| now.duration_since(*at) < QUIET_AFTER));
    }

    /// A panic elsewhere leaves the names whole: the lock is taken all the same.
    fn change(&self, change: impl FnOnce(&mut BTreeMap<VehicleId, Instant>)) {
        let mut came = self.came.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut came);
        metrics::gauge!("helan_vehicles_without_centre").set(came.len() as f64);
        self.shown.send_if_modified(|shown| {
            let is_new = !shown.iter().eq(came.keys());
            if is_new {
                *shown = came.keys().cloned().collect();
            }
            is_new
        });
    }
}

/// Looks for those that did not come again, until the server stops.
pub(super) async fn forget_quiet(strangers: Arc<Strangers>, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            biased;
            now = ticks.tick() => strangers.forget_quiet(now),
            () = stop.cancelled() => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_comes_no_more_is_shown_no_more() {
        let strangers = Strangers::default();
        let mut shown = strangers.changes();
        let (one, other) = (VehicleId::from("X-1"), VehicleId::from("X-2"));
        strangers.tell(&one);
        strangers.tell(&other);
        assert_eq!(*shown.borrow_and_update(), BTreeSet::from([one.clone(), other.clone()]));
        strangers.tell(&one);
        assert!(!shown.has_changed().unwrap(), "consoles are told nothing new");
        strangers.forget(&other);
        assert_eq!(*shown.borrow_and_update(), BTreeSet::from([one]));
        strangers.forget_quiet(Instant::from_std(steady_now()));
        assert!(!shown.has_changed().unwrap(), "it came just now");
        strangers.forget_quiet(Instant::from_std(steady_now()) + QUIET_AFTER);
        assert!(shown.borrow_and_update().is_empty());
    }
}
