//! The land within so many minutes of a place, as polygons. Land is claimed only where a road
//! reached in time lies close by: what no road reaches stays white.

use crate::answer::ranking::seed_onwards;
use crate::cost::costs::{CLOSED, Costs};
use crate::graph::parts::EdgeId;
use crate::graph::snap::OnRoad;
use crate::search::dijkstra::{Next, Sense, with_workspace};
use crate::search::ends::{departures, off_road_ms};
use contour::ContourBuilder;
use geometry::{METRES_PER_DEGREE, Wgs84};
use serde::Serialize;
use std::collections::HashMap;

/// Cells are never smaller: on finer ones each street would be its own thread of land.
const SMALLEST_CELL_M: f64 = 100.0;
/// The picture has at most so many cells along its longer side, so that an hour's reach costs
/// no more memory than five minutes'.
const MOST_CELLS: f64 = 600.0;

/// From a road somewhere in its cell to the far corner of the next cell's half, in cells.
const MARGIN_CELLS: f64 = 3.0;

/// Land reached within a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Isochrone {
    /// The limit in seconds.
    pub within_seconds: u32,
    /// Polygons: each an outer ring and its holes, closed rings, WGS-84.
    pub polygons: Vec<Vec<Vec<Wgs84>>>,
    /// No claimed point is farther than this from a road reached in time, metres.
    pub margin_m: f64,
}

/// The land around `start`, one answer for each limit, in the order given.
pub(crate) fn isochrones(costs: &Costs, start: &OnRoad, limits: &[u32]) -> Vec<Isochrone> {
    let most = limits.iter().max().copied().unwrap_or(0).saturating_mul(1000);
    let reached = reached(costs, start, most);
    let Some(raster) = Raster::over(&reached) else {
        let empty = |&within_seconds| Isochrone {
            within_seconds,
            polygons: Vec::new(),
            margin_m: MARGIN_CELLS * SMALLEST_CELL_M,
        };
        return limits.iter().map(empty).collect();
    };
    limits.iter().map(|&limit| raster.polygons(limit)).collect()
}

/// Pieces of road with the times at both ends; pieces are cut where time runs out.
fn reached(costs: &Costs, start: &OnRoad, most_ms: u32) -> Vec<[(Wgs84, u32); 2]> {
    let mut pieces = Vec::new();
    let off = off_road_ms(costs, start);
    let mut add = |arc: u32, entered_ms: u32, from: f64| {
        let whole_ms = f64::from(costs.state_ms[arc as usize]);
        let mut points = costs.network.course(EdgeId(arc / 2));
        if !arc.is_multiple_of(2) {
            points.reverse();
        }
        let length: f64 = points.windows(2).map(|it| it[0].metres_to(it[1])).sum();
        let mut gone = 0.0;
        for pair in points.windows(2) {
            let [a, b] = [gone, gone + pair[0].metres_to(pair[1])];
            gone = b;
            if length <= 0.0 || b / length < from {
                continue;
            }
            let ms =
                |metres: f64| f64::from(entered_ms) + (metres / length - from).max(0.0) * whole_ms;
            if ms(a) > f64::from(most_ms) {
                break;
            }
            let share = ((f64::from(most_ms) - ms(a)) / (ms(b) - ms(a)).max(1.0)).min(1.0);
            let end = pair[0].towards(pair[1], share);
            pieces.push([(pair[0], ms(a) as u32), (end, ms(b).min(f64::from(most_ms)) as u32)]);
        }
    };
    with_workspace(costs, |work| {
        for leave in departures(costs, start).iter() {
            add(leave.arc, off + leave.round_ms, leave.share);
            seed_onwards(costs, work, leave, |_| 0);
        }
        work.run(costs, Sense::Onwards, |_, state, label| {
            let entered = label.saturating_add(off);
            if entered > most_ms {
                return Next::Stop;
            }
            if costs.state_ms[state as usize] != CLOSED {
                add(costs.network.arc_of(state), entered, 0.0);
            }
            Next::Go
        });
    });
    pieces
}

