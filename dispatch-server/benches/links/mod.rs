//! What the benches of the links share: a server in a process of its own, and what that process used.

use axum::Router;
use axum::extract::{Path, State, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use dispatch_core::Rules;
use dispatch_core::model::*;
use dispatch_core::recommend::StraightLineSettings;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::options;
use dispatch_desk::desk::Desk;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_server::history::{HISTORY_FILE, History};
use dispatch_server::live::limits::{
    AGENT_WRITE_BUFFER_BYTES, CONSOLE_WRITE_BUFFER_BYTES, READ_BUFFER_BYTES,
};
use dispatch_server::live::{FrameAllowance, Live, LiveSettings, Viewer};
use dispatch_server::roads::Roads;
use region::Region;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// A number given as `--name value`, or the usual one.
pub(crate) fn number(name: &str, usual: u64) -> u64 {
    let mut args = std::env::args().skip_while(|arg| arg != name);
    args.nth(1).and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// A word given as `--name value`.
pub(crate) fn word(name: &str) -> Option<String> {
    std::env::args().skip_while(|arg| arg != name).nth(1)
}

/// This program again as a server in a process of its own, so that its CPU and memory are its own.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
}

impl Server {
    pub(crate) fn start(kind: &str, passed_on: &[(&str, u64)]) -> Self {
        let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
        command.args(["--serve", kind]);
        for (name, value) in passed_on {
            command.args([(*name).to_owned(), value.to_string()]);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts again");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output is piped");
        BufReader::new(out).read_line(&mut line).expect("it says its port");
        let port = line.trim().parse().expect("a port");
        Self { child, port }
    }

    /// CPU time used so far in microseconds: all threads, and those that write SQLite files.
    pub(crate) fn cpu_micros(&self) -> (f64, f64) {
        let (mut all, mut sqlite) = (0.0, 0.0);
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id()));
        for task in tasks.into_iter().flatten().flatten() {
            let read = |name| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
            let nanos: f64 = read("schedstat")
                .split_whitespace()
                .next()
                .and_then(|text| text.parse().ok())
                .unwrap_or(0.0);
            all += nanos / 1000.0;
            if read("comm").starts_with("sqlx") {
                sqlite += nanos / 1000.0;
            }
        }
        (all, sqlite)
    }

    /// Memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib: Option<f64> = line.and_then(|it| it.split_whitespace().nth(1)?.parse().ok());
        kib.unwrap_or(0.0) * 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The real live part with `vehicles` vehicles; speaks of its port on standard output and serves until killed.
pub(crate) async fn serve_helan(vehicles: u64, settings: LiveSettings) -> (Live, TempDir) {
    let roads = Arc::new(Roads::new(None, StraightLineSettings::default()));
    let Helan { live, data, .. } = helan(vehicles, settings, tiny_region(), roads).await;
    let router = Router::new()
        .route("/agent/{vehicle}", get(agent))
        .route("/console", get(console))
        .with_state(live.clone());
    listen(router).await;
    (live, data)
}

/// The real live part, its desk, and the folder that goes with them.
pub(crate) struct Helan {
    pub(crate) live: Live,
    pub(crate) desk: Desk,
    pub(crate) region: Arc<Region>,
    pub(crate) roads: Arc<Roads>,
    pub(crate) data: TempDir,
}

pub(crate) fn tiny_region() -> Region {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/regions/tiny");
    Region::load(std::path::Path::new(dir)).expect("the region loads")
}

/// The real live part with `vehicles` vehicles of the centre `xining`, served to nobody.
pub(crate) async fn helan(
    vehicles: u64,
    settings: LiveSettings,
    region: Region,
    roads: Arc<Roads>,
) -> Helan {
    let data = TempDir::new().expect("a folder for data");
    let clock = Clock::system();
    let stop = CancellationToken::new();
    let journal = SqliteJournal::open_with(options(&data.path().join("journal.sqlite")))
        .await
        .expect("the journal opens");
    let centres = vec![CentreId::from("xining")];
    let (desk, task) = Desk::open(Arc::new(journal), Rules::default(), centres, clock.clone())
        .await
        .expect("the desk opens");
    tokio::spawn(task.run(stop.clone()));
    let (history, task) = History::open(&data.path().join(HISTORY_FILE), 30, clock.clone())
        .await
        .expect("history opens");
    tokio::spawn(task.run(stop.clone()));
    let fleet = (0..vehicles).map(|n| (vehicle(n), record())).collect();
    desk.enrol(fleet).await.expect("the fleet is enrolled");
    // The region's own vehicles take their places first.
    let most_vehicles = settings.most_vehicles + region.vehicles.len() as u32;
    let settings = LiveSettings { most_vehicles, ..settings };
    let region = Arc::new(region);
    let live =
        Live::start(desk.clone(), history, region.clone(), roads.clone(), settings, clock, stop);
    Helan { live, desk, region, roads, data }
}

/// Settings in which the bench's pace is no flood, and acknowledgements come for every fifth frame as
/// they do at one frame a second.
pub(crate) fn settings(vehicles: u64, frames_per_second: f64) -> LiveSettings {
    LiveSettings {
        most_vehicles: vehicles as u32 + 1,
        heartbeat: Duration::from_secs_f64(5.0 / frames_per_second),
        agent_frames: FrameAllowance { per_second: 1e6, burst: 1e6, held_before_closing: 1 },
        silence_limit: Duration::from_secs(3600),
        ..LiveSettings::default()
    }
}

/// Serves on a free port of this machine and says which.
pub(crate) async fn listen(router: Router) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("a bound socket has an address").port();
    println!("{port}");
    std::io::stdout().flush().expect("the parent reads");
    tokio::spawn(async move { axum::serve(listener, router).await });
}

pub(crate) fn vehicle(n: u64) -> VehicleId {
    VehicleId::from(format!("XN-{n:05}").as_str())
}

fn record() -> VehicleRecord {
    VehicleRecord {
        home_centre: "xining".into(),
        station: "XN-01".into(),
        plate: "青A·00000".into(),
        call_sign: "一号".into(),
        kind: VehicleKind::Basic,
        equipment: Vec::new(),
    }
}

async fn agent(
    State(live): State<Live>,
    Path(vehicle): Path<String>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(AGENT_WRITE_BUFFER_BYTES)
        .on_upgrade(move |socket| async move {
            live.agent_link(vehicle.as_str().into(), socket).await;
        })
}

async fn console(State(live): State<Live>, upgrade: WebSocketUpgrade) -> Response {
    let viewer = Viewer {
        person: "bench".into(),
        sees: vec!["xining".into()],
        session_ended: CancellationToken::new(),
    };
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(CONSOLE_WRITE_BUFFER_BYTES)
        .on_upgrade(move |socket| async move { live.console_link(viewer, socket).await })
}
