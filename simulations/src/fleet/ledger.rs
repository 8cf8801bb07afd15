//! What terminals of other makers reported and were answered, for whoever holds it against what was recorded.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// By vehicle.
#[derive(Debug, Default)]
pub struct Ledger(Mutex<BTreeMap<String, Account>>);

/// What one vehicle's terminal was told is done. What it brought and heard no answer to stands nowhere.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The moments of positions that were answered with success, in whole seconds since 1970, as frames carry them.
    pub reports: Vec<i64>,
    /// Keys of steps that were answered with success.
    pub presses: u64,
    /// Words on the screen that a press was not taken.
    pub refused: u64,
}

impl Ledger {
    pub(super) fn reported(&self, vehicle: &str, unix_ms: i64) {
        self.account(vehicle, |it| it.reports.push(unix_ms.div_euclid(1_000)));
    }

    pub(super) fn pressed(&self, vehicle: &str) {
        self.account(vehicle, |it| it.presses += 1);
    }

    pub(super) fn refused(&self, vehicle: &str) {
        self.account(vehicle, |it| it.refused += 1);
    }

    /// All that it holds.
    pub fn accounts(&self) -> BTreeMap<String, Account> {
        self.lock().clone()
    }

    fn account(&self, vehicle: &str, note: impl FnOnce(&mut Account)) {
        note(self.lock().entry(vehicle.to_owned()).or_default());
    }

    /// A panic elsewhere leaves whole entries behind.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Account>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
