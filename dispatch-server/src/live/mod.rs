//! Live state: vehicle connections, the console feed, and current positions.
//!
//! Holds nothing that must survive a restart: commands are the desk's, past positions are history's. A
//! link or a console that misbehaves costs itself and nobody else.

mod advise;
mod agent_link;
mod arrivals;
mod cameras;
mod console_views;
mod consoles;
mod counters;
mod elsewhere;
mod feed;
mod journeys;
mod lapse;
pub mod limits;
mod link;
mod movement;
mod near_hospitals;
mod norm_gauges;
mod peers;
mod pictures;
mod redis_address;
mod restore_positions;
mod settings;
mod shared;
mod software;
mod strangers;

pub use agent_link::{crew_command, press_name, read_agent_frame};
pub use consoles::read_console_frame;
pub use dispatch_core::fleet::LiveFix;
pub use limits::FrameAllowance;
pub use link::Socket;
pub use peers::read_peer_message;
pub use redis_address::{BadRedisAddress, RedisAddress};
pub use settings::LiveSettings;

use crate::coverage::CoverageKeeper;
use crate::fleet::Fleet;
use crate::history::History;
use crate::rank::deadline_norms;
use crate::roads::Roads;
use crate::views::{Due, RegionNames};
use console_views::ConsoleViews;
use consoles::Parts;
use counters::Counters;
use dispatch_core::CentreState;
use dispatch_core::fleet::{Fix, FixAssessment, LocalPlane};
use dispatch_core::model::{CentreId, PersonId, TaskId, VehicleId, Wgs84};
use dispatch_core::state::{Incident, Vehicle};
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::Desk;
use dispatch_desk::health::HealthMonitor;
use dispatch_desk::space::Space;
use feed::{Epoch, Feed};
use near_hospitals::NearHospitals;
use region::Region;
use shared::Shared;
use software::Software;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use wire_protocol::console::ServiceState;
use wire_protocol::route::RouteView;
use wire_protocol::views::{IncidentView, VehicleView};

/// Who looks at a console, and what they may see.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// The centres whose picture they see.
    pub sees: Vec<CentreId>,
    /// Cancelled when their session ends or is revoked.
    pub session_ended: CancellationToken,
}

/// The live part of the server; cheap to clone.
#[derive(Clone)]
pub struct Live {
    shared: Arc<Shared>,
    tasks: TaskTracker,
}

impl Live {
    /// Starts the feed. Every link and task ends when `stop` is cancelled; [`Live::ended`] tells when
    /// the tasks have. Links are the caller's tasks. Must be called within a tokio runtime, after the
    /// metrics recorder was installed.
    pub fn start(
        desk: Desk,
        history: History,
        region: Arc<Region>,
        roads: Arc<Roads>,
        settings: LiveSettings,
        clock: Clock,
        stop: CancellationToken,
    ) -> Self {
        let bounds = region.settings.map.bounds;
        let plane = LocalPlane::covering(
            Wgs84 { lon: bounds.west, lat: bounds.south },
            Wgs84 { lon: bounds.east, lat: bounds.north },
        );
        let fleet = Arc::new(Fleet::new(plane, settings.fix_norms, settings.most_vehicles));
        let centres = desk.read_all(|centres| centres.keys().cloned().collect());
        let slots = fleet.enrol_all(every_vehicle(&desk, &region));
        let epoch = Epoch::begin(clock.now(), settings.journal_name.as_deref(), slots.iter());
        let ((monitor, health), redis) = (HealthMonitor::new(), settings.redis.clone());
        let strangers = Arc::new(strangers::Strangers::default());
        let mut parts = Parts {
            journal: desk.health(),
            history: history.health(),
            positions_lost: history.lost_at(),
            others: redis.is_some().then_some(health),
            set_backs: desk.set_backs(),
            troubles: desk.troubles(),
            clocks: desk.clocks(),
            space: settings.space.as_ref().map(Space::changes),
            strangers: strangers.changes(),
            region_is_old: settings.region_is_old,
        };
        let shared = Arc::new(Shared {
            feed: Feed::new(centres, epoch, parts.state()),
            names: RegionNames::of(&region),
            coverage: CoverageKeeper::of(&region, &roads),
            near_hospitals: NearHospitals::of(&region, &roads),
            views: ConsoleViews { fleet: fleet.clone(), due: due(&region, &roads) },
            counters: Counters::new(),
            desk,
            history,
            clock,
            region,
            roads,
            arrivals: arrivals::Arrivals::default(),
            settings,
            fleet,
            stop,
            better_clock_elsewhere: AtomicBool::new(false),
            strangers,
            software: Software::default(),
            cameras: cameras::Cameras::default(),
            moves: watch::Sender::new(0),
        });
        let tasks = TaskTracker::new();
        consoles::start(&shared, parts, &tasks);
        tasks.spawn(journeys::run(shared.clone()));
        tasks.spawn(lapse::run(shared.clone()));
        tasks.spawn(advise::run(shared.clone()));
        tasks.spawn(movement::run(shared.clone()));
        tasks.spawn(norm_gauges::run(shared.clone()));
        tasks.spawn(strangers::forget_quiet(shared.strangers.clone(), shared.stop.clone()));
        if let Some(redis) = redis {
            tasks.spawn(peers::run(shared.clone(), redis, monitor));
        }
        tasks.spawn(tell_stop(shared.clone()));
        tasks.spawn(elsewhere::run(shared.clone()));
        tasks.close();
        Self { shared, tasks }
    }

    /// Waits until the tasks of the live part have ended; they do once stop is cancelled.
    pub async fn ended(&self) {
        self.tasks.wait().await;
    }

