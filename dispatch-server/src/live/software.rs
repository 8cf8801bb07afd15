//! Program and version of the terminals that came since it was last written down.

use dispatch_core::model::VehicleId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What was said, no more than there are vehicles.
#[derive(Debug, Default)]
pub(super) struct Software(Mutex<Heard>);

#[derive(Debug, Default)]
struct Heard {
    latest: HashMap<VehicleId, String>,
    unwritten: HashMap<VehicleId, String>,
}

impl Software {
    pub(super) fn hear(&self, vehicle: &VehicleId, software: String) {
        let mut heard = self.lock();
        heard.latest.insert(vehicle.clone(), software.clone());
        heard.unwritten.insert(vehicle.clone(), software);
    }

    /// What a vehicle's terminal said last.
    pub(super) fn of(&self, vehicle: &VehicleId) -> Option<String> {
        self.lock().latest.get(vehicle).cloned()
    }

    /// What is not written down yet.
    pub(super) fn take(&self) -> Vec<(VehicleId, String)> {
        self.lock().unwritten.drain().collect()
    }

    /// Takes back what could not be written; what came since stands.
    pub(super) fn put_back(&self, unwritten: Vec<(VehicleId, String)>) {
        let mut heard = self.lock();
        for (vehicle, software) in unwritten {
            heard.unwritten.entry(vehicle).or_insert(software);
        }
    }

    /// A panic elsewhere while it was held leaves a table that is still whole.
    fn lock(&self) -> MutexGuard<'_, Heard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_since_is_not_replaced_by_what_could_not_be_written() {
        let (software, one, two) =
            (Software::default(), VehicleId::from("1"), VehicleId::from("2"));
        software.hear(&one, "old".to_owned());
        software.hear(&two, "old".to_owned());
        let unwritten = software.take();
        assert!(software.take().is_empty());
        software.hear(&one, "new".to_owned());
        software.put_back(unwritten);
        let mut all = software.take();
        all.sort();
        assert_eq!(all, [(one, "new".to_owned()), (two, "old".to_owned())]);
    }
}
