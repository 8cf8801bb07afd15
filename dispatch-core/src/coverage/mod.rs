//! Coverage: how soon, and how surely, the free vehicles of a centre would reach the next patient.
//!
//! Pure and without names: an area is a list of [`Cell`]s, a vehicle or a station is a row of driving times in
//! seconds to each of them, looked up by the caller. The same functions serve the ranking, the advice to move
//! vehicles up and the layer on the map. The policy studies ask millions of times and keep a form of their own that
//! takes cells together; `simulations/tests/study/coverage.rs` holds it to this one.

mod counts;
mod expected;
mod moves;
mod settings;

pub use counts::CoverageCounts;
pub use expected::{CellCoverage, Coverage, MOST_FOR_ONE_CELL};
pub use moves::{Mover, Relocation, best_relocation, nearest_base, reached_by_base};
pub use settings::{BadCoverageSettings, CoverageSettings};

#[cfg(test)]
mod tests;

/// A piece of ground from which calls come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// How much of the demand comes from it, in any unit that is the same for all cells; not negative.
    pub weight: f64,
    /// Driving seconds within which it counts as covered.
    pub target_seconds: f64,
}

/// Driving seconds from one place to every cell, in the cells' order. `f32::INFINITY` where there is no route.
pub type Times<'a> = &'a [f32];

/// Seconds to a cell. What is missing or no number is as good as no route.
fn seconds(times: Times<'_>, cell: usize) -> f64 {
    times.get(cell).map_or(f64::INFINITY, |seconds| {
        if seconds.is_nan() { f64::INFINITY } else { f64::from(*seconds) }
    })
}

fn total_weight(cells: &[Cell]) -> f64 {
    cells.iter().map(|cell| cell.weight).sum()
}
