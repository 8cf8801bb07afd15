//! Points on the earth and the few formulas needed: WGS-84 in, metres out. Never
//! projects a whole province onto one plane without saying how wrong that is.

use serde::{Deserialize, Serialize};

/// Mean radius of the earth in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;
/// Metres per degree of latitude on that sphere.
pub(crate) const METRES_PER_DEGREE: f64 = EARTH_RADIUS_M * std::f64::consts::PI / 180.0;

/// A place, WGS-84 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl Position {
    /// A position, or `None` where a number is not finite or outside the earth.
    pub fn checked(lon: f64, lat: f64) -> Option<Position> {
        let fits = lon.is_finite() && lat.is_finite() && lon.abs() <= 180.0 && lat.abs() <= 90.0;
        fits.then_some(Position { lon, lat })
    }

    /// Great-circle distance in metres.
    pub fn distance_m(self, other: Position) -> f64 {
        let (lat_a, lat_b) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = ((lat_b - lat_a) / 2.0).sin();
        let half_lon = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let chord = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
        2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin()
    }

    /// The direction towards `other`, degrees clockwise from north, 0 to 360.
    pub fn bearing_degrees(self, other: Position) -> f64 {
        let east = (other.lon - self.lon) * ((self.lat + other.lat) / 2.0).to_radians().cos();
        east.atan2(other.lat - self.lat).to_degrees().rem_euclid(360.0)
    }

    pub(crate) fn between(self, other: Position, share: f64) -> Position {
        Position {
            lon: self.lon + (other.lon - self.lon) * share,
            lat: self.lat + (other.lat - self.lat) * share,
        }
    }
}

/// A plane in metres around one point; true to one part in a thousand within 30 km of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plane {
    origin: Position,
    east_m: f64,
}

impl Plane {
    pub(crate) fn at(origin: Position) -> Plane {
        Plane { origin, east_m: METRES_PER_DEGREE * origin.lat.to_radians().cos() }
    }

    pub(crate) fn metres(&self, position: Position) -> [f64; 2] {
        [
            (position.lon - self.origin.lon) * self.east_m,
            (position.lat - self.origin.lat) * METRES_PER_DEGREE,
        ]
    }
}

/// The share (0 to 1) along the segment `a`-`b` that lies nearest to `point`, and how far
/// off it is, all on one plane of metres.
pub(crate) fn nearest_on_segment(point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> (f64, f64) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let squared = dx * dx + dy * dy;
    let share = if squared > 0.0 {
        (((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (off_x, off_y) = (a[0] + dx * share - point[0], a[1] + dy * share - point[1]);
    (share, (off_x * off_x + off_y * off_y).sqrt())
}

/// The point at a share (0 to 1) of a line's length.
pub(crate) fn along(course: &[Position], share: f64) -> Position {
    let lengths: Vec<f64> = course.windows(2).map(|pair| pair[0].distance_m(pair[1])).collect();
    let mut rest = lengths.iter().sum::<f64>() * share;
    for (pair, length) in course.windows(2).zip(lengths) {
        if rest <= length && length > 0.0 {
            return pair[0].between(pair[1], rest / length);
        }
        rest -= length;
    }
    course[course.len() - 1]
}

/// Where two segments cross, as shares along each; `None` where they do not or run parallel.
pub(crate) fn crossing(a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]) -> Option<(f64, f64)> {
    let (rx, ry) = (b[0] - a[0], b[1] - a[1]);
    let (sx, sy) = (d[0] - c[0], d[1] - c[1]);
    let cross = rx * sy - ry * sx;
    if cross.abs() < f64::EPSILON {
        return None;
    }
    let (qx, qy) = (c[0] - a[0], c[1] - a[1]);
    let (t, u) = ((qx * sy - qy * sx) / cross, (qx * ry - qy * rx) / cross);
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then_some((t, u))
}

/// Whether a ring (closed or not, degrees) holds a point: even-odd rule.
pub(crate) fn ring_contains(ring: &[Position], point: Position) -> bool {
    let mut inside = false;
    let mut last = match ring.last() {
        Some(last) => *last,
        None => return false,
    };
    for &here in ring {
        if (here.lat > point.lat) != (last.lat > point.lat) {
            let share = (point.lat - here.lat) / (last.lat - here.lat);
            if point.lon < here.lon + share * (last.lon - here.lon) {
                inside = !inside;
            }
        }
        last = here;
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_about_111_km() {
        let south = Position { lon: 106.0, lat: 38.0 };
        let north = Position { lon: 106.0, lat: 39.0 };
        assert!((south.distance_m(north) - 111_195.0).abs() < 1.0);
        assert_eq!(south.bearing_degrees(north), 0.0);
        assert!((north.bearing_degrees(south) - 180.0).abs() < 1e-9);
    }

    #[test]
    fn a_ring_knows_what_it_holds() {
        let at = |lon, lat| Position { lon, lat };
        let ring = [at(0.0, 0.0), at(2.0, 0.0), at(2.0, 2.0), at(0.0, 2.0)];
        assert!(ring_contains(&ring, at(1.0, 1.0)));
        assert!(!ring_contains(&ring, at(3.0, 1.0)));
        assert!(!ring_contains(&[], at(1.0, 1.0)));
    }
}
