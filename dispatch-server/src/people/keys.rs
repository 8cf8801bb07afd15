//! The keys of vehicles: made, rotated, removed, and known again when a terminal calls. A key that
//! changes ends the vehicle's link.

use super::store::KeyRow;
use super::token::{TokenHash, new_token};
use super::{Author, Change, People, PeopleError, lock};
use dispatch_core::model::{CentreId, VehicleId};
use tokio_util::sync::CancellationToken;

/// Keys listed, made or held in memory at once: far above any province, within one transaction's comfort.
pub const KEYS_MOST: u32 = 20_000;

/// New keys that do not count yet: they can be written down first.
pub struct DrawnKeys(Vec<(VehicleId, (String, TokenHash))>);

/// Draws keys, in the order asked.
pub fn draw_keys(vehicles: &[VehicleId]) -> DrawnKeys {
    DrawnKeys(vehicles.iter().map(|vehicle| (vehicle.clone(), new_token())).collect())
}

impl DrawnKeys {
    /// Each vehicle with the text of its key.
    pub fn texts(&self) -> impl Iterator<Item = (&VehicleId, &str)> {
        self.0.iter().map(|(vehicle, (key, _))| (vehicle, key.as_str()))
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
        self.make_keys_by(vehicles, &Author::operator(), None).await
    }

    /// As [`Self::make_keys`], for a person and a centre.
    ///
    /// # Errors
    /// As [`Self::make_keys`].
    pub async fn make_keys_by(
        &self,
        vehicles: &[VehicleId],
        by: &Author,
        centre: Option<&CentreId>,
    ) -> Result<Vec<(VehicleId, String)>, PeopleError> {
        let drawn = draw_keys(vehicles);
        self.put_keys(&drawn, by, centre).await?;
        Ok(drawn.0.into_iter().map(|(vehicle, (key, _))| (vehicle, key)).collect())
    }

    /// Makes drawn keys count, all at once.
    ///
    /// # Errors
    /// [`PeopleError::Store`]; then all of them count or none.
    pub async fn put_keys(
        &self,
        drawn: &DrawnKeys,
        by: &Author,
        centre: Option<&CentreId>,
    ) -> Result<(), PeopleError> {
        let _one_at_a_time = self.inner.changes.lock().await;
        let rows: Vec<_> = drawn.0.iter().map(|(v, (_, hash))| (v.clone(), *hash)).collect();
        let names: Vec<&str> = rows.iter().map(|(vehicle, _)| vehicle.as_str()).collect();
        let change = Change::now(self.now(), by, "vehicle_keys_made", &names.join(" "));
        let change = centre.map_or_else(|| change.clone(), |centre| change.clone().of(centre));
        self.inner.store.set_keys(&rows, self.now(), Some(&change)).await?;
        let mut keys = lock(&self.inner.keys);
        rows.iter().for_each(|(vehicle, hash)| keys.replace(vehicle, *hash));
        Ok(())
    }

    /// Removes a vehicle's key and ends its link; false when it had none.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn remove_key(&self, vehicle: &VehicleId) -> Result<bool, PeopleError> {
        self.remove_key_by(vehicle, &Author::operator(), None).await
    }

    /// As [`Self::remove_key`], for a person and a centre.
    ///
    /// # Errors
    /// As [`Self::remove_key`].
    pub async fn remove_key_by(
        &self,
        vehicle: &VehicleId,
        by: &Author,
        centre: Option<&CentreId>,
    ) -> Result<bool, PeopleError> {
        let _one_at_a_time = self.inner.changes.lock().await;
        let change = Change::now(self.now(), by, "vehicle_key_removed", vehicle.as_str());
        let change = centre.map_or_else(|| change.clone(), |centre| change.clone().of(centre));
        let removed = self.inner.store.remove_key(vehicle, &change).await?;
        lock(&self.inner.keys).remove(vehicle);
        Ok(removed)
    }

    /// The keys there are, without showing them; at most [`KEYS_MOST`].
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn keys(&self) -> Result<Vec<KeyRow>, PeopleError> {
        Ok(self.inner.store.keys(KEYS_MOST).await?)
    }

    /// Writes down which program and version terminals said last.
    ///
    /// # Errors
    /// [`PeopleError::Store`]; nothing is written then.
    pub async fn write_software(&self, heard: &[(VehicleId, String)]) -> Result<(), PeopleError> {
        Ok(self.inner.store.write_software(heard).await?)
    }

    /// The vehicle that a key belongs to; nothing for an unknown key.
    ///
    /// Where servers share a store, the keys are held in memory: a vehicle whose link was cut comes back
    /// although the store is away, and a whole fleet that moves to another server costs it nothing. A key
    /// that memory does not know is looked up before it is refused.
    ///
    /// # Errors
    /// [`PeopleError::Store`], [`PeopleError::Busy`] when too many are being looked up.
    pub async fn vehicle_of_key(&self, key: &str) -> Result<Option<KnownVehicle>, PeopleError> {
        let Some(hash) = TokenHash::of(key) else { return Ok(None) };
        if self.inner.store.is_shared() {
            let known = lock(&self.inner.keys).shown(&hash, self.now());
            return match known {
                Some(known) => Ok(Some(known)),
                None => self.look_key_up(&hash).await,
            };
        }
        // Keys made from the command line count at once, so the embedded store is asked every time.
        let Some(vehicle) = self.inner.store.vehicle_of_key(&hash).await? else { return Ok(None) };
        let key_changed = lock(&self.inner.keys).used(&vehicle, self.now());
        // A change between the look-up and here has cancelled nothing of ours: look once more.
        let still = self.inner.store.vehicle_of_key(&hash).await?;
        Ok(still.is_some().then_some(KnownVehicle { vehicle, key_changed }))
    }
}
