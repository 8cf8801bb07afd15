//! What is remembered of vehicles' keys: who used one, what ends when it changes, and, where servers share a
//! store, a copy of all of them.

use super::keys::KnownVehicle;
use super::token::TokenHash;
use dispatch_core::model::{Timestamp, VehicleId};
use std::collections::{HashMap, HashSet};
use tokio_util::sync::CancellationToken;

/// The table. As large as there are vehicles with a key.
#[derive(Default)]
pub(super) struct KeyTable {
    last_used: HashMap<VehicleId, Timestamp>,
    valid: HashMap<VehicleId, CancellationToken>,
    /// The copy, from either side.
    vehicles: HashMap<TokenHash, VehicleId>,
    hashes: HashMap<VehicleId, TokenHash>,
    turn: u64,
}

impl KeyTable {
    /// A table with this copy of the keys there are.
    pub(super) fn holding(rows: Vec<(VehicleId, TokenHash)>) -> Self {
        let mut table = Self::default();
        for (vehicle, hash) in rows {
            table.lay(&vehicle, hash);
        }
        table
    }

    /// Counts changes: what was read from the store is laid down only in the turn in which the reading began.
    pub(super) const fn turn(&self) -> u64 {
        self.turn
    }

    /// The vehicle that shows a key which the copy holds.
    pub(super) fn shown(&mut self, hash: &TokenHash, now: Timestamp) -> Option<KnownVehicle> {
        let vehicle = self.vehicles.get(hash)?.clone();
        let key_changed = self.used(&vehicle, now);
        Some(KnownVehicle { vehicle, key_changed })
    }

    /// Notes that a key was shown; gives what is cancelled when it changes.
    pub(super) fn used(&mut self, vehicle: &VehicleId, now: Timestamp) -> CancellationToken {
        self.last_used.insert(vehicle.clone(), now);
        self.valid.entry(vehicle.clone()).or_default().clone()
    }

    pub(super) fn take_last_used(&mut self) -> Vec<(VehicleId, Timestamp)> {
        self.last_used.drain().collect()
    }

    /// Gives back what could not be written.
    pub(super) fn put_back(&mut self, unwritten: Vec<(VehicleId, Timestamp)>) {
        for (vehicle, at) in unwritten {
            self.last_used.entry(vehicle).or_insert(at);
        }
    }

    /// A vehicle has another key from now on; links made with the earlier one end.
    pub(super) fn replace(&mut self, vehicle: &VehicleId, hash: TokenHash) {
        self.turn += 1;
        self.lay(vehicle, hash);
    }

    /// A vehicle has no key any more; its link ends.
    pub(super) fn remove(&mut self, vehicle: &VehicleId) {
        self.turn += 1;
        self.forget(vehicle);
    }

    /// Lays down one key as the store has it; false, and nothing done, in another turn.
    pub(super) fn take(&mut self, vehicle: &VehicleId, hash: TokenHash, turn: u64) -> bool {
        let is_turn = self.turn == turn;
        if is_turn {
            self.replace(vehicle, hash);
        }
        is_turn
    }

    /// Lays down all keys as the store has them; vehicles without one lose their link. False, and nothing
    /// done, in another turn.
    pub(super) fn take_all(&mut self, rows: Vec<(VehicleId, TokenHash)>, turn: u64) -> bool {
        if self.turn != turn {
            return false;
        }
        self.turn += 1;
        let there: HashSet<&VehicleId> = rows.iter().map(|(vehicle, _)| vehicle).collect();
        let gone: Vec<VehicleId> =
            self.hashes.keys().filter(|vehicle| !there.contains(vehicle)).cloned().collect();
        gone.iter().for_each(|vehicle| self.forget(vehicle));
        rows.into_iter().for_each(|(vehicle, hash)| self.lay(&vehicle, hash));
        true
    }

    fn lay(&mut self, vehicle: &VehicleId, hash: TokenHash) {
        if self.hashes.get(vehicle) != Some(&hash) {
            self.forget(vehicle);
            self.hashes.insert(vehicle.clone(), hash);
            self.vehicles.insert(hash, vehicle.clone());
        }
    }

    fn forget(&mut self, vehicle: &VehicleId) {
        if let Some(hash) = self.hashes.remove(vehicle) {
            self.vehicles.remove(&hash);
        }
        self.last_used.remove(vehicle);
        if let Some(valid) = self.valid.remove(vehicle) {
            valid.cancel();
        }
    }
}
