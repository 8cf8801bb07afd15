//! Vehicles that have a key and that no centre ever had: their rows are missing in the region folder. Each stands in
//! the log once, and a gauge counts them.

use dispatch_core::model::VehicleId;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Vehicles remembered as told of; what more there are is counted all the same, as ended links.
const MOST_REMEMBERED: usize = 1_000;

/// Vehicles without a centre that were told of, so that each stands in the log once.
#[derive(Debug, Default)]
pub(super) struct Strangers(Mutex<BTreeSet<VehicleId>>);

impl Strangers {
    /// Tells of one, once.
    pub(super) fn tell(&self, vehicle: &VehicleId) {
        self.change(|known| {
            if known.len() < MOST_REMEMBERED && known.insert(vehicle.clone()) {
                tracing::warn!(%vehicle, "a terminal has the key of a vehicle that no centre has, and nothing its \
                    crew presses can be recorded; add the vehicle to the region folder or remove its key");
            }
        });
    }

    /// A centre has it now.
    pub(super) fn forget(&self, vehicle: &VehicleId) {
        self.change(|known| {
            known.remove(vehicle);
        });
    }

    /// A panic elsewhere leaves the names whole: the lock is taken all the same.
    fn change(&self, change: impl FnOnce(&mut BTreeSet<VehicleId>)) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut known);
        metrics::gauge!("helan_vehicles_without_centre").set(known.len() as f64);
    }
}
