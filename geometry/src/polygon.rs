//! What lies inside rings of positions, by degrees. A point belongs to exactly one of two areas that share a
//! border (even-odd, half-open), so that no call on a border is nobody's: `geo` would give it to neither.

use crate::plane::metres_to_line;
use crate::position::Wgs84;

/// A polygon: its outer ring first, then holes. Each ring ends where it starts.
pub type Polygon = Vec<Vec<Wgs84>>;

/// Whether a position lies inside a polygon and in none of its holes.
pub fn contains(polygon: &Polygon, position: Wgs84) -> bool {
    polygon.iter().filter(|ring| ring_contains(ring, position)).count() % 2 == 1
}

/// Whether a ring (closed or not) holds a position: a ray to the east crosses an odd number of sides.
pub fn ring_contains(ring: &[Wgs84], position: Wgs84) -> bool {
    let Some(mut from) = ring.last().copied() else { return false };
    let mut inside = false;
    for &to in ring {
        if (to.lat > position.lat) != (from.lat > position.lat) {
            let share = (position.lat - to.lat) / (from.lat - to.lat);
            if position.lon < to.lon + share * (from.lon - to.lon) {
                inside = !inside;
            }
        }
        from = to;
    }
    inside
}

/// Whether a ring (which need not end where it starts) lies whole inside a polygon.
pub fn holds_ring(polygon: &Polygon, corners: &[Wgs84]) -> bool {
    let mut ring = corners.to_vec();
    ring.extend(corners.first());
    let crosses = |side: &[Wgs84]| {
        let borders = polygon.iter().flat_map(|border| border.windows(2));
        borders.into_iter().any(|border| touch(side, border))
    };
    corners.iter().all(|corner| contains(polygon, *corner))
        && !ring.windows(2).any(crosses)
        && !polygon.iter().skip(1).flatten().any(|corner| ring_contains(&ring, *corner))
}

/// Metres from a position to the nearest border of a polygon.
pub fn metres_to_border(polygon: &Polygon, position: Wgs84) -> f64 {
    let rings = polygon.iter().map(|ring| metres_to_line(position, ring.iter().copied()));
    rings.fold(f64::INFINITY, f64::min)
}

/// Whether two sides cross, or one ends on the other.
fn touch(a: &[Wgs84], b: &[Wgs84]) -> bool {
    let turn = |p: Wgs84, q: Wgs84, r: Wgs84| {
        (q.lon - p.lon) * (r.lat - p.lat) - (q.lat - p.lat) * (r.lon - p.lon)
    };
    let apart = |p: Wgs84, q: Wgs84, r: Wgs84, s: Wgs84| turn(p, q, r) * turn(p, q, s) > 0.0;
    !apart(a[0], a[1], b[0], b[1]) && !apart(b[0], b[1], a[0], a[1])
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

    #[test]
    fn a_point_of_a_shared_border_belongs_to_exactly_one_area() {
        let west = ring(&[[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]);
        let east = ring(&[[2.0, 0.0], [4.0, 0.0], [4.0, 2.0], [2.0, 2.0]]);
        let north = ring(&[[0.0, 2.0], [4.0, 2.0], [4.0, 4.0], [0.0, 4.0]]);
        for [lon, lat] in [[2.0, 1.0], [1.0, 2.0], [3.0, 2.0], [2.0, 2.0]] {
            let here = Wgs84 { lon, lat };
            let owners = [&west, &east, &north].iter().filter(|it| ring_contains(it, here)).count();
            assert_eq!(owners, 1, "{lon} {lat}");
        }
        assert!(!ring_contains(&[], Wgs84 { lon: 1.0, lat: 1.0 }));
    }
}
