//! What a centre remembers of vehicles that came and went, so that a repeated or late message about a
//! hand-over never makes one vehicle two. Bounded by the number of vehicles in the region.

use crate::model::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TransferMemory {
    /// How often this centre handed each vehicle over.
    pub(crate) given: BTreeMap<VehicleId, u64>,
    /// The last hand-over of each vehicle taken over, per giving centre.
    pub(crate) taken: BTreeMap<VehicleId, BTreeMap<CentreId, u64>>,
    /// Vehicles that left and have not come back, with the centre they went to.
    pub(crate) away: BTreeMap<VehicleId, CentreId>,
}

impl TransferMemory {
    pub(crate) fn times_given(&self, vehicle: &VehicleId) -> u64 {
        self.given.get(vehicle).copied().unwrap_or(0)
    }

    pub(crate) fn last_taken(&self, vehicle: &VehicleId, from: &CentreId) -> u64 {
        self.taken.get(vehicle).and_then(|by_centre| by_centre.get(from)).copied().unwrap_or(0)
    }
}
