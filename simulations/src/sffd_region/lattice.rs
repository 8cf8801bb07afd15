//! Streets as a lattice over the ground that calls came from: nobody published the city's roads with the calls.

use geometry::{Plane, Wgs84};
use std::collections::{BTreeSet, VecDeque};

/// Metres between two streets.
const SPACING_M: f64 = 400.0;
/// A street is laid only where a call lies within so many metres.
const NEAR_M: f64 = 700.0;

/// A street: its name, whether it is a wide one, its stretches.
pub(super) struct Street {
    pub(super) name: String,
    pub(super) is_wide: bool,
    pub(super) parts: Vec<Vec<Wgs84>>,
}

type Node = (i32, i32);

/// The streets over these places, all joined to one another.
pub(super) fn streets(bounds: [f64; 4], places: &[Wgs84]) -> Vec<Street> {
    let plane = Plane::at(Wgs84 { lon: bounds[0], lat: bounds[1] });
    let reach = (NEAR_M / SPACING_M).ceil() as i32;
    let mut near = BTreeSet::new();
    for place in places {
        let [east, north] = plane.metres(*place);
        let (x, y) = ((east / SPACING_M).round() as i32, (north / SPACING_M).round() as i32);
        for dx in -reach..=reach {
            for dy in -reach..=reach {
                let (x, y) = (x + dx, y + dy);
                let away =
                    (f64::from(x) * SPACING_M - east).hypot(f64::from(y) * SPACING_M - north);
                if away <= NEAR_M {
                    near.insert((x, y));
                }
            }
        }
    }
    let joined = largest(&near);
    let origin = Wgs84 { lon: bounds[0], lat: bounds[1] };
    let at = |(x, y): Node| origin.moved_by(f64::from(x) * SPACING_M, f64::from(y) * SPACING_M);
    let along = |line: i32, eastward: bool| -> Vec<Vec<Wgs84>> {
        let on = joined.iter().filter(|(x, y)| if eastward { *y == line } else { *x == line });
        let mut steps: Vec<i32> = on.map(|(x, y)| if eastward { *x } else { *y }).collect();
        steps.sort_unstable();
        let runs = steps.chunk_by(|a, b| a + 1 == *b).filter(|run| run.len() > 1);
        let node = |step: &i32| at(if eastward { (*step, line) } else { (line, *step) });
        runs.map(|run| run.iter().map(node).collect()).collect()
    };
    let rows: BTreeSet<i32> = joined.iter().map(|(_, y)| *y).collect();
    let columns: BTreeSet<i32> = joined.iter().map(|(x, _)| *x).collect();
    let named = |line: i32, eastward: bool| Street {
        name: format!("{}{line}", if eastward { "EW" } else { "NS" }),
        is_wide: line % 4 == 0,
        parts: along(line, eastward),
    };
    let rows = rows.into_iter().map(|line| named(line, true));
    let columns = columns.into_iter().map(|line| named(line, false));
    rows.chain(columns).filter(|street| !street.parts.is_empty()).collect()
}

/// The largest set of nodes that can all be reached from one another.
fn largest(nodes: &BTreeSet<Node>) -> BTreeSet<Node> {
    let mut left = nodes.clone();
    let mut best = BTreeSet::new();
    while let Some(first) = left.pop_first() {
        let (mut found, mut next) = (BTreeSet::from([first]), VecDeque::from([first]));
        while let Some((x, y)) = next.pop_front() {
            for node in [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)] {
                if left.remove(&node) {
                    found.insert(node);
                    next.push_back(node);
                }
            }
        }
        if found.len() > best.len() {
            best = found;
        }
    }
    best
}
