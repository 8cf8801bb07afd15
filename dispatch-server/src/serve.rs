//! Puts the server together and takes it apart again: stores, desk, live part, doors, in this order, and
//! back. A library function, so that tests and simulations run the very same server on a free port.

use crate::clock::{Clock, ClockRefused, check_start};
use crate::desk::{Desk, DeskError, keep_anchored};
use crate::history::KEEP_DAYS;
use crate::http::{App, DoorSettings, Parts, router};
use crate::journal::{LoadError, Standing};
use crate::live::{Live, LiveSettings};
use crate::people::{People, PeopleError, SessionLifetime};
use crate::rank::speeds;
use crate::roads::{self, RoadStore, RoadStoreError, Roads};
use crate::service_entry::{EntryError, take_region};
use crate::settings::{
    BadSetting, cannot_listen, cannot_listen_for_metrics, check, journal_key, load_region, witness,
};
use crate::space::{Space, SpaceWatch};
use crate::stores::{
    AnyJournal, Database, Storage, StoresError, open_history, open_reports, share,
};
use crate::telemetry::{MetricsError, metrics_router, start_metrics, watch_parts};
use bounded_http::Bounds;
use dispatch_core::Rules;
use region::Region;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Six waits for a lock: whatever else holds it, a backup or somebody's shell, is done by then or never will be.
const STUCK_AFTER: Duration = Duration::from_secs(30);

/// Files a server opens besides its connections: stores, logs, region.
const FILES_BESIDES: usize = 256;

/// Connections for requests even under the lowest limit of open files.
const FEWEST_CONNECTIONS: usize = 64;

/// What a server is made from.
#[derive(Clone, Debug)]
pub struct ServeSettings {
    /// Data folder.
    pub data: PathBuf,
    /// The database shared with other servers; without it everything is in the data folder.
    pub database: Option<Database>,
    /// The file of the journal key; see [`crate::settings::journal_key`].
    pub journal_key: Option<PathBuf>,
    /// The file to which heads of the journals are added; nothing to have none.
    pub anchor: Option<PathBuf>,
    /// Region folder.
    pub region: PathBuf,
    /// The road network's file; without it the region's own, or one composed from its table of roads.
    pub roads: Option<PathBuf>,
    /// Address of console and API; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Address of `/metrics`; nothing to have none.
    pub metrics_listen: Option<SocketAddr>,
    /// How the doors behave.
    pub doors: DoorSettings,
    /// How long sessions live.
    pub sessions: SessionLifetime,
    /// How the links behave.
    pub live: LiveSettings,
    /// Bytes of the embedded store's disk that are kept for acts; without it a twentieth of the disk.
    pub disk_reserve_bytes: Option<u64>,
    /// Days for which positions are kept.
    pub keep_positions_days: u32,
    /// How long nobody may be able to write to the embedded store, its disk being well, before the server
    /// ends to be started again.
    pub stuck_after: Duration,
    /// How long a stop may take.
    pub grace: Duration,
    /// What time it is.
    pub clock: Clock,
    /// Whether a person says that the clock is right although the journal or the database say otherwise.
    pub accept_clock: bool,
}

impl ServeSettings {
    /// The usual settings, on a free port of this machine and without metrics.
    pub fn new(data: PathBuf, region: PathBuf) -> Self {
        Self {
            data,
            database: None,
            journal_key: None,
            anchor: None,
            region,
            roads: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            metrics_listen: None,
            doors: DoorSettings::default(),
            sessions: SessionLifetime::default(),
            live: LiveSettings::default(),
            disk_reserve_bytes: None,
            keep_positions_days: KEEP_DAYS,
            stuck_after: STUCK_AFTER,
            grace: Duration::from_secs(10),
            clock: Clock::system(),
            accept_clock: false,
        }
    }

    /// Where journal, people and positions are kept.
    pub fn storage(&self) -> Storage {
        match &self.database {
            Some(database) => Storage::Shared(database.clone()),
            None => Storage::Embedded(self.data.clone()),
        }
    }
}

