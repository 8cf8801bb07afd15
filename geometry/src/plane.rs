//! Metres east and north of one place, on the plane that touches the earth there.

use crate::position::{METRES_PER_DEGREE, Wgs84};
use geo::{Line, LineLocatePoint, coord, point};

/// A plane in metres around one place; true to one part in a thousand within 30 km of it. Never a whole
/// province: that is the core's `LocalPlane`, which says how wrong it is.
#[derive(Clone, Copy, Debug)]
pub struct Plane {
    origin: Wgs84,
    east_m: f64,
}

impl Plane {
    /// The plane that touches the earth at a place.
    pub fn at(origin: Wgs84) -> Plane {
        Plane { origin, east_m: METRES_PER_DEGREE * origin.lat.to_radians().cos() }
    }

    /// Metres east and north of the origin.
    #[inline]
    pub fn metres(&self, position: Wgs84) -> [f64; 2] {
        [
            (position.lon - self.origin.lon) * self.east_m,
            (position.lat - self.origin.lat) * METRES_PER_DEGREE,
        ]
    }

    /// The position so many metres east and north of the origin.
    pub fn position(&self, [east_m, north_m]: [f64; 2]) -> Wgs84 {
        Wgs84 {
            lon: self.origin.lon + east_m / self.east_m,
            lat: self.origin.lat + north_m / METRES_PER_DEGREE,
        }
    }
}

impl Wgs84 {
    /// The position so many metres east and north, on the plane that touches the earth here.
    pub fn moved_by(self, east_m: f64, north_m: f64) -> Self {
        Plane::at(self).position([east_m, north_m])
    }
}

/// The share (0 to 1) along the segment `a`-`b` that lies nearest to `point`, and how far off it is, all on one
/// plane of metres.
#[inline]
pub fn nearest_on_segment(point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> (f64, f64) {
    let line = Line::new(coord! { x: a[0], y: a[1] }, coord! { x: b[0], y: b[1] });
    let share = line.line_locate_point(&point!(x: point[0], y: point[1])).unwrap_or(0.0);
    let off_x = a[0] + (b[0] - a[0]) * share - point[0];
    let off_y = a[1] + (b[1] - a[1]) * share - point[1];
    (share, (off_x * off_x + off_y * off_y).sqrt())
}

/// Metres from a place to the nearest point of a line; infinite where the line has fewer than two points.
pub fn metres_to_line(place: Wgs84, line: impl IntoIterator<Item = Wgs84>) -> f64 {
    let plane = Plane::at(place);
    let mut points = line.into_iter().map(|it| plane.metres(it));
    let Some(mut from) = points.next() else { return f64::INFINITY };
    let mut nearest_m = f64::INFINITY;
    for to in points {
        nearest_m = nearest_m.min(nearest_on_segment([0.0, 0.0], from, to).1);
        from = to;
    }
    nearest_m
}

/// The point at a share (0 to 1) of a line's length; `None` for a line without points.
pub fn along(line: &[Wgs84], share: f64) -> Option<Wgs84> {
    let lengths: Vec<f64> = line.windows(2).map(|pair| pair[0].metres_to(pair[1])).collect();
    let mut rest = lengths.iter().sum::<f64>() * share;
    for (pair, length) in line.windows(2).zip(lengths) {
        if rest <= length && length > 0.0 {
            return Some(pair[0].towards(pair[1], rest / length));
        }
        rest -= length;
    }
    line.last().copied()
}

/// Where two segments cross, as shares along each; `None` where they do not or run parallel. `geo` gives the
/// point alone, but roads are cut by the share.
pub fn crossing(a: [f64; 2], b: [f64; 2], c: [f64; 2], d: [f64; 2]) -> Option<(f64, f64)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_point_of_a_segment_may_be_its_end_or_a_point_without_length() {
        assert_eq!(nearest_on_segment([0.0, 3.0], [-5.0, 0.0], [5.0, 0.0]), (0.5, 3.0));
        assert_eq!(nearest_on_segment([9.0, 3.0], [-5.0, 0.0], [5.0, 0.0]), (1.0, 5.0));
        assert_eq!(nearest_on_segment([3.0, 4.0], [0.0, 0.0], [0.0, 0.0]), (0.0, 5.0));
    }

    #[test]
    fn a_line_is_as_far_as_its_nearest_piece() {
        let at = |lon, lat| Wgs84 { lon, lat };
        let line = [at(106.0, 38.0), at(106.0, 38.1), at(106.1, 38.1)];
        assert!(metres_to_line(at(106.0, 38.05), line) < 0.01);
        assert!((metres_to_line(at(106.05, 38.101), line) - 111.2).abs() < 0.1);
        assert_eq!(metres_to_line(at(106.0, 38.0), []), f64::INFINITY);
        assert_eq!(along(&[], 0.5), None);
        assert_eq!(along(&line[..1], 0.5), Some(line[0]));
        assert!(along(&line[..2], 0.5).unwrap().metres_to(at(106.0, 38.05)) < 0.1);
    }

    #[test]
    fn segments_cross_or_they_do_not() {
        let cross = |c, d| crossing([0.0, 0.0], [4.0, 0.0], c, d);
        assert_eq!(cross([1.0, -1.0], [1.0, 1.0]), Some((0.25, 0.5)));
        assert_eq!(cross([5.0, -1.0], [5.0, 1.0]), None);
        assert_eq!(cross([0.0, 1.0], [4.0, 1.0]), None);
    }
}
