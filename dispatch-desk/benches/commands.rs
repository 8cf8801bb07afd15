//! How fast commands become durable: decide, append, acknowledge, at 1, 16 and 256 waiting, beside a bare
//! SQLite (WAL, synchronous=FULL) that commits the same bytes in groups of the same size.
//!
//! `cargo bench -p dispatch-desk --bench commands`. Both take turns in one run; the medians of the turns
//! and their ratio are printed.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

mod shift;
mod trial;

use dispatch_core::Rules;
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::Desk;
use dispatch_desk::journal::Journal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use shift::{centre, envelope, pause, record, resume, vehicle};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use trial::load;

const VEHICLES: usize = 256;

fn turns() -> usize {
    load(7, 1)
}

fn turn_length() -> Duration {
    load(Duration::from_millis(700), Duration::from_millis(20))
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    println!(
        "waiting |  desk commands/s | bare commands/s | throughput ratio | desk us/command | bare us/commit"
    );
    for waiting in [1, 16, 256] {
        let folder = tempfile::tempdir().expect("a folder");
        let bench = runtime.block_on(Bench::open(&folder.path().join("desk.sqlite")));
        let mut bare = Bare::open(&folder.path().join("bare.sqlite"), &runtime, &bench);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..turns() {
            ours.push(runtime.block_on(bench.turn(waiting)));
            theirs.push(bare.turn(waiting));
        }
        runtime.block_on(bench.close());
        let (ours, theirs) = (median(ours), median(theirs));
        println!(
            "{waiting:>7} | {ours:>12.0} | {theirs:>11.0} | {:>16.2} | {:>11.1} | {:>14.1}",
            ours / theirs,
            1e6 * waiting as f64 / ours,
            1e6 * waiting as f64 / theirs,
        );
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A desk whose vehicles are paused and resumed: one event a command, as most commands are.
struct Bench {
    desk: Desk,
    journal: Arc<SqliteJournal>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Bench {
    async fn open(file: &Path) -> Self {
        let journal = Arc::new(SqliteJournal::open(file).await.expect("a journal"));
        let centres = vec![centre()];
        let (desk, task) = Desk::open(journal.clone(), Rules::default(), centres, Clock::system())
            .await
            .expect("a desk");
        let stop = CancellationToken::new();
        let task = tokio::spawn(task.run(stop.clone()));
        let fleet = (0..VEHICLES).map(|n| (vehicle(n), record())).collect();
        desk.enrol(fleet).await.expect("a fleet");
        Self { desk, journal, stop, task }
    }

    /// So many senders, each with one command under way at any time; gives commands a second.
    async fn turn(&self, waiting: usize) -> f64 {
        let began = Instant::now();
        let senders: Vec<_> = (0..waiting)
            .map(|n| {
                let desk = self.desk.clone();
                tokio::spawn(async move {
                    let mut done = 0_u32;
                    while began.elapsed() < turn_length() {
                        for command in [pause(n), resume(n)] {
                            desk.execute(envelope(command)).await.expect("recorded");
                            done += 1;
                        }
                    }
                    done
                })
            })
            .collect();
        let mut done = 0;
        for sender in senders {
            done += sender.await.expect("a sender");
        }
        f64::from(done) / began.elapsed().as_secs_f64()
    }

    async fn close(self) {
        self.stop.cancel();
        self.task.await.expect("the desk ends");
        self.journal.close().await;
    }
}

/// The same rows into a bare table: a prepared statement and a transaction, nothing else.
struct Bare {
    connection: rusqlite::Connection,
    rows: Vec<dispatch_desk::journal::StoredEvent>,
    version: i64,
}

impl Bare {
    fn open(file: &Path, runtime: &tokio::runtime::Runtime, bench: &Bench) -> Self {
        runtime.block_on(bench.turn(16));
        let read = runtime.block_on(bench.journal.read(&centre(), VEHICLES as u64, 256));
        let connection = rusqlite::Connection::open(file).expect("a file");
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 CREATE TABLE event (
                     centre TEXT NOT NULL, version INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
                     made_at INTEGER NOT NULL, kind TEXT NOT NULL, schema INTEGER NOT NULL,
                     body TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (centre, version)
                 ) STRICT, WITHOUT ROWID;",
            )
            .expect("a table");
        Self { connection, rows: read.expect("rows"), version: 0 }
    }

    fn turn(&mut self, group: usize) -> f64 {
        let began = Instant::now();
        let mut done = 0_u32;
        while began.elapsed() < turn_length() {
            self.commit(group);
            done += group as u32;
        }
        f64::from(done) / began.elapsed().as_secs_f64()
    }

    fn commit(&mut self, group: usize) {
        let transaction = self.connection.transaction().expect("a transaction");
        let mut insert = transaction
            .prepare_cached("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .expect("a statement");
        for row in self.rows.iter().cycle().take(group) {
            self.version += 1;
            insert
                .execute((
                    "yinchuan",
                    self.version,
                    row.recorded_at.0,
                    row.made_at.0,
                    &row.kind,
                    row.schema,
                    &row.body,
                    row.hash,
                ))
                .expect("a row");
        }
        drop(insert);
        transaction.commit().expect("a commit");
    }
}
