//! One checked position of the vehicle. Never holds a number that is not a place on earth.

use serde::{Deserialize, Serialize};

/// Where the date of a position comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatedBy {
    /// The receiver sent it; corrected by whole GPS week roll-overs where a clock said so.
    Receiver,
    /// A clock, since the receiver sends none.
    Clock,
    /// Nobody yet: its time is a time of day, in milliseconds since midnight UTC.
    Nobody,
}

/// A position measured by the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// When the receiver measured it: milliseconds since 1970-01-01T00:00:00Z.
    pub fix_time_ms: i64,
    /// Where the date in that comes from.
    pub dated_by: DatedBy,
    /// WGS-84 degrees north, -90 to 90.
    pub lat: f64,
    /// WGS-84 degrees east, -180 to 180.
    pub lon: f64,
    /// Metres a second over ground, when known.
    pub speed_mps: Option<f32>,
    /// Degrees clockwise from true north, 0 to below 360, when known.
    pub heading_deg: Option<f32>,
    /// Satellites used, when known.
    pub satellites: Option<u8>,
    /// Horizontal dilution of precision, when known.
    pub hdop: Option<f32>,
}

/// Faster than any road vehicle; a receiver that says more is guessing.
const MAX_SPEED_MPS: f32 = 150.0;
/// Receivers write 99.9 or 50 for "unknown"; no useful value lies above.
const MAX_HDOP: f32 = 50.0;

impl Fix {
    /// Whether a pair of degrees is a place. Exactly 0, 0 is what receivers without a position
    /// write, and lies in the sea.
    pub fn is_place(lat: f64, lon: f64) -> bool {
        lat.is_finite()
            && lon.is_finite()
            && lat.abs() <= 90.0
            && lon.abs() <= 180.0
            && !(lat == 0.0 && lon == 0.0)
    }

    /// A speed in metres a second if it can be one.
    pub(crate) fn plausible_speed(mps: f32) -> Option<f32> {
        (mps.is_finite() && (0.0..=MAX_SPEED_MPS).contains(&mps)).then_some(mps)
    }

    /// A course in degrees if it can be one; 360 is written as 0.
    pub(crate) fn plausible_heading(deg: f32) -> Option<f32> {
        (deg.is_finite() && (0.0..=360.0).contains(&deg)).then_some(deg % 360.0)
    }

    /// A dilution of precision if it says anything.
    pub(crate) fn plausible_hdop(hdop: f32) -> Option<f32> {
        (hdop.is_finite() && hdop > 0.0 && hdop < MAX_HDOP).then_some(hdop)
    }
}
