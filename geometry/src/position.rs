//! A position with its datum, and what is measured along great circles.

use geo::{Bearing, Distance, HaversineMeasure, Point};
use serde::{Deserialize, Serialize};

/// Mean radius of the earth in metres (IUGG). The sphere is within 0.56 % of the ellipsoid.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Metres of one degree of latitude on that sphere.
pub const METRES_PER_DEGREE: f64 = EARTH_RADIUS_M * std::f64::consts::PI / 180.0;

/// Kilometres an hour in one metre a second.
pub const KMH_PER_MPS: f64 = 3.6;

const EARTH: HaversineMeasure = HaversineMeasure::new(EARTH_RADIUS_M);

/// A position in WGS-84 degrees (CGCS2000 agrees to decimetres).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wgs84 {
    /// Degrees east, -180 to 180.
    pub lon: f64,
    /// Degrees north, -90 to 90.
    pub lat: f64,
}

impl Wgs84 {
    /// A position, or `None` when a number is not finite or off the globe.
    pub fn checked(lon: f64, lat: f64) -> Option<Self> {
        let on_globe = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        on_globe.then_some(Self { lon, lat })
    }

    /// Whether it is 0, 0, or so near to it that it was rounded: what programs send that have no position.
    pub fn is_unset(self) -> bool {
        self.lon.abs() < 0.001 && self.lat.abs() < 0.001
    }

    /// Great-circle metres to another position (haversine).
    #[inline]
    pub fn metres_to(self, other: Self) -> f64 {
        let metres = EARTH.distance(self.point(), other.point());
        // Rounding may lift the haversine of two opposite points above one, of which there is no arcsine; and
        // what is no number counts as far away, never as near.
        if metres.is_nan() { EARTH_RADIUS_M * std::f64::consts::PI } else { metres }
    }

    /// The direction in which the great circle to `other` sets out, degrees clockwise from north, from 0 to
    /// below 360.
    #[inline]
    pub fn bearing_to(self, other: Self) -> f64 {
        EARTH.bearing(self.point(), other.point())
    }

    /// The position a share of the way to another, by degrees: 0 is here, 1 is there. Meant for the pieces of
    /// roads and rivers, where it differs from the great circle by nothing that is drawn.
    #[inline]
    pub fn towards(self, other: Self, share: f64) -> Self {
        Self {
            lon: self.lon + (other.lon - self.lon) * share,
            lat: self.lat + (other.lat - self.lat) * share,
        }
    }

    fn point(self) -> Point {
        Point::new(self.lon, self.lat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Also read by the console's tests, so that both sides measure alike.
    const FIGURES: &str = include_str!("../figures.json");

    #[derive(Deserialize)]
    struct Figure {
        from: Wgs84,
        to: Wgs84,
        metres: f64,
        bearing_degrees: f64,
    }

    #[test]
    fn distances_and_bearings_are_the_written_figures() {
        let figures: Vec<Figure> = serde_json::from_str(FIGURES).unwrap();
        assert!(figures.len() >= 6);
        for Figure { from, to, metres, bearing_degrees } in figures {
            let found = from.metres_to(to);
            assert!((found - metres).abs() <= metres * 1e-6, "{found} is not {metres}");
            let off = (from.bearing_to(to) - bearing_degrees).abs();
            assert!(
                off.min(360.0 - off) < 0.01,
                "{} is not {bearing_degrees}",
                from.bearing_to(to)
            );
        }
    }

    #[test]
    fn opposite_points_are_half_the_globe_apart_and_no_number_is_far() {
        let half = EARTH_RADIUS_M * std::f64::consts::PI;
        for lat in [-90.0, -36.1, -0.3, 0.0, 0.7, 38.49, 89.9] {
            let here = Wgs84 { lon: 106.23, lat };
            let there = Wgs84 { lon: 106.23 - 180.0, lat: -lat };
            assert!((here.metres_to(there) - half).abs() < 1.0);
        }
        let nowhere = Wgs84 { lon: f64::NAN, lat: 38.0 };
        assert_eq!(nowhere.metres_to(Wgs84 { lon: 106.0, lat: 38.0 }), half);
    }

    proptest! {
        #[test]
        fn a_move_is_as_long_as_it_was_asked_to_be_and_leads_there(
            lon in 103.0..109.0_f64, lat in 34.0..41.0_f64, far in 1.0..20_000.0_f64, turn in 0.0..360.0_f64,
        ) {
            let here = Wgs84 { lon, lat };
            let (east, north) = (turn.to_radians().sin() * far, turn.to_radians().cos() * far);
            let there = here.moved_by(east, north);
            prop_assert!((here.metres_to(there) - far).abs() <= far * 0.002);
            prop_assert!((there.metres_to(here) - here.metres_to(there)).abs() < 1e-6);
            let off = (here.bearing_to(there) - turn).abs();
            prop_assert!(off.min(360.0 - off) < 0.2);
        }
    }
}
