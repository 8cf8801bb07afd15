//! Points, polygons and distances on the small piece of the globe that a region is.

use dispatch_core::model::Wgs84;

/// Metres in one degree of latitude (mean earth radius 6 371 008.8 m).
const METRES_PER_DEGREE: f64 = 111_195.08;

/// A polygon: its outer ring first, then holes. Each ring ends where it starts.
pub type Polygon = Vec<Vec<Wgs84>>;

/// Metres between two positions, on a plane that touches the earth at the first. Good to one in a
/// thousand over a hundred kilometres.
pub fn metres_between(a: Wgs84, b: Wgs84) -> f64 {
    let [east, north] = offset(a, b);
    east.hypot(north)
}

/// Whether a position lies inside a polygon and in none of its holes.
pub(super) fn contains(polygon: &Polygon, position: Wgs84) -> bool {
    polygon.iter().filter(|ring| ring_contains(ring, position)).count() % 2 == 1
}

/// Whether a ring (which need not end where it starts) lies whole inside a polygon.
pub(super) fn holds_ring(polygon: &Polygon, corners: &[Wgs84]) -> bool {
    let mut ring = corners.to_vec();
    ring.extend(corners.first());
    let crosses = |side: &[Wgs84]| {
        let borders = polygon.iter().flat_map(|border| border.windows(2));
        borders.into_iter().any(|border| cross(side, border))
    };
    corners.iter().all(|corner| contains(polygon, *corner))
        && !ring.windows(2).any(crosses)
        && !polygon.iter().skip(1).flatten().any(|corner| ring_contains(&ring, *corner))
}

// Whether two sides cross, or one ends on the other.
fn cross(a: &[Wgs84], b: &[Wgs84]) -> bool {
    let turn = |p: Wgs84, q: Wgs84, r: Wgs84| {
        (q.lon - p.lon) * (r.lat - p.lat) - (q.lat - p.lat) * (r.lon - p.lon)
    };
    let apart = |p: Wgs84, q: Wgs84, r: Wgs84, s: Wgs84| turn(p, q, r) * turn(p, q, s) > 0.0;
    !apart(a[0], a[1], b[0], b[1]) && !apart(b[0], b[1], a[0], a[1])
}

/// Metres from a position to the nearest border of a polygon.
pub(super) fn metres_to_border(polygon: &Polygon, position: Wgs84) -> f64 {
    let sides = polygon.iter().flat_map(|ring| ring.windows(2));
    sides.map(|side| metres_to_side(side[0], side[1], position)).fold(f64::INFINITY, f64::min)
}

// Counts the sides that a ray to the east crosses.
fn ring_contains(ring: &[Wgs84], position: Wgs84) -> bool {
    let crossed = ring.windows(2).filter(|side| {
        let (a, b) = (side[0], side[1]);
        (a.lat > position.lat) != (b.lat > position.lat)
            && position.lon < (b.lon - a.lon) * (position.lat - a.lat) / (b.lat - a.lat) + a.lon
    });
    crossed.count() % 2 == 1
}

fn metres_to_side(from: Wgs84, to: Wgs84, position: Wgs84) -> f64 {
    let [ax, ay] = offset(position, from);
    let [bx, by] = offset(position, to);
    let (dx, dy) = (bx - ax, by - ay);
    let length_squared = dx * dx + dy * dy;
    let along = if length_squared > 0.0 { -(ax * dx + ay * dy) / length_squared } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    (ax + along * dx).hypot(ay + along * dy)
}

fn offset(origin: Wgs84, position: Wgs84) -> [f64; 2] {
    let east = (position.lon - origin.lon) * origin.lat.to_radians().cos();
    [east * METRES_PER_DEGREE, (position.lat - origin.lat) * METRES_PER_DEGREE]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[[f64; 2]]) -> Vec<Wgs84> {
        corners.iter().map(|[lon, lat]| Wgs84::checked(*lon, *lat).unwrap()).collect()
    }

    #[test]
    fn a_ring_lies_inside_only_as_a_whole() {
        // A horseshoe open to the north, and a square with a hole.
        let shoe = vec![ring(&[
            [0.0, 0.0],
            [9.0, 0.0],
            [9.0, 9.0],
            [6.0, 9.0],
            [6.0, 3.0],
            [3.0, 3.0],
            [3.0, 9.0],
            [0.0, 9.0],
            [0.0, 0.0],
        ])];
        assert!(holds_ring(&shoe, &ring(&[[1.0, 1.0], [8.0, 1.0], [8.0, 2.0]])));
        // Every corner inside, and yet across what lies between the arms.
        assert!(!holds_ring(&shoe, &ring(&[[1.0, 8.0], [8.0, 8.0], [8.0, 1.0]])));
        assert!(!holds_ring(&shoe, &ring(&[[1.0, 1.0], [20.0, 1.0], [8.0, 2.0]])));
        let holed = vec![
            ring(&[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0], [0.0, 0.0]]),
            ring(&[[4.0, 4.0], [5.0, 4.0], [5.0, 5.0], [4.0, 5.0], [4.0, 4.0]]),
        ];
        assert!(!holds_ring(&holed, &ring(&[[1.0, 1.0], [8.0, 1.0], [8.0, 8.0], [1.0, 8.0]])));
        assert!(holds_ring(&holed, &ring(&[[1.0, 1.0], [3.0, 1.0], [3.0, 3.0]])));
    }
}
