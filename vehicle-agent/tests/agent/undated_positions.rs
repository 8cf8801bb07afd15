//! Positions without a date that came before any server told the time: no end of the program and no power cut
//! takes them, and they are placed where they were measured.

use std::path::{Path, PathBuf};

use crate::support::socket::CentreSocket;
use crate::support::*;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vehicle_agent::nmea::{NmeaCounts, ParserOptions};
use vehicle_agent::outbox::{Outbox, SqliteOutbox};
use vehicle_agent::shell::{Agent, AgentHandle, AgentSettings, FixTimes};

const KEY: &str = "key-of-7";
const DAY_MS: i64 = 86_400_000;
/// 01:02:03 of the day on which the centre's clock stands.
const MEASURED_MS: i64 = NEW_YEAR_MS + 3_723_000;
const TIME_OF_DAY_ALONE: &str =
    "GPGGA,010203.00,3828.2000,N,10616.2000,E,1,08,1.0,1110.0,M,-30.0,M,,";

struct Terminal {
    running: JoinHandle<NmeaCounts>,
    bytes: mpsc::Sender<Vec<u8>>,
    _handle: AgentHandle,
}

impl Terminal {
    async fn start(server: &str, outbox: &Path) -> Self {
        let settings = AgentSettings {
            server: server.parse().expect("is an address"),
            server_list: None,
            key: KEY.parse().expect("is a key"),
            link: settings(1),
            parser: ParserOptions::default(),
            fix_times: FixTimes::Live,
            camera: None,
        };
        let outbox = SqliteOutbox::open(outbox).await.expect("opens");
        let (agent, bytes, _handle) = Agent::prepare(settings, outbox).await.expect("starts");
        Self { running: tokio::spawn(agent.run(CancellationToken::new())), bytes, _handle }
    }

    /// Nothing is finished and nothing is told.
    async fn cut_power(self) {
        self.running.abort();
        self.running.await.ok();
    }
}

/// A terminal measured a position without any server, and lost its power.
async fn after_the_power_cut(folder: &Path) -> PathBuf {
    let path = folder.join("outbox.db");
    let terminal = Terminal::start("ws://127.0.0.1:9/ws/agent", &path).await;
    terminal.bytes.send(nmea(TIME_OF_DAY_ALONE).into_bytes()).await.expect("is read");
    until_undated(&path, 1).await;
    terminal.cut_power().await;
    path
}

async fn until_undated(path: &Path, count: i64) {
    let mut file = SqliteConnectOptions::new().filename(path).connect().await.expect("opens");
    let asked = "SELECT count(*) FROM undated";
    while sqlx::query_scalar::<_, i64>(asked).fetch_one(&mut file).await.expect("reads") != count {
        tokio::task::yield_now().await;
    }
    file.close().await.expect("closes");
}

async fn change(path: &Path, sql: &'static str) {
    let mut file = SqliteConnectOptions::new().filename(path).connect().await.expect("opens");
    sqlx::raw_sql(sql).execute(&mut file).await.expect("is changed");
    file.close().await.expect("closes");
}

async fn placed_at(path: &Path) -> i64 {
    let mut centre = CentreSocket::listen(KEY).await;
    let terminal = Terminal::start(&centre.url, path).await;
    centre.until(|centre| !centre.fixes.is_empty()).await;
    let placed = centre.centre.lock().expect("is whole").fixes[&1].fix_time;
    until_undated(path, 0).await;
    terminal.cut_power().await;
    placed
}

#[tokio::test]
async fn a_position_without_a_date_outlives_a_power_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = after_the_power_cut(folder.path()).await;
    assert_eq!(placed_at(&path).await, MEASURED_MS);
    let after = SqliteOutbox::open(&path).await.expect("opens").load().await.expect("loads");
    assert_eq!(after.last_fix_number, 1, "reported once");
}

#[tokio::test]
async fn one_of_an_earlier_boot_is_placed_by_a_clock_with_a_battery() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = after_the_power_cut(folder.path()).await;
    change(
        &path,
        "UPDATE undated SET made_at = made_at - 172800000,
             stamp = json_set(stamp, '$.boot', 'earlier')",
    )
    .await;
    assert_eq!(placed_at(&path).await, MEASURED_MS - 2 * DAY_MS);
}

#[tokio::test]
async fn one_of_an_earlier_boot_without_a_clock_is_given_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = after_the_power_cut(folder.path()).await;
    change(
        &path,
        "UPDATE undated SET made_at = 5000, stamp = json_set(stamp, '$.boot', 'earlier')",
    )
    .await;
    let centre = CentreSocket::listen(KEY).await;
    let terminal = Terminal::start(&centre.url, &path).await;
    until_undated(&path, 0).await;
    terminal.cut_power().await;
    let after = SqliteOutbox::open(&path).await.expect("opens").load().await.expect("loads");
    assert_eq!((after.last_fix_number, after.undated.len()), (0, 0));
}
