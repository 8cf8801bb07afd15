//! Demand cells for planning: the squares of ground that have a road, each asked for at its middle.

use crate::graph::snap::OnRoad;
use crate::search::weights::Weights;
use geometry::{METRES_PER_DEGREE, Wgs84};
use std::collections::BTreeSet;

/// A square of ground with a road that may be driven.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Counted from 90 degrees south.
    pub row: u32,
    /// Counted from 180 degrees west, along the row.
    pub column: u32,
    /// Its middle, WGS-84.
    pub middle: Wgs84,
    /// The road nearest to its middle.
    pub at: OnRoad,
}

/// Rows of equal height from pole to pole; each is cut into columns as wide as it is high at its middle, so
/// that a cell keeps its number whatever the network.
#[derive(Clone, Copy)]
struct Grid {
    side_m: f64,
}

impl Grid {
    fn height(self) -> f64 {
        self.side_m / METRES_PER_DEGREE
    }

    fn width(self, row: u32) -> f64 {
        let middle = (f64::from(row) + 0.5) * self.height() - 90.0;
        self.height() / middle.to_radians().cos().max(1e-6)
    }

    fn cell_of(self, at: Wgs84) -> (u32, u32) {
        let row = ((at.lat + 90.0) / self.height()) as u32;
        (row, ((at.lon + 180.0) / self.width(row)) as u32)
    }

    fn middle(self, (row, column): (u32, u32)) -> Wgs84 {
        Wgs84 {
            lon: (f64::from(column) + 0.5) * self.width(row) - 180.0,
            lat: (f64::from(row) + 0.5) * self.height() - 90.0,
        }
    }
}

/// The cells of `side_m` metres (100 to 100 000; anything else is taken as the nearest of these) in which a
/// road may be driven under these weights, by row and column.
pub fn cells(weights: &Weights, side_m: f64) -> Vec<Cell> {
    let side_m = if side_m.is_nan() { 1000.0 } else { side_m.clamp(100.0, 100_000.0) };
    let grid = Grid { side_m };
    let network = weights.network();
    let mut found = BTreeSet::new();
    for edge in network.edge_ids() {
        if weights.seconds(edge) == [None, None] {
            continue;
        }
        for pair in network.course(edge).windows(2) {
            // A road through a cell is met at least every half of its side.
            let steps = (pair[0].metres_to(pair[1]) / (side_m / 2.0)).ceil().max(1.0) as u32;
            for step in 0..=steps {
                let share = f64::from(step) / f64::from(steps);
                found.insert(grid.cell_of(pair[0].towards(pair[1], share)));
            }
        }
    }
    let cell = |(row, column)| {
        let middle = grid.middle((row, column));
        let at = weights.snap(middle, side_m, None).ok()?;
        Some(Cell { row, column, middle, at })
    };
    found.into_iter().filter_map(cell).collect()
}
