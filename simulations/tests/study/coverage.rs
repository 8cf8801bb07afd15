//! The study's coverage takes cells together that the same stations reach; it is held to the core's, cell by cell.

use crate::city::city;
use dispatch_core::coverage::{Cell, CoverageCounts, CoverageSettings};
use simulations::study::coverage::Coverage;
use simulations::study::travel::Travel;

#[test]
fn coverage_of_grouped_cells_is_that_of_the_core() {
    let system = city();
    let travel = Travel::new(&system);
    let grouped = Coverage::new(&travel, 0.35);
    let before = 50.0 + 30.0;
    let urgent = || (0..2).flat_map(|class| (0..system.cells.len()).map(move |cell| (class, cell)));
    let cells: Vec<Cell> = urgent()
        .map(|(class, cell)| Cell {
            weight: system.cells[cell].weight * system.classes[class].share,
            target_seconds: system.target_seconds(class, cell) - before,
        })
        .collect();
    let times = |station: usize| -> Vec<f32> {
        urgent().map(|(_, cell)| travel.row(station, 0)[cell] as f32 / 1000.0).collect()
    };
    let settings = CoverageSettings::checked(0.35, 3600.0).expect("settings");
    let at_station = [1, 0, 3, 1, 0, 2];
    let mut counts = CoverageCounts::new(&cells, &settings);
    for (station, vehicles) in at_station.into_iter().enumerate() {
        (0..vehicles).for_each(|_| counts.add(&times(station)));
    }
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} and {b}");
    near(grouped.share(&at_station), counts.covered());
    let leavings = grouped.leavings(&at_station);
    let gains = grouped.gains(&at_station);
    for station in 0..at_station.len() {
        near(gains[station], counts.gain(&times(station)));
        if at_station[station] > 0 {
            let (loss, without) = leavings[station].as_ref().expect("there is a vehicle");
            near(*loss, counts.loss(&times(station)));
            near(grouped.loss(&at_station, station), *loss);
            counts.remove(&times(station));
            (0..at_station.len()).for_each(|to| near(without[to], counts.gain(&times(to))));
            counts.add(&times(station));
        } else {
            assert_eq!(leavings[station], None);
        }
    }
}
