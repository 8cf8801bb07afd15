//! Coverage as the map's layer shows it.

use super::keeper::{CoverageKeeper, CoverageSources};
use crate::views::ToWire;
use dispatch_core::CentreState;
use dispatch_core::coverage::CellCoverage;
use wire_protocol::moves::{CoverageCell, CoverageView, StationCoverage};

impl CoverageKeeper {
    /// The coverage of a centre for consoles; `None` for a centre without stations or without demand.
    pub fn view(&self, sources: &CoverageSources<'_>, state: &CentreState) -> Option<CoverageView> {
        let ground = self.ground(&state.centre)?;
        let found = self.reckoned(sources, state)?;
        let coverage = found.coverage.as_ref()?;
        let total: f64 = found.cells.iter().map(|cell| cell.weight).sum();
        let cells = ground.cells.iter().zip(&found.cells).zip(&coverage.cells);
        let stations = ground.stations.iter().zip(found.reached_by_station());
        Some(CoverageView {
            centre: state.centre.to_wire(),
            version: found.version,
            made_at: found.made_at.0,
            advice: state.move_up.advice.to_wire(),
            by_road: found.by_road,
            demand_known: ground.demand_known,
            free_vehicles: u32::try_from(found.free.len()).unwrap_or(u32::MAX),
            expected_seconds: whole(coverage.expected_seconds),
            covered: coverage.covered,
            reached: coverage.reached,
            cells: cells
                .map(|((cell, weighed), it)| CoverageCell {
                    id: cell.id.clone(),
                    name_zh: cell.name_zh.clone(),
                    name_en: cell.name_en.clone(),
                    lon: cell.position.lon,
                    lat: cell.position.lat,
                    share: weighed.weight / total,
                    target_seconds: whole(cell.target_seconds),
                    nearest_seconds: nearest(it),
                    expected_seconds: whole(it.expected_seconds),
                    within_target: it.within_target,
                })
                .collect(),
            stations: stations
                .map(|((id, _), reached)| StationCoverage {
                    station: id.to_wire(),
                    reached,
                    uncovered_since: self.uncovered().since(&state.centre, id).to_wire(),
                })
                .collect(),
        })
    }
}

fn nearest(cell: &CellCoverage) -> Option<u32> {
    cell.nearest_seconds.is_finite().then(|| whole(cell.nearest_seconds))
}

fn whole(seconds: f64) -> u32 {
    seconds.round().max(0.0) as u32
}