    /// Where the vehicles are and whether their terminals are there.
    pub fn fleet(&self) -> &Arc<Fleet> {
        &self.shared.fleet
    }

    /// Coverage of every centre's ground.
    pub fn coverage(&self) -> &CoverageKeeper {
        &self.shared.coverage
    }

    /// Program and version of the terminals that came since this was asked last.
    pub fn take_software(&self) -> Vec<(VehicleId, String)> {
        self.shared.software.take()
    }

    /// Program and version of a vehicle's terminal, as it said them last here.
    pub fn software_of(&self, vehicle: &VehicleId) -> Option<String> {
        self.shared.software.of(vehicle)
    }

    /// Takes back what could not be written; what came since stands.
    pub fn put_back_software(&self, heard: Vec<(VehicleId, String)>) {
        self.shared.software.put_back(heard);
    }

    /// Whether a vehicle's terminal has a live link, here or at another server.
    pub fn is_online(&self, vehicle: &VehicleId) -> bool {
        self.shared.fleet.is_online(vehicle)
    }

    /// The fix a vehicle's marker stands at.
    pub fn fix_of(&self, vehicle: &VehicleId) -> Option<LiveFix> {
        self.shared.fleet.find(vehicle)?.live_fix()
    }

    /// Judges a fix that came by another way than a vehicle's link, and moves the marker if it should.
    /// Writes no history. Nothing when the fleet has no room for the vehicle.
    pub fn observe(&self, vehicle: &VehicleId, fix: Fix) -> Option<FixAssessment> {
        let cell = self.shared.fleet.enrol(vehicle).ok()?;
        Some(self.shared.fleet.assess(&cell, fix, self.shared.clock.now()))
    }

    /// Whether clients are better served elsewhere: this server's clock is doubted and another's is not.
    pub fn is_better_elsewhere(&self) -> bool {
        self.shared.is_better_elsewhere()
    }

    /// The state of the service, as consoles are told it.
    pub fn service(&self) -> ServiceState {
        self.shared.feed.service()
    }

    /// Runs the link of a vehicle's terminal to its end. The caller has checked the vehicle's key; it
    /// may drop the future to end the link without a word.
    pub async fn agent_link(&self, vehicle: VehicleId, socket: impl Socket) {
        agent_link::run(self.shared.clone(), vehicle, socket).await;
    }

    /// Runs a console's link to its end. The caller has checked the session and its scope.
    pub async fn console_link(&self, viewer: Viewer, socket: impl Socket) {
        consoles::run_console(self.shared.clone(), viewer, socket).await;
    }

    /// Whether a vehicle's terminal can send a picture of its cameras, as far as it is heard here.
    pub fn has_camera(&self, vehicle: &VehicleId) -> bool {
        self.shared.cameras.has_camera(vehicle)
    }

    /// Shows a vehicle's picture on a console's socket to its end. The caller has checked that they may look; `recorded`
    /// writes it down and says whether that was done.
    pub async fn look(
        &self,
        vehicle: VehicleId,
        channel: u8,
        recorded: impl Future<Output = bool>,
        socket: impl Socket,
    ) {
        pictures::run_look(self.shared.clone(), vehicle, channel, recorded, socket).await;
    }

    /// Passes on a picture that a vehicle sends to those who look. The caller has checked the vehicle's key.
    pub async fn picture_source(&self, vehicle: VehicleId, picture: String, socket: impl Socket) {
        pictures::run_source(self.shared.clone(), vehicle, picture, socket).await;
    }

    /// An incident as consoles are shown it.
    pub fn incident_view(&self, centre: &CentreState, incident: &Incident) -> IncidentView {
        self.shared.views.incident(centre, incident)
    }

    /// A vehicle as consoles are shown it: with its slot, its link and its fix.
    pub fn vehicle_view(&self, centre: &CentreState, vehicle: &Vehicle) -> VehicleView {
        self.shared.views.vehicle(centre, vehicle)
    }

    /// The route of a running task from where its vehicle is to where it is wanted now; `None` if it leads
    /// nowhere or nobody knows where the vehicle is. Takes some milliseconds.
    pub fn task_route(&self, task: &TaskId) -> Option<RouteView> {
        let now = self.shared.clock.now();
        let journey = journeys::underway(&self.shared).into_iter().find(|it| it.task == *task)?;
        let route = journeys::current_route(&self.shared, &journey, now)?;
        Some(journeys::route_view(&journey, &route, now))
    }
}

/// The region's norms, each scene judged by the road it lies at.
fn due(region: &Region, roads: &Arc<Roads>) -> Due {
    let roads = roads.clone();
    let surroundings = move |place: Wgs84| roads.surroundings(place);
    Due::by(deadline_norms(&region.settings)).around(Arc::new(surroundings))
}

/// Every vehicle known now, the region's first and in its order: servers of one region and one journal give
/// them the same slots.
fn every_vehicle(desk: &Desk, region: &Region) -> Vec<VehicleId> {
    let of_region = region.vehicles.iter().map(|it| VehicleId::from(it.id.as_str()));
    let known: HashSet<&str> = region.vehicles.iter().map(|it| it.id.as_str()).collect();
    let mut others: Vec<VehicleId> = desk.read_all(|centres| {
        let all = centres.values().flat_map(|centre| centre.vehicles.keys());
        all.filter(|vehicle| !known.contains(vehicle.as_str())).cloned().collect()
    });
    others.sort();
    of_region.chain(others).collect()
}

/// Tells every vehicle's link that the server stops, once it does.
async fn tell_stop(shared: Arc<Shared>) {
    shared.stop.cancelled().await;
    shared.fleet.for_each(|cell| {
        if let Some(link) = cell.link() {
            link.tell_stopping();
        }
    });
}
