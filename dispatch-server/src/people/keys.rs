//! The keys of vehicles: made, rotated, removed, and known again when a terminal calls. A key that
//! changes ends the vehicle's link.

use super::store::KeyRow;
use super::token::{TokenHash, new_token};
use super::{People, PeopleError, lock};
use dispatch_core::model::{Timestamp, VehicleId};
use std::collections::HashMap;
use tokio_util::sync::CancellationToken;

/// Keys listed or made at once: far above any province, within one transaction's comfort.
pub const KEYS_MOST: u32 = 20_000;

/// What is remembered of keys between writes: who used one, and what ends when it changes.
#[derive(Default)]
pub(super) struct KeyUse {
    last_used: HashMap<VehicleId, Timestamp>,
    valid: HashMap<VehicleId, CancellationToken>,
}

impl KeyUse {
    pub(super) fn take_last_used(&mut self) -> Vec<(VehicleId, Timestamp)> {
        self.last_used.drain().collect()
    }

    /// Gives back what could not be written.
    pub(super) fn put_back(&mut self, unwritten: Vec<(VehicleId, Timestamp)>) {
        for (vehicle, at) in unwritten {
            self.last_used.entry(vehicle).or_insert(at);
        }
    }

    fn changed(&mut self, vehicle: &VehicleId) {
        self.last_used.remove(vehicle);
        if let Some(valid) = self.valid.remove(vehicle) {
            valid.cancel();
        }
    }
}

/// A vehicle that showed its key.
pub struct KnownVehicle {
    /// The vehicle.
    pub vehicle: VehicleId,
    /// Cancelled when the key is replaced or removed.
    pub key_changed: CancellationToken,
}

impl People {
    /// Makes new keys, in the order asked; the earlier keys of these vehicles no longer open the door and
    /// links made with them end. The texts are returned this once and not stored.
    ///
    /// # Errors
    /// [`PeopleError::Store`]; then no key changed.
    pub async fn make_keys(
        &self,
        vehicles: &[VehicleId],
    ) -> Result<Vec<(VehicleId, String)>, PeopleError> {
        let _one_at_a_time = self.inner.changes.lock().await;
        let made: Vec<_> = vehicles.iter().map(|vehicle| (vehicle.clone(), new_token())).collect();
        let rows: Vec<_> = made.iter().map(|(v, (_, hash))| (v.clone(), *hash)).collect();
        self.inner.store.set_keys(&rows, self.now()).await?;
        let mut keys = lock(&self.inner.keys);
        vehicles.iter().for_each(|vehicle| keys.changed(vehicle));
        Ok(made.into_iter().map(|(vehicle, (key, _))| (vehicle, key)).collect())
    }

    /// Removes a vehicle's key and ends its link; false when it had none.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn remove_key(&self, vehicle: &VehicleId) -> Result<bool, PeopleError> {
        let _one_at_a_time = self.inner.changes.lock().await;
        let removed = self.inner.store.remove_key(vehicle).await?;
        lock(&self.inner.keys).changed(vehicle);
        Ok(removed)
    }

    /// The keys there are, without showing them; at most [`KEYS_MOST`].
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn keys(&self) -> Result<Vec<KeyRow>, PeopleError> {
        Ok(self.inner.store.keys(KEYS_MOST).await?)
    }

    /// The vehicle that a key belongs to; nothing for an unknown key.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn vehicle_of_key(&self, key: &str) -> Result<Option<KnownVehicle>, PeopleError> {
        let Some(hash) = TokenHash::of(key) else { return Ok(None) };
        let Some(vehicle) = self.inner.store.vehicle_of_key(&hash).await? else { return Ok(None) };
        let key_changed = {
            let mut keys = lock(&self.inner.keys);
            keys.last_used.insert(vehicle.clone(), self.now());
            keys.valid.entry(vehicle.clone()).or_default().clone()
        };
        // A change between the look-up and here has cancelled nothing of ours: look once more.
        let still = self.inner.store.vehicle_of_key(&hash).await?;
        Ok(still.is_some().then_some(KnownVehicle { vehicle, key_changed }))
    }
}
