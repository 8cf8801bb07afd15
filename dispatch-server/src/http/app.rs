//! What every route can reach. Made once at start; cheap to clone.

use super::newest::Newest;
use super::places::Places;
use super::region_view::RegionDocuments;
use crate::certificates::{Certificates, VehicleSignIn};
use crate::coverage::CoverageSources;
use crate::fleet::Fleet;
use crate::history::History;
use crate::live::Live;
use crate::people::{People, Person};
use crate::permissions::Scope;
use crate::rank;
use crate::reports::Reports;
use crate::roads::Roads;
use dispatch_core::model::CentreId;
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::Desk;
use dispatch_desk::health::Health;
use region::Region;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Timelines read at one time; each may be some thousand lines, and where its index is not made yet look through
/// a centre's journal.
const TIMELINES_AT_ONCE: usize = 4;

/// Links of one vehicle, most of them sockets that the network lost and the server has not missed yet.
const LINKS_OF_VEHICLE: usize = 8;

/// Links of one person: a dozen windows, each come back once before the server missed the old one.
const LINKS_OF_PERSON: usize = 24;

/// How the doors behave.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// Whether the session cookie is sent over TLS only.
    pub secure_cookie: bool,
    /// Further origins whose pages may send requests, e.g. `http://localhost:5173`.
    pub allowed_origins: Vec<String>,
    /// By what vehicles are known.
    pub vehicle_sign_in: VehicleSignIn,
    /// The certificates of this server and of vehicles, where it encrypts; opened as it starts.
    pub certificates: Option<Arc<Certificates>>,
    /// Proxies whose word is believed about whom a request comes from.
    pub trusted_proxies: Vec<IpAddr>,
    /// The folder of the built console; nothing to serve none.
    pub console: Option<PathBuf>,
    /// Most vehicle links at once.
    pub agent_links_most: usize,
    /// Most console links at once.
    pub console_links_most: usize,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            secure_cookie: false,
            allowed_origins: Vec::new(),
            vehicle_sign_in: VehicleSignIn::default(),
            certificates: None,
            trusted_proxies: Vec::new(),
            console: None,
            agent_links_most: 12_000,
            console_links_most: 1_000,
        }
    }
}

/// What an [`App`] is made of.
pub struct Parts {
    /// Who may come in.
    pub people: People,
    /// Where commands go.
    pub desk: Desk,
    /// Where positions were.
    pub history: History,
    /// Where the vehicles are.
    pub fleet: Arc<Fleet>,
    /// What is live.
    pub live: Live,
    /// The region.
    pub region: Arc<Region>,
    /// Roads.
    pub roads: Arc<Roads>,
    /// The report tables; only with PostgreSQL.
    pub reports: Option<Reports>,
    /// What time it is.
    pub clock: Clock,
    /// How the doors behave.
    pub settings: HttpSettings,
}

/// What every route can reach.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts, and what the doors themselves keep; one `Arc` for all of it.
pub struct Inner {
    /// Who may come in.
    pub people: People,
    /// Where commands go.
    pub desk: Desk,
    /// Where positions were.
    pub history: History,
    /// Where the vehicles are.
    pub fleet: Arc<Fleet>,
    /// What is live.
    pub live: Live,
    /// The region.
    pub region: Arc<Region>,
    /// Roads.
    pub roads: Arc<Roads>,
    /// The report tables; only with PostgreSQL.
    pub reports: Option<Reports>,
    /// What time it is.
    pub clock: Clock,
    /// How the doors behave.
    pub settings: HttpSettings,
    /// The region's documents, made once.
    pub documents: RegionDocuments,
    /// The centres' ids, in the region's order.
    pub centres: Vec<CentreId>,
    /// The regional centre.
    pub regional: CentreId,
    /// Running links; the drain waits for them.
    pub links: TaskTracker,
    /// Cancelled when the server stops.
    pub stop: CancellationToken,
    /// Places for requests.
    pub(super) places: Places,
    /// Places for timelines, which may read much of a journal.
    pub(super) timelines: Arc<Semaphore>,
    /// The links of each vehicle.
    pub(super) links_of_vehicle: Newest,
    /// The links of each person.
    pub(super) links_of_person: Newest,
    /// Places for vehicle links.
    pub agent_places: Arc<Semaphore>,
    /// Places for console links.
    pub console_places: Arc<Semaphore>,
}

impl App {
    /// Puts the doors before the parts. `stop` tells that the server stops.
    pub fn new(parts: Parts, stop: CancellationToken) -> Self {
        let Parts { people, desk, history, fleet, live, region, roads, reports, clock, settings } =
            parts;
        Self(Arc::new(Inner {
            documents: RegionDocuments::of(&region),
            centres: region.centres.iter().map(|centre| centre.id.as_str().into()).collect(),
            regional: region.settings.regional_centre.as_str().into(),
            links: TaskTracker::new(),
            stop,
            places: Places::default(),
            timelines: Arc::new(Semaphore::new(TIMELINES_AT_ONCE)),
            links_of_vehicle: Newest::of_one(LINKS_OF_VEHICLE),
            links_of_person: Newest::of_one(LINKS_OF_PERSON),
            agent_places: Arc::new(Semaphore::new(settings.agent_links_most)),
            console_places: Arc::new(Semaphore::new(settings.console_links_most)),
            people,
            desk,
            history,
            fleet,
            live,
            region,
            roads,
            reports,
            clock,
            settings,
        }))
    }

    /// Whether commands are being recorded.
    pub fn journal_works(&self) -> bool {
        *self.desk.health().borrow() == Health::Working && self.desk.troubles().borrow().is_empty()
    }

    /// What rankings are made from, now.
    pub fn rank_sources(&self) -> rank::Sources<'_> {
        rank::Sources {
            fleet: &self.fleet,
            desk: &self.desk,
            roads: &self.roads,
            region: &self.region,
            coverage: self.live.coverage(),
            now: self.clock.now(),
        }
    }

    /// What coverage is reckoned from, at this moment.
    pub fn coverage_sources(&self) -> CoverageSources<'_> {
        CoverageSources {
            fleet: &self.fleet,
            roads: &self.roads,
            region: &self.region,
            now: self.clock.now(),
        }
    }

    /// Where a person may act and what they see.
    pub fn scope_of(&self, person: &Person) -> Scope {
        Scope::of(person, &self.centres, &self.regional)
    }
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
