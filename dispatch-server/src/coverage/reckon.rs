//! One centre's coverage at one version of its journal.

use super::ground::Ground;
use dispatch_core::CentreState;
use dispatch_core::coverage::{
    Cell, Coverage, CoverageSettings, Times, nearest_base, reached_by_base,
};
use dispatch_core::model::{StationId, Timestamp, VehicleId};
use dispatch_core::recommend::VehicleAt;
use dispatch_core::state::{Duty, Vehicle};
use std::collections::HashMap;
use std::sync::Arc;

/// A station's ground counts as covered while some free vehicle reaches at least this share of its demand.
pub(super) const ENOUGH: f64 = 0.5;

/// Driving seconds from one place to the cells of a ground, and behind them to its stations.
pub(crate) type Row = Arc<[f32]>;

/// A vehicle that covers ground where it is.
pub(crate) struct Free {
    pub(crate) vehicle: VehicleId,
    pub(crate) row: Row,
}

/// The coverage of a centre.
pub(crate) struct Reckoned {
    /// The journal version it was made from.
    pub(crate) version: u64,
    pub(crate) made_at: Timestamp,
    pub(crate) by_road: bool,
    pub(crate) cells: Vec<Cell>,
    pub(crate) free: Vec<Free>,
    /// Times from each station of the ground.
    pub(crate) stations: Arc<[Row]>,
    /// `None` for a ground without demand.
    pub(crate) coverage: Option<Coverage>,
    lost: HashMap<VehicleId, f64>,
}

impl Reckoned {
    pub(crate) fn new(
        state: &CentreState,
        now: Timestamp,
        ground: &Ground,
        (stations, by_road): (Arc<[Row]>, bool),
        settings: &CoverageSettings,
        row_on_road: impl Fn(&Vehicle) -> Option<Row>,
    ) -> Self {
        let cells = ground.weighed(now);
        let free: Vec<Free> = state
            .vehicles
            .values()
            .filter(|vehicle| vehicle.may_move())
            .filter_map(|vehicle| {
                let row = station_of(vehicle).and_then(|id| {
                    let at = ground.stations.iter().position(|(known, _)| known == id)?;
                    stations.get(at).cloned()
                });
                let row = row.or_else(|| row_on_road(vehicle))?;
                Some(Free { vehicle: vehicle.id.clone(), row })
            })
            .collect();
        let times: Vec<Times<'_>> = free.iter().map(|it| &it.row[..cells.len()]).collect();
        let coverage = Coverage::of(&cells, &times, settings);
        let lost = coverage.iter().flat_map(|found| {
            let ids = free.iter().map(|it| it.vehicle.clone());
            ids.zip(found.lost_seconds.iter().copied())
        });
        let (version, made_at, lost) = (state.version, now, lost.collect());
        Self { version, made_at, by_road, free, stations, coverage, lost, cells }
    }

    /// By how many seconds the next patient's expected response grows without a vehicle; `None` for one that covers
    /// nothing now.
    pub(crate) fn lost_seconds(&self, vehicle: &VehicleId) -> Option<f64> {
        self.lost.get(vehicle).copied()
    }

    /// Times from each station to the cells.
    pub(crate) fn bases(&self) -> Vec<Times<'_>> {
        self.stations.iter().map(|row| &row[..self.cells.len()]).collect()
    }

    /// For each station, the share of the demand nearest to it that some free vehicle reaches within target.
    pub(crate) fn reached_by_station(&self) -> Vec<Option<f64>> {
        let Some(coverage) = &self.coverage else { return vec![None; self.stations.len()] };
        let nearest = nearest_base(self.cells.len(), &self.bases());
        let within = |cell: usize| coverage.cells.get(cell).map_or(0, |it| it.within_target);
        reached_by_base(&self.cells, &nearest, self.stations.len(), within)
    }
}

impl Reckoned {
    /// The stations from which a vehicle reaches enough of the ground of the station at this place in the list.
    pub(crate) fn reaching(&self, station: usize) -> Vec<bool> {
        let bases = self.bases();
        let nearest = nearest_base(self.cells.len(), &bases);
        let reaches = |times: &Times<'_>| {
            let within = |cell: usize| {
                let seconds = times.get(cell).copied().unwrap_or(f32::INFINITY);
                u32::from(f64::from(seconds) <= self.cells[cell].target_seconds)
            };
            let shares = reached_by_base(&self.cells, &nearest, bases.len(), within);
            shares.get(station).copied().flatten().is_some_and(|share| share >= ENOUGH)
        };
        bases.iter().map(reaches).collect()
    }
}

/// The station at which a vehicle stands, as far as the journal says.
pub(crate) fn station_of(vehicle: &Vehicle) -> Option<&StationId> {
    let stands = match &vehicle.duty {
        Duty::AvailableAtStation => true,
        Duty::AvailableOnRoad { .. } => vehicle.is_standing_by(),
        Duty::OnTask { .. } | Duty::OffDuty | Duty::Paused { .. } => false,
    };
    stands.then(|| vehicle.station())
}

/// A place at which nobody drives yet.
pub(crate) const fn standing(position: dispatch_core::model::Wgs84) -> VehicleAt {
    VehicleAt { position, heading_deg: None }
}
