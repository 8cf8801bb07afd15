//! What rankings are made from.

use crate::coverage::{CoverageKeeper, CoverageSources, Reckoned};
use crate::fleet::Fleet;
use crate::roads::Roads;
use dispatch_core::CentreState;
use dispatch_core::model::{Timestamp, VehicleId};
use dispatch_core::recommend::Whereabouts;
use dispatch_desk::desk::Desk;
use region::Region;
use std::sync::Arc;

/// The parts a ranking reads, and the moment it is made at.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Where the vehicles are.
    pub fleet: &'a Fleet,
    /// What they are doing.
    pub desk: &'a Desk,
    /// Travel times.
    pub roads: &'a Roads,
    /// Stations and norms.
    pub region: &'a Region,
    /// What vehicles cover.
    pub coverage: &'a CoverageKeeper,
    /// When it is made.
    pub now: Timestamp,
}

impl Sources<'_> {
    /// The coverage of a centre as its state is now.
    pub(super) fn coverage_of(&self, state: &CentreState) -> Option<Arc<Reckoned>> {
        let Self { fleet, roads, region, now, .. } = *self;
        self.coverage.reckoned(&CoverageSources { fleet, roads, region, now }, state)
    }

    /// Where a vehicle is believed to be; `None` for one that no centre has.
    pub fn whereabouts(&self, vehicle: &VehicleId) -> Option<Whereabouts> {
        self.desk.read_all(|centres| {
            let found = |state: &CentreState| {
                let vehicle = state.vehicles.get(vehicle)?;
                Some(self.fleet.whereabouts(self.region, state, vehicle, self.now))
            };
            centres.values().find_map(found)
        })
    }
}
