//! Whether a centre answers for a vehicle that has a key. Where none does, nobody could record what its crew presses,
//! so its terminal is told so and tries again after minutes.

use crate::live::shared::Shared;
use dispatch_core::model::VehicleId;
use dispatch_desk::clock::steady_now;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

/// Whether some centre answers for the vehicle. One between two centres is waited for, within a bound.
pub(super) async fn has_centre(shared: &Shared, vehicle: &VehicleId) -> bool {
    let until = Instant::from_std(steady_now()) + shared.settings.centre_limit;
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
