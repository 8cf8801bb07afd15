//! How fast commands and positions become durable in PostgreSQL, beside the bare database and the embedded store
//! in the same run.
//!
//! `cargo bench -p dispatch-server --bench postgres`. Starts a server of its own with fsync on. Commands:
//! 1 and 3 desks over one database and one over SQLite, at 1, 16 and 256 waiting in all, beside a bare loop
//! of INSERT commits of the same rows in groups of the same size. Positions: the history in batches in
//! both stores, beside a bare COPY of the same rows into one table with the same indexes. Medians of turns
//! that alternate.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[path = "../../dispatch-desk/tests/support/postgres/cluster.rs"]
#[expect(dead_code, reason = "tests use the other part of it")]
mod cluster;

#[path = "../../dispatch-desk/benches/shift/mod.rs"]
mod shift;

#[path = "../../dispatch-desk/benches/trial/mod.rs"]
mod trial;

use cluster::Cluster;
use dispatch_core::Rules;
use dispatch_core::fleet::FixQuality;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::postgres_defaults;
use dispatch_desk::desk::Desk;
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Journal, StoredEvent};
use dispatch_desk::wakeups::Wakeups;
use dispatch_server::history::{History, StoredFix};
use shift::{centre, envelope, pause, record, resume, vehicle};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};
use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use trial::load;

const VEHICLES: usize = 256;

fn turns() -> usize {
    load(5, 1)
}

fn turn_length() -> Duration {
    load(Duration::from_millis(600), Duration::from_millis(200))
}

fn fixes_a_turn() -> u64 {
    load(20_000, 500)
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).expect("a folder that the server may enter");
    let cluster = Cluster::own(folder.path(), "shared_buffers = 256MB\nmax_wal_size = 2GB\n");
    let options = PgConnectOptions::new_without_pgpass()
        .socket(cluster.socket())
        .username("helan")
        .database("postgres");
    let options = postgres_defaults(options);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        commands(&options, folder.path()).await;
        positions(&options, folder.path()).await;
    });
}

async fn commands(options: &PgConnectOptions, folder: &Path) {
    let embedded = [Server::embedded(&folder.join("journal.sqlite")).await];
    let first = Server::open(options).await;
    for server in [&embedded[0], &first] {
        let fleet = (0..2 * VEHICLES).map(|n| (vehicle(n), record())).collect();
        server.desk.enrol(fleet).await.expect("a fleet");
    }
    let servers = [first, Server::open(options).await, Server::open(options).await];
    let mut bare = Bare::open(options, &servers[0]).await;
    // Each has vehicles of its own: a server that has not yet followed another would refuse a command.
    let stores = [
        ("embedded", &embedded[..], 0),
        ("1 server", &servers[..1], 0),
        ("3 servers", &servers[..], VEHICLES),
    ];
    println!(
        "store     | waiting | commands/s | p50 ms | p99 ms | bare commands/s | bare p50 ms | bare p99 ms | ratio"
    );
    for waiting in [1, 16, 256] {
        let (mut ours, mut theirs) = ([const { Vec::new() }; 3], Vec::new());
        for _ in 0..turns() {
            for ((_, servers, first), turns) in stores.iter().zip(&mut ours) {
                turns.push(turn(servers, *first, waiting).await);
            }
            theirs.push(bare.turn(waiting).await);
        }
        let theirs = Figures::of(theirs);
        for ((name, ..), ours) in stores.iter().zip(ours) {
            let ours = Figures::of(ours);
            println!(
                "{name:<9} | {waiting:>7} | {:>6.0} | {:>6.2} | {:>6.2} | {:>11.0} | {:>11.2} | {:>11.2} | {:>5.2}",
                ours.rate,
                ours.p50_ms,
                ours.p99_ms,
                theirs.rate,
                theirs.p50_ms,
                theirs.p99_ms,
                ours.rate / theirs.rate,
            );
        }
    }
}

/// One turn: commands a second and each command's time to acknowledgement.
struct Turn {
    rate: f64,
    took: Vec<Duration>,
}

struct Figures {
    rate: f64,
    p50_ms: f64,
    p99_ms: f64,
}

