//! Projection between WGS-84 degrees and the metres of one region's plane.
//!
//! Equirectangular around the middle of the region: north-south is true everywhere, east-west is
//! true on the middle parallel and stretched towards the pole. Never used to tell a person a
//! distance; that is [`Wgs84::metres_to`].

use crate::model::Wgs84;
use geometry::METRES_PER_DEGREE;

/// Vehicles drive out of the province with patients; they stay on the plane up to this far outside.
const MARGIN_DEGREES: f64 = 2.0;

/// The plane ends here, because east-west metres lose their meaning near the poles.
const MOST_LATITUDE_DEGREES: f64 = 80.0;

/// A sphere overstates a distance on the ellipsoid by at most 0.56 %.
const ELLIPSOID_MARGIN: f64 = 1.006;

/// A region's plane in metres, x to the east and y to the north of its middle.
///
/// Error: for Ningxia (35.2 to 39.4 degrees north) east-west lengths are off by at most 3.5 % at
/// the northern and southern edges and north-south lengths by 0.5 %. [`LocalPlane::least_metres`]
/// turns a length on the plane into one that is never more than the true one.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalPlane {
    origin: Wgs84,
    half_width_degrees: f64,
    half_height_degrees: f64,
    metres_per_degree_east: f64,
    most_stretch: f64,
}

impl LocalPlane {
    /// The plane of the region between two WGS-84 corners, and two degrees around it.
    pub fn covering(south_west: Wgs84, north_east: Wgs84) -> Self {
        let south = south_west.lat.max(-MOST_LATITUDE_DEGREES);
        let north = north_east.lat.min(MOST_LATITUDE_DEGREES);
        let origin = Wgs84 {
            lon: f64::midpoint(south_west.lon, north_east.lon),
            lat: f64::midpoint(south, north),
        };
        let half_height_degrees = (north - south) / 2.0 + MARGIN_DEGREES;
        let half_width_degrees = (north_east.lon - south_west.lon) / 2.0 + MARGIN_DEGREES;
        let poleward = (origin.lat.abs() + half_height_degrees).min(MOST_LATITUDE_DEGREES);
        // A great circle between two points on one parallel bulges towards the pole.
        let bulge =
            (poleward.to_radians().tan() / half_width_degrees.min(80.0).to_radians().cos()).atan();
        let stretch = origin.lat.to_radians().cos() / bulge.cos();
        Self {
            origin,
            half_width_degrees,
            half_height_degrees,
            metres_per_degree_east: METRES_PER_DEGREE * origin.lat.to_radians().cos(),
            most_stretch: stretch.max(1.0) * ELLIPSOID_MARGIN,
        }
    }

    /// Metres east and north of the plane's middle; nothing outside the plane.
    pub fn to_metres(&self, position: Wgs84) -> Option<[f64; 2]> {
        let east = position.lon - self.origin.lon;
        let north = position.lat - self.origin.lat;
        let inside =
            east.abs() <= self.half_width_degrees && north.abs() <= self.half_height_degrees;
        inside.then_some([east * self.metres_per_degree_east, north * METRES_PER_DEGREE])
    }

    /// The position of a point of the plane.
    pub fn to_wgs84(&self, metres: [f64; 2]) -> Wgs84 {
        Wgs84 {
            lon: self.origin.lon + metres[0] / self.metres_per_degree_east,
            lat: self.origin.lat + metres[1] / METRES_PER_DEGREE,
        }
    }

    /// The least true length in metres that a straight length on the plane can stand for.
    pub fn least_metres(&self, plane_metres: f64) -> f64 {
        plane_metres / self.most_stretch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ningxia() -> LocalPlane {
        LocalPlane::covering(Wgs84 { lon: 104.2, lat: 35.2 }, Wgs84 { lon: 107.7, lat: 39.4 })
    }

    #[test]
    fn yinchuan_to_guyuan_is_about_278_km() {
        let metres = Wgs84 { lon: 106.23, lat: 38.49 }.metres_to(Wgs84 { lon: 106.24, lat: 36.0 });
        assert!((276_000.0..278_000.0).contains(&metres), "{metres}");
    }

    #[test]
    fn shanghai_lies_off_the_plane() {
        assert_eq!(ningxia().to_metres(Wgs84 { lon: 121.47, lat: 31.23 }), None);
        assert_eq!(ningxia().to_metres(Wgs84 { lon: f64::NAN, lat: 38.0 }), None);
    }

    proptest! {
        #[test]
        fn a_position_survives_the_plane(lon in 103.0..109.0, lat in 34.0..41.0) {
            let plane = ningxia();
            let back = plane.to_wgs84(plane.to_metres(Wgs84 { lon, lat }).unwrap());
            prop_assert!((back.lon - lon).abs() < 1e-9 && (back.lat - lat).abs() < 1e-9);
        }

        #[test]
        fn the_least_length_is_never_more_than_the_true_one_and_close_to_it(
            a in (103.0..109.0, 34.0..41.0), b in (103.0..109.0, 34.0..41.0),
        ) {
            let plane = ningxia();
            let (a, b) = (Wgs84 { lon: a.0, lat: a.1 }, Wgs84 { lon: b.0, lat: b.1 });
            let ([ax, ay], [bx, by]) = (plane.to_metres(a).unwrap(), plane.to_metres(b).unwrap());
            let least = plane.least_metres((ax - bx).hypot(ay - by));
            let truth = a.metres_to(b);
            prop_assert!(least <= truth, "{least} is more than {truth}");
            prop_assert!(least >= 0.87 * truth, "{least} is far below {truth}");
        }
    }
}