/// Why the server could not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// A setting cannot be worked with.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// A store could not be opened.
    #[error(transparent)]
    Stores(#[from] StoresError),
    /// The tables of people could not be read.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The tables of roads could not be read.
    #[error(transparent)]
    Roads(#[from] RoadStoreError),
    /// A journal could not be loaded.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The region's vehicles could not be put into service.
    #[error("the region's vehicles could not be enrolled: {0}")]
    Enrol(EntryError),
    /// The clock is not believed.
    #[error(transparent)]
    Clock(#[from] ClockRefused),
    /// Metrics could not start.
    #[error(transparent)]
    Metrics(#[from] MetricsError),
}

/// Whether a stop went as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Everything was finished within the grace.
    InTime,
    /// The grace was not enough: something was cut off. Acknowledged acts are safe all the same.
    CutOff,
    /// A bug ended the desk, and the server with it. Acknowledged acts are safe all the same.
    DeskDied,
    /// The embedded store stayed locked although its disk is well. Acknowledged acts are safe all the same.
    StoreLocked,
}

/// A running server.
pub struct Running {
    /// Where console and API are.
    pub address: SocketAddr,
    /// Where `/metrics` is.
    pub metrics_address: Option<SocketAddr>,
    /// The code for the first administrator, while there are no people.
    pub setup_code: Option<String>,
    /// Who may come in; for tests and first installation.
    pub people: People,
    stopped: JoinHandle<Stopped>,
}

impl Running {
    /// Waits until the server has stopped, which `stop` makes it do.
    pub async fn stopped(self) -> Stopped {
        self.stopped.await.unwrap_or(Stopped::CutOff)
    }
}

/// Starts a server. It runs until `stop` is cancelled, and then takes at most the grace to end.
///
/// # Errors
/// When a setting is bad, checked before anything is opened and any port is bound, or a store fails.
pub async fn serve(
    settings: ServeSettings,
    stop: CancellationToken,
) -> Result<Running, ServeError> {
    check(&settings)?;
    let region = Arc::new(load_region(&settings.region)?);
    let network = load_roads(&settings, &region)?;
    let clock = settings.clock.clone();
    let storage = settings.storage();
    let journal = AnyJournal::open(&storage).await?;
    let database = journal.open_people(&storage).await?;
    let roads = Roads::new(network, speeds(&region));
    let roads = Arc::new(roads.with_store(RoadStore::new(database.clone(), clock.clone())).await?);
    roads.prepare_later();
    let people = People::open(database, settings.sessions, clock.clone()).await?;
    let (history, history_task) =
        open_history(&storage, settings.keep_positions_days, clock.clone()).await?;
    let (space, space_watch) = watch_space(&settings);
    let history_task = history_task.within(space.clone().unwrap_or_else(Space::unwatched));
    let reports = open_reports(&storage, &region).await?;
    let centres = region.centres.iter().map(|centre| centre.id.as_str().into()).collect();
    let rules = rules(&region);
    let key = journal_key(settings.journal_key.as_deref(), &settings.data)?;
    let witness = witness(&settings.data, key.clone())?;
    let (desk, desk_task) =
        Desk::open_with(journal.journal(), witness, rules, centres, clock.clone()).await?;
    let desk_task = desk_task.within(space.clone().unwrap_or_else(Space::unwatched));
    set_clock(&settings, &journal, &desk).await?;

    let listener =
        TcpListener::bind(settings.listen).await.map_err(|why| cannot_listen(&why, &settings))?;
    let address = listener.local_addr().map_err(|why| cannot_listen(&why, &settings))?;
    let metrics_listener = match settings.metrics_listen {
        Some(at) => {
            Some(TcpListener::bind(at).await.map_err(|why| cannot_listen_for_metrics(&why, at))?)
        }
        None => None,
    };
    let metrics_address = metrics_listener.as_ref().and_then(|listener| listener.local_addr().ok());

    // The stores stop after everything that writes to them.
    let stores_stop = CancellationToken::new();
    let desk_running = tokio::spawn(desk_task.run(stores_stop.clone()));
    let history_running = tokio::spawn(history_task.run(stores_stop.clone()));
    let people_running = tokio::spawn(people.clone().keep(stores_stop.clone()));
    let (mut sharing, database_run) =
        share(&journal, &desk, &people, &roads, reports.clone(), &stores_stop);
    if let Some(file) = settings.anchor.clone() {
        sharing.spawn(keep_anchored(desk.clone(), file, key, clock.clone(), stores_stop.clone()));
    }
    let standing =
        take_region(&journal, &desk, &region, clock.now()).await.map_err(ServeError::Enrol)?;
    let recorder = start_metrics()?;
    if let Some(watch) = space_watch {
        tokio::spawn(watch.run(stores_stop.clone()));
    }
    let journal_name =
        journal.shared_name().await.map_err(LoadError::from).map_err(DeskError::from)?;
    let region_is_old = standing == Standing::NotNewer;
    let live = Live::start(
        desk.clone(),
        history.clone(),
        region.clone(),
        roads.clone(),
        LiveSettings { journal_name, database_run, region_is_old, space, ..settings.live.clone() },
        clock.clone(),
        stop.clone(),
    );
    live.remember().await;
    let live_tasks = live.clone();
    let parts = Parts {
        people: people.clone(),
        desk: desk.clone(),
        history,
        live,
        region,
        roads,
        reports,
        clock,
        settings: settings.doors.clone(),
    };
    let app = App::new(parts, stop.clone());
    let links = app.links.clone();
    let bounds = connection_bounds(&settings.doors);
    let doors_running =
        tokio::spawn(bounded_http::serve(listener, router(app.clone()), bounds, stop.clone()));
    if let Some(listener) = metrics_listener {
        tokio::spawn(watch_parts(recorder.clone(), gauges(app), stop.clone()));
        let routes = metrics_router(recorder);
        tokio::spawn(bounded_http::serve(listener, routes, Bounds::small(), stores_stop.clone()));
    }

    let setup_code = people.setup_code();
    let drain = async move {
        let died = tokio::select! {
            () = stop.cancelled() => None,
            () = desk.ended() => {
                tracing::error!("the desk died of a bug; stopping");
                Some(Stopped::DeskDied)
            }
            () = journal.until_stuck(settings.stuck_after) => {
                tracing::error!("the store stays locked although its disk is well; stopping");
                Some(Stopped::StoreLocked)
            }
        };
        stop.cancel();
        tracing::info!("stopping: no new requests, links are told");
        let finished = async {
            // Doors first: what is under way may still act. Then the links, then what they write to.
            let _ = doors_running.await;
            links.close();
            links.wait().await;
            live_tasks.ended().await;
            stores_stop.cancel();
            let _ = tokio::join!(desk_running, history_running, people_running, sharing.join_all());
            journal.close().await;
        };
        let in_time = tokio::time::timeout(settings.grace, finished).await.is_ok();
        if let Some(died) = died {
            died
        } else if in_time {
            tracing::info!("stopped");
            Stopped::InTime
        } else {
            let seconds = settings.grace.as_secs();
            tracing::error!(seconds, "the grace was not enough: links or writes were cut off");
            stores_stop.cancel();
            Stopped::CutOff
        }
    };
    let stopped = tokio::spawn(drain);
    Ok(Running { address, metrics_address, setup_code, people, stopped })
}

/// The embedded store's disk; that of the shared database is watched where it is.
fn watch_space(settings: &ServeSettings) -> (Option<Space>, Option<SpaceWatch>) {
    match settings.storage() {
        Storage::Embedded(folder) => {
            let (space, watch) = SpaceWatch::begin(folder, settings.disk_reserve_bytes);
            (Some(space), Some(watch))
        }
        Storage::Shared(_) => (None, None),
    }
}

/// Judges the clock by what is there at a start, and refuses one that nobody should record by.
async fn set_clock(
    settings: &ServeSettings,
    journal: &AnyJournal,
    desk: &Desk,
) -> Result<(), ServeError> {
    let clock = &settings.clock;
    let database =
        journal.database_time().await.map_err(LoadError::from).map_err(DeskError::from)?;
    let newest = desk.newest();
    match check_start(clock.now(), newest, database.map(|it| it.time)) {
        Ok(()) => clock.not_before(newest),
        Err(why) if settings.accept_clock => {
            tracing::warn!(%why, "the clock is accepted all the same")
        }
        Err(why) => return Err(why.into()),
    }
    if let Some(database) = database {
        clock.hear_database(database);
    }
    clock.judge();
    Ok(())
}

/// How many connections there may be, as far as the process may open files.
fn connection_bounds(doors: &DoorSettings) -> Bounds {
    let bounds = Bounds { proxies: doors.trusted_proxies.clone(), ..Bounds::default() };
    let links = doors.agent_links_most + doors.console_links_most;
    let wanted = (links + bounds.connections + FILES_BESIDES) as u64;
    let files = bounded_http::raise_file_limit(wanted);
    if files >= wanted {
        return bounds;
    }
    tracing::warn!(
        files,
        wanted,
        "the limit of open files (LimitNOFILE, ulimit -n) is too low for all links; set it higher"
    );
    // What the links leave, and at least a quarter.
    let left = files.saturating_sub((links + FILES_BESIDES) as u64).max(files / 4);
    let connections = usize::try_from(left).unwrap_or(bounds.connections);
    let connections = connections.clamp(FEWEST_CONNECTIONS, bounds.connections);
    Bounds { per_peer: bounds.per_peer.min(connections / 2), connections, ..bounds }
}

/// The road network, before anything is opened.
fn load_roads(
    settings: &ServeSettings,
    region: &Region,
) -> Result<Option<road_network::RoadNetwork>, BadSetting> {
    roads::network(settings.roads.as_deref(), &settings.region, region)
        .map_err(|why| BadSetting::new("--roads", "HELAN_ROADS", why.to_string()))
}

fn rules(region: &Region) -> Rules {
    let expiry = region.settings.norms.order_expiry_seconds;
    Rules { order_expiry_seconds: expiry.into(), ..Rules::default() }
}

fn gauges(app: App) -> impl Fn(&mut dyn FnMut(&'static str, f64)) + Send {
    move |set| {
        let taken = |most: usize, free: usize| most.saturating_sub(free) as f64;
        let most = &app.settings;
        set(
            "helan_agent_links",
            taken(most.agent_links_most, app.agent_places.available_permits()),
        );
        set(
            "helan_console_links",
            taken(most.console_links_most, app.console_places.available_permits()),
        );
        set("helan_journal_working", f64::from(u8::from(app.journal_works())));
    }
}
