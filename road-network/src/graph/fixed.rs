//! Stored coordinates: whole numbers that take half the room of degrees and compare exactly.

use geometry::Wgs84;

/// Stored coordinates count in ten-millionths of a degree (about a centimetre).
const UNITS_PER_DEGREE: f64 = 1e7;

/// A stored position in ten-millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Fixed {
    pub(crate) lon: i32,
    pub(crate) lat: i32,
}

impl Fixed {
    pub(crate) fn position(self) -> Wgs84 {
        Wgs84 {
            lon: f64::from(self.lon) / UNITS_PER_DEGREE,
            lat: f64::from(self.lat) / UNITS_PER_DEGREE,
        }
    }

    pub(crate) fn of(position: Wgs84) -> Fixed {
        Fixed {
            lon: (position.lon * UNITS_PER_DEGREE).round() as i32,
            lat: (position.lat * UNITS_PER_DEGREE).round() as i32,
        }
    }
}
