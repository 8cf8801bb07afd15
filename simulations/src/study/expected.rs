//! What the next patient loses when a vehicle is sent away, by the core's own model of coverage, as the product's ranking has
//! it. Reckons cell by cell: a hundred times slower than [`super::coverage`], and so only for policies that ask for it.

use super::travel::Travel;
use dispatch_core::coverage::{Cell, Coverage, CoverageSettings, Times};

/// The ground of a system with the driving times from its stations.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    cells: Vec<Cell>,
    /// By station, seconds to each cell.
    rows: Vec<Vec<f32>>,
    settings: CoverageSettings,
}

impl Expected {
    /// Of urgent demand within the targets of the most urgent class, delay and turnout taken off.
    pub fn new(travel: &Travel<'_>) -> Self {
        let system = travel.system;
        let behaviour = &system.behaviour;
        let before = behaviour.dispatch_delay.mean_seconds() + behaviour.turnout.mean_seconds();
        let cell = |(at, cell): (usize, &super::system::DemandCell)| Cell {
            weight: cell.weight,
            target_seconds: (system.target_seconds(0, at) - before).max(0.0),
        };
        let mode = system.classes[0].mode;
        let seconds = |ms: &u32| {
            if *ms == u32::MAX { f32::INFINITY } else { *ms as f32 / 1000.0 }
        };
        let row = |station| travel.row(station, mode).iter().map(seconds).collect();
        Self {
            cells: system.cells.iter().enumerate().map(cell).collect(),
            rows: (0..system.stations.len()).map(row).collect(),
            settings: CoverageSettings::default(),
        }
    }

    /// By how many seconds the next patient's expected response grows without each of the free vehicles, given the stations
    /// at which they wait or will wait.
    pub fn lost_seconds(&self, stations: &[usize]) -> Vec<f64> {
        let rows: Vec<Times<'_>> =
            stations.iter().map(|&station| self.rows[station].as_slice()).collect();
        let found = Coverage::of(&self.cells, &rows, &self.settings);
        found.map_or_else(|| vec![0.0; stations.len()], |it| it.lost_seconds)
    }
}