impl Figures {
    fn of(turns: Vec<Turn>) -> Self {
        let rate = median(turns.iter().map(|turn| turn.rate).collect());
        let mut took: Vec<Duration> = turns.into_iter().flat_map(|turn| turn.took).collect();
        took.sort_unstable();
        // No command at all came through in a turn that was too short for a busy machine.
        let last = took.len().saturating_sub(1) as f64;
        let at = |share: f64| {
            took.get((last * share) as usize).map_or(f64::NAN, |took| 1e3 * took.as_secs_f64())
        };
        Self { rate, p50_ms: at(0.5), p99_ms: at(0.99) }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

struct Server {
    desk: Desk,
    journal: Arc<dyn Journal>,
}

impl Server {
    async fn open(options: &PgConnectOptions) -> Self {
        let journal = Arc::new(PostgresJournal::open(options.clone()).await.expect("a journal"));
        let centres = vec![centre()];
        let (desk, task) = Desk::open(journal.clone(), Rules::default(), centres, Clock::system())
            .await
            .expect("a desk");
        let stop = CancellationToken::new();
        tokio::spawn(task.run(stop.clone()));
        let wakeups = Wakeups::default();
        tokio::spawn(desk.clone().follow(wakeups.clone(), stop.clone()));
        tokio::spawn(wakeups.run(journal.clone(), stop));
        Self { desk, journal }
    }

    async fn embedded(file: &Path) -> Self {
        let journal = Arc::new(SqliteJournal::open(file).await.expect("a journal"));
        let (desk, task) =
            Desk::open(journal.clone(), Rules::default(), vec![centre()], Clock::system())
                .await
                .expect("a desk");
        tokio::spawn(task.run(CancellationToken::new()));
        Self { desk, journal }
    }
}

/// So many senders over the servers in turn, each with one command under way at any time.
async fn turn(servers: &[Server], first: usize, waiting: usize) -> Turn {
    let began = Instant::now();
    let senders: Vec<_> = (0..waiting)
        .map(|n| {
            let desk = servers[n % servers.len()].desk.clone();
            tokio::spawn(async move {
                let mut took = Vec::new();
                while began.elapsed() < turn_length() {
                    for command in [pause(first + n), resume(first + n)] {
                        let sent = Instant::now();
                        desk.execute(envelope(command)).await.expect("recorded");
                        took.push(sent.elapsed());
                    }
                }
                took
            })
        })
        .collect();
    let mut took = Vec::new();
    for sender in senders {
        took.extend(sender.await.expect("a sender"));
    }
    Turn { rate: took.len() as f64 / began.elapsed().as_secs_f64(), took }
}

/// The same rows into a table without triggers: one INSERT of a group, one commit, nothing else.
struct Bare {
    hand: PgConnection,
    rows: Vec<StoredEvent>,
    version: i64,
}

impl Bare {
    async fn open(options: &PgConnectOptions, server: &Server) -> Self {
        turn(std::slice::from_ref(server), 0, 16).await;
        let rows = server.journal.read(&centre(), 2 * VEHICLES as u64, 256).await.expect("rows");
        let mut hand = options.connect().await.expect("a connection");
        let table =
            "CREATE TABLE bare (LIKE event); ALTER TABLE bare ADD PRIMARY KEY (centre, version)";
        sqlx::raw_sql(table).execute(&mut hand).await.expect("a table");
        Self { hand, rows, version: 0 }
    }

    async fn turn(&mut self, group: usize) -> Turn {
        let (began, mut took) = (Instant::now(), Vec::new());
        while began.elapsed() < turn_length() {
            let sent = Instant::now();
            self.commit(group).await;
            took.extend(std::iter::repeat_n(sent.elapsed(), group));
        }
        Turn { rate: took.len() as f64 / began.elapsed().as_secs_f64(), took }
    }

    async fn commit(&mut self, group: usize) {
        let rows: Vec<&StoredEvent> = self.rows.iter().cycle().take(group).collect();
        let first = self.version + 1;
        self.version += group as i64;
        sqlx::query(
            "INSERT INTO bare SELECT 'yinchuan', * FROM UNNEST($1::bigint[], $2::bigint[], $3::bigint[],
             $4::text[], $5::integer[], $6::text[], $7::bytea[])",
        )
        .bind((first..=self.version).collect::<Vec<i64>>())
        .bind(rows.iter().map(|row| row.recorded_at.0).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.made_at.0).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.kind.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| i32::from(row.schema)).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.body.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.hash.as_slice()).collect::<Vec<_>>())
        .execute(&mut self.hand)
        .await
        .expect("a commit");
    }
}

