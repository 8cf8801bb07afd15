//! A satellite receiver on a vehicle that drives east, as NMEA text.

use super::now_ms;
use geometry::Wgs84;
use simulations::world::drive::Pose;
use simulations::world::receiver;

/// Between two fixes of the receiver.
const STEP_MS: i64 = 200;
/// Metres a second.
const SPEED_MPS: f64 = 15.0;

/// A drive with numbered moments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Receiver {
    start: Wgs84,
    begin_ms: i64,
}

impl Receiver {
    /// A drive whose moments, up to so many, lie in the past.
    pub(crate) fn driving_from(lon: f64, lat: f64, moments: u32) -> Self {
        Self { start: Wgs84 { lon, lat }, begin_ms: now_ms() - i64::from(moments + 1) * STEP_MS }
    }

    /// When a moment is measured.
    pub(crate) fn time_of(&self, moment: u32) -> i64 {
        self.begin_ms + i64::from(moment) * STEP_MS
    }

    /// What the receiver says at a moment: GGA and RMC of GPS and BeiDou together.
    pub(crate) fn says(&self, moment: u32) -> String {
        let metres = SPEED_MPS * f64::from(moment) * STEP_MS as f64 / 1000.0;
        let at = self.start.moved_by(metres, 0.0);
        let pose = Pose { at, speed_mps: SPEED_MPS, heading_deg: 90.0 };
        receiver::Receiver::Mixed.sentences(&pose, [0.0, 0.0], self.time_of(moment))
    }

    /// Degrees east at a moment, as far as NMEA text tells.
    pub(crate) fn lon_at(&self, moment: u32) -> f64 {
        let metres = SPEED_MPS * f64::from(moment) * STEP_MS as f64 / 1000.0;
        self.start.moved_by(metres, 0.0).lon
    }
}

/// Whether two longitudes are the same to a ten-thousandth of a minute, which is what NMEA text carries.
pub(crate) fn is_at(lon: f64, wanted: f64) -> bool {
    (lon - wanted).abs() < 2e-6
}
