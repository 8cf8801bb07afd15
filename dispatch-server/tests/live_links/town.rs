//! A small town with everything running: desk, history, live part, and two doors without locks.

use super::client::{Agent, Console};
use super::journal_support::{self as commands, NOON};
use axum::Router;
use axum::extract::{Path as Part, State, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use dispatch_core::Rules;
use dispatch_core::model::*;
use dispatch_core::recommend::StraightLineSettings;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::options;
use dispatch_desk::desk::{Desk, Lending};
use dispatch_desk::journal::Journal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_server::history::{HISTORY_FILE, History};
use dispatch_server::live::limits::{HARD_FRAME_FACTOR, READ_BUFFER_BYTES};
use dispatch_server::live::{Live, LiveSettings, Viewer};
use dispatch_server::rank::Sources;
use dispatch_server::roads::Roads;
use region::Region;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wire_protocol::{MAX_AGENT_FRAME_BYTES, MAX_CONSOLE_FRAME_BYTES};

/// How often the steady side of a town's clock is moved.
const STEADY_STEP: Duration = Duration::from_millis(10);

/// The server of a region with two centres: `xining` with three ambulances, `qinghai` with none.
pub(crate) struct Town {
    pub(crate) desk: Desk,
    pub(crate) history: History,
    pub(crate) live: Live,
    pub(crate) roads: Arc<Roads>,
    pub(crate) clock: Clock,
    pub(crate) stop: CancellationToken,
    pub(crate) session: CancellationToken,
    address: SocketAddr,
    region: Arc<Region>,
    _data: TempDir,
}

#[derive(Clone)]
struct Endpoints {
    live: Live,
    session: CancellationToken,
}

/// Quick enough for a test that waits for a heartbeat, slow enough that no link dies by chance.
pub(crate) fn quick() -> LiveSettings {
    LiveSettings {
        position_tick: Duration::from_millis(20),
        most_vehicles: 100,
        heartbeat: Duration::from_millis(50),
        ..LiveSettings::default()
    }
}

impl Town {
    pub(crate) async fn open() -> Self {
        Self::with(quick()).await
    }

    pub(crate) async fn with(settings: LiveSettings) -> Self {
        let data = TempDir::new().unwrap();
        let journal = SqliteJournal::open_with(options(&data.path().join("j"))).await.unwrap();
        Self::over(Arc::new(journal), data, settings).await
    }

    /// A server over a journal that it may share with others.
    pub(crate) async fn over(
        journal: Arc<dyn Journal>,
        data: TempDir,
        settings: LiveSettings,
    ) -> Self {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/regions/tiny");
        let region = Arc::new(Region::load(Path::new(dir)).unwrap());
        let clock = Clock::by_hand(NOON);
        let stop = CancellationToken::new();
        tokio::spawn(pass(clock.clone(), stop.clone()));
        let centres = region.centres.iter().map(|it| CentreId::from(it.id.as_str())).collect();
        let (desk, task) =
            Desk::open(journal, Rules::default(), centres, clock.clone()).await.unwrap();
        tokio::spawn(task.run(stop.clone()));
        let (history, task) =
            History::open(&data.path().join(HISTORY_FILE), 30, clock.clone()).await.unwrap();
        tokio::spawn(task.run(stop.clone()));
        desk.enrol(region.vehicles.iter().map(enrolled).collect()).await.unwrap();
        let network = dispatch_server::roads::network(None, Path::new(dir), &region).unwrap();
        let roads = Arc::new(Roads::new(network, StraightLineSettings::default()));
        let live = Live::start(
            desk.clone(),
            history.clone(),
            region.clone(),
            roads.clone(),
            settings,
            clock.clone(),
            stop.clone(),
        );
        let session = CancellationToken::new();
        let address = serve(Endpoints { live: live.clone(), session: session.clone() }).await;
        Self { desk, history, live, roads, clock, stop, session, address, region, _data: data }
    }

    /// What rankings are made from.
    pub(crate) fn rank_sources(&self) -> Sources<'_> {
        Sources {
            fleet: self.live.fleet(),
            desk: &self.desk,
            roads: &self.roads,
            region: &self.region,
            coverage: self.live.coverage(),
            now: self.clock.now(),
        }
    }

    /// The live part as a server has it that begins now over the same stores.
    pub(crate) async fn begun_anew(&self) -> Live {
        let live = Live::start(
            self.desk.clone(),
            self.history.clone(),
            self.region.clone(),
            self.roads.clone(),
            quick(),
            self.clock.clone(),
            self.stop.clone(),
        );
        live.restore_positions().await;
        live
    }

    /// A terminal's socket, before its hello.
    pub(crate) async fn socket(&self, vehicle: &str) -> Agent {
        Agent::connect(&format!("ws://{}/agent/{vehicle}", self.address)).await
    }

    /// A terminal that was welcomed, and its first duty picture.
    pub(crate) async fn agent(&self, vehicle: &str, outbox: &str) -> Agent {
        let mut agent = self.socket(vehicle).await;
        agent.hello(outbox).await;
        agent
    }

    /// A console's socket, before its subscription; `sees` is a list of centres with commas.
    pub(crate) async fn console(&self, sees: &str) -> Console {
        Console::connect(&format!("ws://{}/console/{sees}", self.address)).await
    }

    /// A call is taken and a vehicle sent; gives the task.
    pub(crate) async fn send(&self, vehicle: &str) -> TaskId {
        let incident = commands::open_incident(&self.desk, "xining").await;
        self.send_to(&incident, vehicle).await
    }

    pub(crate) async fn send_to(&self, incident: &IncidentId, vehicle: &str) -> TaskId {
        let done =
            self.desk.execute(commands::send("xining", "", incident, vehicle)).await.unwrap();
        let created = done.events.iter().find_map(|recorded| match &recorded.event {
            Event::TaskCreated { task, .. } => Some(task.clone()),
            _ => None,
        });
        created.expect("sending a vehicle creates its task")
    }

    pub(crate) async fn execute(&self, command: Command) {
        self.desk.execute(commands::envelope("xining", "", command)).await.unwrap();
    }

    pub(crate) async fn lend(&self, vehicle: &str, to: &str) {
        let lending = Lending {
            vehicle: vehicle.into(),
            to: to.into(),
            note: String::new(),
            made_at: NOON,
            origin: Origin::Person { person: "li".into() },
            vehicle_online: None,
            command_id: None,
        };
        self.desk.lend(lending).await.unwrap();
    }

    /// Every event of a centre's journal.
    pub(crate) async fn journal(&self, centre: &str) -> Vec<Recorded> {
        let centre = CentreId::from(centre);
        let mut events = Vec::new();
        loop {
            let after = events.len() as u64;
            let more = self.desk.events(&centre, after, 500).await.unwrap();
            if more.is_empty() {
                return events;
            }
            events.extend(more);
        }
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn enrolled(vehicle: &region::VehicleRecord) -> (VehicleId, VehicleRecord) {
    let record = VehicleRecord {
        home_centre: vehicle.centre.as_str().into(),
        station: vehicle.station.as_str().into(),
        plate: vehicle.plate.clone(),
        call_sign: vehicle.call_sign.clone(),
        kind: vehicle.kind,
        equipment: vehicle.equipment.clone(),
    };
    (vehicle.id.as_str().into(), record)
}

async fn serve(endpoints: Endpoints) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new()
        .route("/agent/{vehicle}", get(agent))
        .route("/console/{sees}", get(console))
        .with_state(endpoints);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn agent(
    State(endpoints): State<Endpoints>,
    Part(vehicle): Part<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    sized(upgrade, MAX_AGENT_FRAME_BYTES).on_upgrade(move |socket| async move {
        endpoints.live.agent_link(vehicle.as_str().into(), socket).await;
    })
}

async fn console(
    State(endpoints): State<Endpoints>,
    Part(sees): Part<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let viewer = Viewer {
        person: "wang".into(),
        sees: sees.split(',').map(CentreId::from).collect(),
        session_ended: endpoints.session.clone(),
    };
    sized(upgrade, MAX_CONSOLE_FRAME_BYTES)
        .on_upgrade(move |socket| async move { endpoints.live.console_link(viewer, socket).await })
}

fn sized(upgrade: WebSocketUpgrade, frame_bytes: usize) -> WebSocketUpgrade {
    let hard_limit = frame_bytes * HARD_FRAME_FACTOR;
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .max_message_size(hard_limit)
        .max_frame_size(hard_limit)
}

/// The timers of links run as they do at a real server, while what is recorded keeps the time of the hand.
async fn pass(clock: Clock, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(STEADY_STEP);
    let mut before = ticks.tick().await;
    loop {
        tokio::select! {
            now = ticks.tick() => {
                clock.pass(now.duration_since(before));
                before = now;
            }
            () = stop.cancelled() => return,
        }
    }
}