async fn positions(options: &PgConnectOptions, folder: &Path) {
    let (history, task) =
        History::open_postgres(options.clone(), 1_000, Clock::system()).await.expect("a history");
    let file = folder.join("history.sqlite");
    let (embedded, embedded_task) =
        History::open(&file, 1_000, Clock::system()).await.expect("a history");
    let stop = CancellationToken::new();
    let running = [task.run(stop.clone()), embedded_task.run(stop.clone())].map(tokio::spawn);
    let mut hand = options.connect().await.expect("a connection");
    let table = "CREATE TABLE bare_fix (LIKE fix);
        ALTER TABLE bare_fix ADD PRIMARY KEY (outbox, fix_time, number);
        CREATE INDEX ON bare_fix USING gist (position)";
    sqlx::raw_sql(table).execute(&mut hand).await.expect("a table");
    let (mut ours, mut sqlite, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for turn in 0..turns() as u64 {
        let rows: Vec<StoredFix> =
            (0..fixes_a_turn()).map(|n| fix(turn * fixes_a_turn() + n)).collect();
        let text = copy_text(&rows);
        ours.push(store(&history, &rows).await);
        sqlite.push(store(&embedded, &rows).await);
        let began = Instant::now();
        let mut copy = hand.copy_in_raw("COPY bare_fix FROM STDIN").await.expect("a copy");
        copy.send(text.as_bytes()).await.expect("rows");
        copy.finish().await.expect("a commit");
        theirs.push(fixes_a_turn() as f64 / began.elapsed().as_secs_f64());
    }
    stop.cancel();
    for running in running {
        running.await.expect("the history ends");
    }
    let sizes = "SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits
        WHERE inhparent = 'fix'::regclass";
    let bytes: i64 = sqlx::query_scalar(sizes).fetch_one(&mut hand).await.expect("sizes");
    hand.close().await.expect("a connection");
    let (ours, sqlite, theirs) = (median(ours), median(sqlite), median(theirs));
    println!(
        "positions/s {ours:.0} | bare COPY rows/s {theirs:.0} | ratio {:.2} | embedded {sqlite:.0}",
        ours / theirs
    );
    let fixes = (fixes_a_turn() * turns() as u64) as f64;
    let file = std::fs::metadata(&file).expect("a file").len();
    println!("bytes a fix {:.0} | embedded {:.0}", bytes as f64 / fixes, file as f64 / fixes);
}

/// Stores fixes as links hand them over; gives fixes a second.
async fn store(history: &History, rows: &[StoredFix]) -> f64 {
    let began = Instant::now();
    let answers: Vec<_> =
        rows.chunks(200).map(|some| history.submit(some.to_vec()).expect("room")).collect();
    for answer in answers {
        answer.await.expect("an answer").expect("stored");
    }
    fixes_a_turn() as f64 / began.elapsed().as_secs_f64()
}

fn copy_text(rows: &[StoredFix]) -> String {
    rows.iter().fold(String::new(), |mut text, row| {
        let (lon, lat) = (row.position.lon, row.position.lat);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{}\tSRID=4326;POINT({lon} {lat})\t16667\t27125\t11\t85\t0",
            row.number % 1_000,
            row.number,
            row.fix_time.0,
            row.received_at.0,
        );
        text
    })
}

/// A thousand vehicles, one fix a second each, all over the region.
fn fix(n: u64) -> StoredFix {
    let at = Clock::system().now();
    let chance = |seed: u64| (n.wrapping_mul(seed) % 100_003) as f64 / 100_003.0;
    StoredFix {
        vehicle: VehicleId::new(format!("V-{}", n % 1_000)),
        outbox: "o".into(),
        number: n + 1,
        fix_time: at.plus_seconds((n / 1_000).cast_signed()),
        received_at: at,
        position: Wgs84 { lon: 105.0 + chance(48_271), lat: 37.0 + chance(69_621) },
        speed_mps: Some(16.667),
        heading_deg: Some(271.25),
        satellites: Some(11),
        hdop: Some(0.85),
        quality: FixQuality::Fresh,
    }
}
