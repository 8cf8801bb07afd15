//! Where a vehicle is believed to be: the one answer for rankings, routes, arrival times and isochrones.

use super::Fleet;
use dispatch_core::CentreState;
use dispatch_core::model::{Timestamp, VehicleId};
use dispatch_core::recommend::{Located, PositionNorms, Whereabouts};
use dispatch_core::state::Vehicle;
use region::Region;

impl Fleet {
    /// Where a vehicle of a centre is believed to be.
    pub(crate) fn whereabouts(
        &self,
        region: &Region,
        state: &CentreState,
        vehicle: &Vehicle,
        now: Timestamp,
    ) -> Whereabouts {
        let station = region.station(vehicle.station().as_str()).map(|it| it.position);
        let norms = position_norms(region);
        state.whereabouts(vehicle, self.located(&vehicle.id), station, now, &norms)
    }

    /// The fix a vehicle's marker stands at, as the core takes it.
    pub(crate) fn located(&self, vehicle: &VehicleId) -> Option<Located> {
        let fix = self.find(vehicle)?.live_fix()?.fix;
        let heading_deg = fix.driving_heading_deg();
        Some(Located { position: fix.position, fix_time: fix.fix_time, heading_deg })
    }

    /// Whether a vehicle's terminal has a live link, here or at another server.
    pub(crate) fn is_online(&self, vehicle: &VehicleId) -> bool {
        self.find(vehicle).is_some_and(|cell| cell.is_online())
    }
}

/// How long a position is believed: as the core says, but never shorter than a vehicle may be silent.
pub(crate) fn position_norms(region: &Region) -> PositionNorms {
    let silent = f64::from(region.settings.norms.silent_vehicle_seconds);
    let usual = PositionNorms::default();
    PositionNorms { fresh_seconds: usual.fresh_seconds.max(silent), ..usual }
}
