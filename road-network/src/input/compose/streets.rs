//! Streets around settlements: one lattice over the whole region, of which each settlement
//! takes the part around it. Towns that touch share their streets; the rule knows no chance.

use super::barriers::Barriers;
use super::draw::Draft;
use super::settlements::Settlement;
use crate::graph::road::RoadClass;
use geometry::{METRES_PER_DEGREE, Wgs84};
use std::collections::BTreeSet;

/// Between streets from south to north, degrees: 250 m.
const ROW_DEGREES: f64 = 250.0 / METRES_PER_DEGREE;
/// Between streets from west to east, degrees: about 250 m at 37 degrees north.
const COLUMN_DEGREES: f64 = 0.002_82;
/// Every so many streets one is wider.
const WIDE_EVERY: i32 = 4;

/// Adds the streets of every settlement.
pub(super) fn add(draft: &mut Draft, barriers: &Barriers, settlements: &[Settlement]) {
    let mut corners: BTreeSet<(i32, i32)> = BTreeSet::new();
    for settlement in settlements {
        let rows = (settlement.radius_m / 250.0).ceil() as i32 + 1;
        let (row, column) = (
            (settlement.centre.lat / ROW_DEGREES).round() as i32,
            (settlement.centre.lon / COLUMN_DEGREES).round() as i32,
        );
        for row in row - rows..=row + rows {
            for column in column - rows..=column + rows {
                if at(row, column).metres_to(settlement.centre) <= settlement.radius_m {
                    corners.insert((row, column));
                }
            }
        }
    }
    for &(row, column) in &corners {
        for (next, wide) in [
            ((row + 1, column), column.rem_euclid(WIDE_EVERY) == 0),
            ((row, column + 1), row.rem_euclid(WIDE_EVERY) == 0),
        ] {
            if corners.contains(&next) {
                street(draft, barriers, [at(row, column), at(next.0, next.1)], wide);
            }
        }
    }
}

fn at(row: i32, column: i32) -> Wgs84 {
    Wgs84 { lon: f64::from(column) * COLUMN_DEGREES, lat: f64::from(row) * ROW_DEGREES }
}

/// Wide streets pass under expressways, narrow ones end at them; none crosses a river.
fn street(draft: &mut Draft, barriers: &Barriers, [a, b]: [Wgs84; 2], wide: bool) {
    if barriers.crosses_river(a, b) || (!wide && barriers.crosses_expressway(a, b)) {
        return;
    }
    let class = if wide { RoadClass::Tertiary } else { RoadClass::Residential };
    let (from, to) = (draft.point(a), draft.point(b));
    draft.generated(from, to, class);
}
