//! The world outside the centre: roads, vehicles that drive on them, receivers that report where.
//! Pure: time and chance are arguments.

pub mod drive;
pub mod receiver;
pub mod road_map;

/// A position in WGS-84 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// Metres in a degree of latitude, and of longitude on the equator (sphere of 6 371 km).
const METRES_PER_DEGREE: f64 = 111_194.93;

impl LonLat {
    /// Metres to another position; flat-earth, good to 0.1 % within a province.
    pub fn metres_to(self, other: Self) -> f64 {
        let [east, north] = self.offset_to(other);
        east.hypot(north)
    }

    /// Metres east and north to another position.
    pub fn offset_to(self, other: Self) -> [f64; 2] {
        let shrink = ((self.lat + other.lat) / 2.0).to_radians().cos();
        [
            (other.lon - self.lon) * METRES_PER_DEGREE * shrink,
            (other.lat - self.lat) * METRES_PER_DEGREE,
        ]
    }

    /// The position so many metres east and north of this one.
    pub fn moved_by(self, east_m: f64, north_m: f64) -> Self {
        let shrink = self.lat.to_radians().cos();
        Self {
            lon: self.lon + east_m / (METRES_PER_DEGREE * shrink),
            lat: self.lat + north_m / METRES_PER_DEGREE,
        }
    }

    /// The position a share of the way to another: 0 is here, 1 is there.
    pub fn towards(self, other: Self, share: f64) -> Self {
        Self {
            lon: self.lon + (other.lon - self.lon) * share,
            lat: self.lat + (other.lat - self.lat) * share,
        }
    }

    /// Degrees clockwise from north to another position.
    pub fn heading_to(self, other: Self) -> f64 {
        let [east, north] = self.offset_to(other);
        east.atan2(north).to_degrees().rem_euclid(360.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_moves_agree() {
        let here = LonLat { lon: 106.2, lat: 38.4 };
        let there = here.moved_by(3000.0, -4000.0);
        assert!((here.metres_to(there) - 5000.0).abs() < 5.0);
        assert!((here.heading_to(there) - 143.13).abs() < 0.1);
    }
}
