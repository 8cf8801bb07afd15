//! Where the vehicles are and whether their terminals are there: slots, tracks, presence.
//!
//! Owns positions in memory only; what a vehicle is doing stands in the journal, and history is
//! written elsewhere.

mod cell;
mod link_signal;
mod presence;
mod server_run;
mod terminal_health;
mod whereabouts;

pub(crate) use cell::VehicleCell;
pub(crate) use link_signal::{LinkSignal, Told};
pub(crate) use presence::{Begun, CameElsewhere};
pub(crate) use server_run::ServerRun;
pub(crate) use whereabouts::position_norms;

use dispatch_core::fleet::{Fix, FixAssessment, FixNorms, FleetIndex, LiveFix, LocalPlane};
use dispatch_core::model::{Timestamp, VehicleId, Wgs84};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// There are no slots left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server was set up for {most} vehicles and all have a slot; raise the setting")]
pub(crate) struct FleetFull {
    most: u32,
}

/// The vehicles as they are now: every vehicle with a slot, and the index of where they are.
pub struct Fleet {
    cells: RwLock<Cells>,
    index: FleetIndex,
    plane: LocalPlane,
    norms: FixNorms,
    most: u32,
}

#[derive(Default)]
struct Cells {
    by_slot: Vec<Arc<VehicleCell>>,
    by_id: HashMap<VehicleId, u32>,
}

impl Fleet {
    /// A fleet with room for `most` vehicles on this plane.
    pub(crate) fn new(plane: LocalPlane, norms: FixNorms, most: u32) -> Self {
        let index = FleetIndex::with_capacity(most);
        Self { cells: RwLock::default(), index, plane, norms, most }
    }

    /// The vehicle's cell, made at the first asking; its slot stays until the server restarts.
    pub(crate) fn enrol(&self, vehicle: &VehicleId) -> Result<Arc<VehicleCell>, FleetFull> {
        if let Some(cell) = self.find(vehicle) {
            return Ok(cell);
        }
        let mut cells = self.cells.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = cells.by_id.get(vehicle) {
            return Ok(cells.by_slot[*slot as usize].clone());
        }
        let slot = cells.by_slot.len() as u32;
        if slot >= self.most {
            return Err(FleetFull { most: self.most });
        }
        let cell = Arc::new(VehicleCell::new(vehicle.clone(), slot));
        cells.by_slot.push(cell.clone());
        cells.by_id.insert(vehicle.clone(), slot);
        Ok(cell)
    }

    /// Gives these vehicles slots in this order, as far as there are any; gives those that have one.
    pub(crate) fn enrol_all(&self, vehicles: Vec<VehicleId>) -> Vec<VehicleId> {
        vehicles.into_iter().filter(|vehicle| self.enrol(vehicle).is_ok()).collect()
    }

    /// The cell of a vehicle that has a slot.
    pub(crate) fn find(&self, vehicle: &VehicleId) -> Option<Arc<VehicleCell>> {
        let cells = self.cells.read().unwrap_or_else(PoisonError::into_inner);
        let slot = *cells.by_id.get(vehicle)?;
        Some(cells.by_slot[slot as usize].clone())
    }

    /// The cell in a slot.
    pub(crate) fn at(&self, slot: u32) -> Option<Arc<VehicleCell>> {
        let cells = self.cells.read().unwrap_or_else(PoisonError::into_inner);
        cells.by_slot.get(slot as usize).cloned()
    }

    /// Shows every vehicle, in the order of slots. New vehicles wait meanwhile, fixes do not.
    pub(crate) fn for_each(&self, mut show: impl FnMut(&Arc<VehicleCell>)) {
        let cells = self.cells.read().unwrap_or_else(PoisonError::into_inner);
        cells.by_slot.iter().for_each(&mut show);
    }

    /// Whether every slot is given away, so that some vehicles may have none.
    pub(crate) fn is_full(&self) -> bool {
        let cells = self.cells.read().unwrap_or_else(PoisonError::into_inner);
        cells.by_slot.len() >= self.most as usize
    }

    /// Judges a fix of a vehicle and moves its marker and its point in the index if it should. A fix
    /// off the region's plane keeps its marker but leaves the index.
    pub(crate) fn assess(
        &self,
        cell: &VehicleCell,
        fix: Fix,
        received_at: Timestamp,
    ) -> FixAssessment {
        let judgement = cell.assess(fix, received_at, &self.norms);
        if judgement.moves_marker {
            self.place(cell, fix.position);
        }
        judgement
    }

    /// Takes over where a vehicle is as another server has judged it, or as it was before a restart.
    pub(crate) fn adopt(&self, cell: &VehicleCell, live: LiveFix) {
        if cell.adopt(live, &self.norms) {
            self.place(cell, live.fix.position);
        }
    }

    fn place(&self, cell: &VehicleCell, position: Wgs84) {
        let placed = self.plane.to_metres(position);
        match placed.map(|metres| self.index.place(cell.slot, metres)) {
            Some(Ok(())) => {}
            Some(Err(_)) | None => self.index.remove(cell.slot),
        }
    }

    /// Where every vehicle is, for searches by nearness.
    pub(crate) fn index(&self) -> &FleetIndex {
        &self.index
    }

    /// The plane of the index.
    pub(crate) fn plane(&self) -> &LocalPlane {
        &self.plane
    }
}
