//! Town or country, by how close together the junctions are: the same rule for imported and
//! composed networks, and no map of built-up areas needed.

use super::draft::{DraftEdge, at};
use crate::graph::road::Area;
use crate::input::plan::RoadPlan;
use geometry::Wgs84;
use std::collections::HashMap;

/// Cells of about one square kilometre at the latitudes of interest.
const CELL_DEGREES: f64 = 0.01;
/// So many junctions in a cell make it town. A grid of streets 250 m apart has about 16; a
/// country crossroads with its farm tracks stays below ten.
const TOWN_JUNCTIONS: u32 = 12;

pub(super) fn mark(plan: &RoadPlan, edges: &mut [DraftEdge]) {
    let mut degree: HashMap<u32, u32> = HashMap::new();
    for edge in edges.iter() {
        *degree.entry(edge.from).or_default() += 1;
        *degree.entry(edge.to).or_default() += 1;
    }
    let mut junctions: HashMap<(i32, i32), u32> = HashMap::new();
    for (point, degree) in degree {
        if degree >= 3 {
            *junctions.entry(cell(at(plan, point))).or_default() += 1;
        }
    }
    for edge in edges {
        let middle = match edge.inner.get(edge.inner.len() / 2) {
            Some(&point) => at(plan, point),
            None => at(plan, edge.from).towards(at(plan, edge.to), 0.5),
        };
        let count = junctions.get(&cell(middle)).copied().unwrap_or(0);
        edge.road.area = if count >= TOWN_JUNCTIONS { Area::Urban } else { Area::Rural };
    }
}

fn cell(position: Wgs84) -> (i32, i32) {
    let along = |degrees: f64| (degrees / CELL_DEGREES).floor() as i32;
    (along(position.lon), along(position.lat))
}