/// The earliest time in every cell that a reached road runs through.
struct Raster {
    south_west: Wgs84,
    cell: [f64; 2],
    cell_m: f64,
    size: [usize; 2],
    earliest_ms: HashMap<(usize, usize), u32>,
}

impl Raster {
    fn over(pieces: &[[(Wgs84, u32); 2]]) -> Option<Raster> {
        let first = pieces.first()?[0].0;
        let (mut low, mut high) = (first, first);
        for (position, _) in pieces.iter().flatten() {
            low = Wgs84 { lon: low.lon.min(position.lon), lat: low.lat.min(position.lat) };
            high = Wgs84 { lon: high.lon.max(position.lon), lat: high.lat.max(position.lat) };
        }
        let east = METRES_PER_DEGREE * ((low.lat + high.lat) / 2.0).to_radians().cos();
        let wide = (high.lon - low.lon) * east;
        let tall = (high.lat - low.lat) * METRES_PER_DEGREE;
        let cell_m = SMALLEST_CELL_M.max(wide.max(tall) / MOST_CELLS);
        // Empty cells all round close every ring.
        let cell = [cell_m / east, cell_m / METRES_PER_DEGREE];
        let south_west = Wgs84 { lon: low.lon - 3.0 * cell[0], lat: low.lat - 3.0 * cell[1] };
        let size = [(wide / cell_m) as usize + 7, (tall / cell_m) as usize + 7];
        let mut raster = Raster { south_west, cell, cell_m, size, earliest_ms: HashMap::new() };
        for piece in pieces {
            raster.draw(*piece);
        }
        Some(raster)
    }

    fn draw(&mut self, [(a, a_ms), (b, b_ms)]: [(Wgs84, u32); 2]) {
        let steps = (a.metres_to(b) / (self.cell_m / 2.0)).ceil().max(1.0) as u32;
        for step in 0..=steps {
            let share = f64::from(step) / f64::from(steps);
            let at = a.towards(b, share);
            let column = ((at.lon - self.south_west.lon) / self.cell[0]) as usize;
            let row = ((at.lat - self.south_west.lat) / self.cell[1]) as usize;
            let ms = a_ms + (f64::from(b_ms.saturating_sub(a_ms)) * share) as u32;
            let known = self.earliest_ms.entry((column, row)).or_insert(ms);
            *known = (*known).min(ms);
        }
    }

    fn polygons(&self, within_seconds: u32) -> Isochrone {
        let [columns, rows] = self.size;
        let mut reached = vec![0.0; columns * rows];
        for (&(column, row), &ms) in &self.earliest_ms {
            if ms > within_seconds.saturating_mul(1000) {
                continue;
            }
            // The cell and its neighbours, so that no reached road lies outside the line.
            for row in row.saturating_sub(1)..(row + 2).min(rows) {
                for column in column.saturating_sub(1)..(column + 2).min(columns) {
                    reached[row * columns + column] = 1.0;
                }
            }
        }
        // Sample points are the cells' centres; the line runs half-way to the next centre.
        let built = ContourBuilder::new(columns, rows, true)
            .x_step(self.cell[0])
            .y_step(self.cell[1])
            .x_origin(self.south_west.lon)
            .y_origin(self.south_west.lat)
            .contours(&reached, &[0.5])
            .unwrap_or_default();
        let polygons = built
            .iter()
            .flat_map(|contour| contour.geometry().iter())
            .map(|polygon| {
                std::iter::once(polygon.exterior())
                    .chain(polygon.interiors())
                    .map(|ring| ring.coords().map(|it| Wgs84 { lon: it.x, lat: it.y }).collect())
                    .collect()
            })
            .collect();
        Isochrone { within_seconds, polygons, margin_m: MARGIN_CELLS * self.cell_m }
    }
}
