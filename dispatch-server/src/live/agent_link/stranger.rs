//! Vehicles that have a key and that no centre ever had: their rows are missing in the region folder. Nobody
//! could record what their crews press, so each terminal is told so and tries again after minutes.

use crate::live::shared::Shared;
use dispatch_core::model::VehicleId;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

/// Vehicles remembered as told of; what more there are is counted all the same, as ended links.
const MOST_REMEMBERED: usize = 1_000;

/// Vehicles without a centre that were told of, so that each stands in the log once.
#[derive(Debug, Default)]
pub(in crate::live) struct Strangers(Mutex<BTreeSet<VehicleId>>);

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
    fn forget(&self, vehicle: &VehicleId) {
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

/// Whether some centre answers for the vehicle. One between two centres is waited for, within a bound.
pub(super) async fn has_centre(shared: &Shared, vehicle: &VehicleId) -> bool {
    let until = Instant::now() + shared.settings.centre_limit;
    // Listens before it looks, so that nothing is missed in between.
    let mut committed = shared.desk.committed();
    while shared.desk.centre_answering(vehicle).is_none() {
        match timeout_at(until, committed.recv()).await {
            Ok(Ok(_) | Err(RecvError::Lagged(_))) => {}
            Ok(Err(RecvError::Closed)) | Err(_) => return false,
        }
    }
    shared.strangers.forget(vehicle);
    true
}
