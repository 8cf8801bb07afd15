//! Incidents and vehicles as consoles are shown them: with their deadlines, and where each vehicle is now.

use crate::fleet::Fleet;
use crate::views::{self, Due, Seen};
use dispatch_core::CentreState;
use dispatch_core::model::VehicleId;
use dispatch_core::state::{Incident, Vehicle};
use std::sync::Arc;
use wire_protocol::positions::MAX_SLOT;
use wire_protocol::views::{IncidentView, VehicleView};

/// Makes the views of this process.
pub(super) struct ConsoleViews {
    pub(super) fleet: Arc<Fleet>,
    pub(super) due: Due,
}

impl ConsoleViews {
    pub(super) fn incident(&self, centre: &CentreState, incident: &Incident) -> IncidentView {
        views::incident(&centre.centre, incident, &self.due)
    }

    pub(super) fn vehicle(&self, centre: &CentreState, vehicle: &Vehicle) -> VehicleView {
        views::vehicle(centre, vehicle, &self.seen(&vehicle.id), &self.due)
    }

    /// What is known of a vehicle that no journal holds. A vehicle beyond the fleet's size is shown
    /// without a marker, under the last slot that a frame can carry.
    fn seen(&self, vehicle: &VehicleId) -> Seen {
        match self.fleet.enrol(vehicle) {
            Ok(cell) => Seen {
                slot: cell.slot,
                online: cell.is_online(),
                fix: cell.live_fix(),
                heard_at: cell.heard_at(),
            },
            Err(_) => Seen { slot: MAX_SLOT, online: false, fix: None, heard_at: None },
        }
    }
}
