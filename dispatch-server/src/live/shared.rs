//! What all links of this process share.

use super::arrivals::Arrivals;
use super::cameras::Cameras;
use super::console_views::ConsoleViews;
use super::counters::Counters;
use super::feed::Feed;
use super::near_hospitals::NearHospitals;
use super::settings::LiveSettings;
use super::software::Software;
use super::strangers::Strangers;
use crate::coverage::CoverageKeeper;
use crate::fleet::{Fleet, VehicleCell};
use crate::history::History;
use crate::roads::Roads;
use crate::views::{RegionNames, vehicle_assignment};
use dispatch_core::model::{CommandId, OutboxId, VehicleId};
use dispatch_core::state::TerminalFaults;
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::Desk;
use dispatch_desk::health::Health;
use region::Region;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use wire_protocol::agent::VehicleAssignment;

/// Everything a link needs.
pub(crate) struct Shared {
    pub(super) desk: Desk,
    pub(super) history: History,
    pub(super) clock: Clock,
    pub(super) region: Arc<Region>,
    pub(super) roads: Arc<Roads>,
    pub(super) settings: LiveSettings,
    pub(super) fleet: Arc<Fleet>,
    pub(super) feed: Feed,
    pub(super) arrivals: Arrivals,
    pub(super) counters: Counters,
    /// What crews are told in the region's names.
    pub(super) names: RegionNames,
    /// The hospitals that orders offer.
    pub(super) near_hospitals: NearHospitals,
    /// Coverage of every centre's ground.
    pub(super) coverage: CoverageKeeper,
    /// Incidents and vehicles as consoles are shown them.
    pub(super) views: ConsoleViews,
    pub(super) stop: CancellationToken,
    /// Whether another server is there whose clock nobody doubts.
    pub(super) better_clock_elsewhere: AtomicBool,
    /// Vehicles without a centre whose terminals came.
    pub(super) strangers: Arc<Strangers>,
    /// Program and version of terminals that came since they were last written down.
    pub(super) software: Software,
    /// Vehicles' cameras, and who looks through them.
    pub(super) cameras: Cameras,
    /// Counts how often links were asked to go elsewhere.
    pub(super) moves: watch::Sender<u64>,
}

impl Shared {
    /// Whether this server's own clock is doubted.
    pub(super) fn is_clock_doubtful(&self) -> bool {
        *self.desk.clocks().borrow() == Some(Health::Degraded)
    }

    /// Whether this server's own clock was compared with the others and agrees with them.
    pub(super) fn is_clock_believed(&self) -> bool {
        *self.desk.clocks().borrow() == Some(Health::Working)
    }

    /// Whether links are better held by another server: the clock here is doubted, and one there is not.
    pub(super) fn is_better_elsewhere(&self) -> bool {
        self.is_clock_doubtful() && self.better_clock_elsewhere.load(Ordering::Relaxed)
    }

    /// Commands of an outbox recorded by the vehicle's centre: every number up to this one.
    pub(super) fn commands_through(&self, vehicle: &VehicleId, outbox: &OutboxId) -> u64 {
        let centre = self.desk.centre_answering(vehicle);
        let through = centre.and_then(|centre| {
            self.desk.read(&centre, |state| state.commands_recorded(vehicle, outbox))
        });
        through.unwrap_or(0)
    }

    /// Whether a centre has recorded this press of the vehicle.
    pub(super) fn has_recorded(
        &self,
        vehicle: &VehicleId,
        outbox: &OutboxId,
        number: u64,
        name: &CommandId,
    ) -> bool {
        let recorded = self.desk.centre_answering(vehicle).and_then(|centre| {
            self.desk.read(&centre, |state| state.has_recorded(vehicle, outbox, number, name))
        });
        recorded.unwrap_or(false)
    }

    /// What is known to stand wrong with a vehicle's terminal.
    pub(super) fn terminal_faults(&self, vehicle: &VehicleId) -> TerminalFaults {
        self.desk.read_all(|centres| {
            let vehicle = centres.values().find_map(|centre| centre.vehicles.get(vehicle));
            vehicle.map(|vehicle| vehicle.terminal).unwrap_or_default()
        })
    }

    /// The vehicle as its centre has it; nothing while it is between two centres.
    pub(super) fn vehicle_assignment(&self, cell: &VehicleCell) -> Option<VehicleAssignment> {
        let centre = self.desk.centre_of_vehicle(&cell.id)?;
        self.desk.read(&centre, |state| vehicle_assignment(state, &cell.id, &self.names))?
    }
}
