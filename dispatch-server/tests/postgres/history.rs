//! Position history as terminals and viewers notice it: each clause is held by every store.

use crate::postgres_support::{Database, execute};
use dispatch_core::fleet::FixQuality;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::options;
use dispatch_desk::health::Health;
use dispatch_server::history::{
    HISTORY_FILE, History, HistoryTask, MemoryFixes, QUEUED_FIXES, StoredFix,
};
use sqlx::ConnectOptions;
use std::path::PathBuf;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const NOON: Timestamp = Timestamp(1_780_000_000_000);
const DAY_SECONDS: i64 = 86_400;

/// Lays every second position where an earlier release had it, as far as its key allowed that.
const STORED_BEFORE: &str = "INSERT OR IGNORE INTO fix_before SELECT * FROM fix WHERE number % 2 = 1;
    DELETE FROM fix WHERE (outbox, fix_time, number) IN (SELECT outbox, fix_time, number FROM fix_before)";

/// Where positions are kept.
enum Store {
    Sqlite(TempDir),
    /// A file in which every second position was stored by an earlier release.
    Upgraded(TempDir),
    Postgres(Box<Database>),
    Memory(MemoryFixes),
}

impl Store {
    async fn open(&self, keep_days: u32, clock: Clock) -> (History, HistoryTask) {
        match self {
            Self::Sqlite(folder) | Self::Upgraded(folder) => {
                History::open(&folder.path().join(HISTORY_FILE), keep_days, clock).await.unwrap()
            }
            Self::Postgres(database) => {
                History::open_postgres(database.options.clone(), keep_days, clock).await.unwrap()
            }
            Self::Memory(fixes) => History::in_memory(fixes, clock),
        }
    }

    /// Makes every write fail, or lets it succeed again.
    async fn disk_is_full(&self, full: bool) {
        match self {
            Self::Sqlite(folder) | Self::Upgraded(folder) => {
                let options = options(&folder.path().join(HISTORY_FILE));
                let sql = if full {
                    "CREATE TRIGGER full BEFORE INSERT ON fix
                     BEGIN SELECT RAISE(ABORT, 'disk full'); END"
                } else {
                    "DROP TRIGGER full"
                };
                let mut hand = options.connect().await.unwrap();
                sqlx::query(sql).execute(&mut hand).await.unwrap();
            }
            Self::Postgres(database) => {
                let sql = if full {
                    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                     $$ BEGIN RAISE 'disk full' USING ERRCODE = 'disk_full'; END $$;
                     CREATE TRIGGER full_disk BEFORE INSERT ON fix FOR EACH STATEMENT
                     EXECUTE FUNCTION full_disk()"
                } else {
                    "DROP TRIGGER full_disk ON fix"
                };
                execute(&mut database.hand().await, sql).await;
            }
            Self::Memory(fixes) => fixes.fail(full),
        }
    }
}

struct Running {
    history: History,
    stop: CancellationToken,
    task: JoinHandle<()>,
    /// The file of which a part is laid where an earlier release had it.
    upgraded: Option<PathBuf>,
}

impl Running {
    async fn open(store: &Store, keep_days: u32, clock: Clock) -> Self {
        let (history, task) = store.open(keep_days, clock).await;
        let stop = CancellationToken::new();
        let task = tokio::spawn(task.run(stop.clone()));
        let upgraded = match store {
            Store::Upgraded(folder) => Some(folder.path().join(HISTORY_FILE)),
            Store::Sqlite(_) | Store::Postgres(_) | Store::Memory(_) => None,
        };
        Self { history, stop, task, upgraded }
    }

    async fn close(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }

    async fn submit(&self, rows: Vec<StoredFix>) {
        self.history.submit(rows).unwrap().await.unwrap().unwrap();
        if let Some(file) = &self.upgraded {
            let mut hand = options(file).connect().await.unwrap();
            sqlx::raw_sql(STORED_BEFORE).execute(&mut hand).await.unwrap();
        }
    }

    async fn numbers(&self, vehicle: &str) -> Vec<u64> {
        let vehicle = vehicle.into();
        let track = self.history.query(&vehicle, Timestamp(0), Timestamp(i64::MAX), 1_000);
        track.await.unwrap().iter().map(|row| row.number).collect()
    }
}

fn fix(vehicle: &str, number: u64, seconds: i64) -> StoredFix {
    StoredFix {
        vehicle: vehicle.into(),
        outbox: "outbox-1".into(),
        number,
        fix_time: NOON.plus_seconds(seconds),
        received_at: NOON.plus_seconds(seconds + 1),
        position: Wgs84 { lon: 106.234_567_8, lat: -38.456_789_1 },
        speed_mps: Some(16.667),
        heading_deg: Some(271.25),
        satellites: Some(11),
        hdop: Some(0.85),
        quality: FixQuality::Frozen,
    }
}

async fn a_track_comes_back_in_order_of_its_time_whatever_order_it_came_in(store: Store) {
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    running.submit(vec![fix("A", 2, 20), fix("A", 3, 30), fix("B", 1, 15)]).await;
    let mut bare = fix("A", 1, 10);
    bare.speed_mps = None;
    (bare.heading_deg, bare.satellites, bare.hdop) = (None, None, None);
    bare.quality = FixQuality::Late;
    running.submit(vec![bare.clone()]).await;

    let (from, to) = (NOON.plus_seconds(10), NOON.plus_seconds(30));
    let track = running.history.query(&"A".into(), from, to, 10).await.unwrap();
    assert_eq!(track, [bare, fix("A", 2, 20)]);
    let first = running.history.query(&"A".into(), from, to, 1).await.unwrap();
    assert_eq!(first.len(), 1);
    assert!(running.numbers("nobody").await.is_empty());
}

async fn a_fix_sent_again_is_acknowledged_and_stored_once_also_after_a_restart(store: Store) {
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    running.submit(vec![fix("A", 1, 10), fix("A", 1, 10)]).await;
    running.submit(vec![fix("A", 1, 10), fix("A", 2, 20)]).await;
    running.close().await;

    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    running.submit(vec![fix("A", 2, 20), fix("A", 3, 30)]).await;
    assert_eq!(running.numbers("A").await, [1, 2, 3]);
}

/// A terminal whose storage is a copy from before gives its numbers again, to what it measures now.
async fn numbers_that_are_given_again_stand_for_other_fixes(store: Store) {
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    running.submit(vec![fix("A", 1, 10), fix("A", 2, 20)]).await;
    running.submit(vec![fix("A", 1, 3_610), fix("A", 2, 3_620), fix("A", 2, 3_620)]).await;
    running.close().await;

    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    running.submit(vec![fix("A", 2, 20), fix("A", 2, 3_620), fix("A", 3, 3_630)]).await;
    assert_eq!(running.numbers("A").await, [1, 2, 1, 2, 3]);
}

async fn a_replaced_terminal_counts_anew(store: Store) {
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    let mut replaced = fix("A", 1, 40);
    replaced.outbox = "outbox-2".into();
    running.submit(vec![fix("A", 1, 10), replaced]).await;
    assert_eq!(running.numbers("A").await, [1, 1]);
}

/// The outbox had to begin anew before it was known there that the position had gone out.
async fn what_two_outboxes_brought_is_on_the_track_once(store: Store) {
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    let anew = |number, seconds, received_at| StoredFix {
        outbox: "outbox-2".into(),
        received_at,
        quality: FixQuality::Late,
        ..fix("A", number, seconds)
    };
    let elsewhere = StoredFix {
        position: Wgs84 { lon: 106.234_567_9, lat: -38.456_789_1 },
        ..anew(10, 30, NOON.plus_seconds(60))
    };
    let first = [fix("A", 7, 10), fix("A", 8, 20), fix("A", 9, 30)];
    let again = [anew(17, 10, NOON.plus_seconds(60)), anew(18, 20, NOON.plus_seconds(60))];
    running.submit(first.iter().chain(&again).cloned().collect()).await;
    running.submit(vec![elsewhere.clone()]).await;
    let track = async |limit| {
        let (from, to) = (NOON, NOON.plus_seconds(3_600));
        running.history.query(&"A".into(), from, to, limit).await.unwrap()
    };
    let once = [first[0].clone(), first[1].clone(), first[2].clone(), elsewhere];
    assert_eq!(track(10).await, once);
    for limit in 0..4 {
        assert_eq!(track(limit).await, once[..limit as usize], "{limit}");
    }
}

async fn the_newest_trusted_fix_of_each_terminal_is_known(store: Store) {
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    let trusted =
        |vehicle, number, seconds, quality| StoredFix { quality, ..fix(vehicle, number, seconds) };
    let (a, b) = (trusted("A", 2, 20, FixQuality::Fresh), trusted("B", 1, 15, FixQuality::Late));
    let doubted = trusted("A", 3, 30, FixQuality::Suspect);
    let older = trusted("A", 1, 10, FixQuality::Fresh);
    running.submit(vec![doubted, older, a.clone(), b.clone()]).await;
    let newest = async |seconds| {
        let mut rows = running.history.newest(NOON.plus_seconds(seconds)).await.unwrap();
        rows.sort_by(|one, other| one.vehicle.cmp(&other.vehicle));
        rows
    };
    assert_eq!(newest(0).await, [a.clone(), b]);
    assert_eq!(newest(16).await, [a]);
    assert_eq!(newest(21).await, []);
}

async fn what_waits_at_the_end_is_stored_and_too_much_is_refused(store: Store) {
    let (history, task) = store.open(1_000, Clock::by_hand(NOON)).await;
    let rows = |count: usize| (1..=count as u64).map(|n| fix("A", n, 1)).collect::<Vec<_>>();
    let answer = history.submit(rows(3_000)).unwrap();
    assert!(history.submit(rows(QUEUED_FIXES - 2_999)).is_err());

    let stop = CancellationToken::new();
    stop.cancel();
    task.run(stop).await;
    assert_eq!(answer.await.unwrap(), Ok(()));
    let track = history.query(&"A".into(), NOON, Timestamp(i64::MAX), 5_000).await.unwrap();
    assert_eq!(track.len(), 3_000);
}

async fn a_store_that_fails_is_told_and_comes_back(store: Store) {
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    running.submit(vec![fix("A", 1, 10)]).await;
    store.disk_is_full(true).await;
    let answer = running.history.submit(vec![fix("A", 2, 20), fix("C", 1, 20)]).unwrap();
    assert!(answer.await.unwrap().is_err());
    let mut health = running.history.health();
    assert_eq!(*health.borrow_and_update(), Health::Degraded);
    assert_eq!(running.numbers("A").await, [1]);

    store.disk_is_full(false).await;
    running.submit(vec![fix("A", 2, 20), fix("C", 1, 20)]).await;
    assert_eq!(running.numbers("A").await, [1, 2]);
    assert_eq!(running.numbers("C").await, [1]);
    assert_eq!(*health.borrow_and_update(), Health::Working);
}

async fn old_days_are_forgotten_and_newer_ones_kept(store: Store) {
    let today = Clock::system().now().seconds_since(NOON) as i64;
    let days_ago = |vehicle, number, days: i64| fix(vehicle, number, today - days * DAY_SECONDS);
    let running = Running::open(&store, 1_000, Clock::system()).await;
    running.submit(vec![days_ago("A", 1, 12), days_ago("B", 1, 12)]).await;
    running.submit(vec![days_ago("A", 2, 9), days_ago("A", 3, 0)]).await;
    running.close().await;

    let running = Running::open(&store, 10, Clock::system()).await;
    // Forgetting goes on in the background; the test ends when it is done.
    while running.numbers("B").await.len() + running.numbers("A").await.len() > 2 {}
    assert_eq!(running.numbers("A").await, [2, 3]);
}

/// Changes the tables by hand, as a copy put in the place of the database does.
async fn renumber(database: &Database, sql: &'static str) {
    sqlx::raw_sql(sql).execute(&mut database.hand().await).await.unwrap();
}

#[tokio::test]
async fn an_older_copy_in_the_place_of_the_database_mixes_no_tracks() {
    let store = Store::Postgres(Box::new(Database::fresh().await));
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    running.submit(vec![fix("A", 1, 10), fix("B", 1, 10)]).await;
    let Store::Postgres(database) = &store else { unreachable!("made above") };
    // In the copy B had no number yet, and the one it had is given to C by another server.
    let copy = "DELETE FROM fix USING outbox WHERE outbox.id = fix.outbox AND vehicle = 'B';
        WITH gone AS (DELETE FROM outbox WHERE vehicle = 'B' RETURNING id)
        INSERT INTO outbox (id, vehicle, name) OVERRIDING SYSTEM VALUE
        SELECT id, 'C', 'outbox-1' FROM gone";
    renumber(database, copy).await;
    running.submit(vec![fix("A", 2, 20), fix("B", 2, 20)]).await;
    running.submit(vec![fix("C", 7, 30)]).await;
    assert_eq!(running.numbers("A").await, [1, 2]);
    assert_eq!(running.numbers("B").await, [2], "none of it is on the track of another");
    assert_eq!(running.numbers("C").await, [7]);
}

#[tokio::test]
async fn numbers_that_begin_again_keep_no_new_terminal_out() {
    let store = Store::Postgres(Box::new(Database::fresh().await));
    let running = Running::open(&store, 1_000, Clock::by_hand(NOON)).await;
    running.submit((0..40).map(|n| fix(&format!("V-{n}"), 1, 10)).collect()).await;
    let Store::Postgres(database) = &store else { unreachable!("made above") };
    // A logical copy carries no sequences over.
    renumber(database, "ALTER SEQUENCE outbox_id_seq RESTART").await;
    running.submit(vec![fix("V-0", 2, 20), fix("new", 1, 20), fix("newer", 1, 20)]).await;
    for (vehicle, numbers) in [("V-0", vec![1, 2]), ("V-1", vec![1]), ("new", vec![1])] {
        assert_eq!(running.numbers(vehicle).await, numbers, "{vehicle}");
    }
}

macro_rules! hold {
    ($($clause:ident),* $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(super::Store::Sqlite(tempfile::tempdir().unwrap())).await;
                }
            )*
        }

        mod upgraded {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(super::Store::Upgraded(tempfile::tempdir().unwrap())).await;
                }
            )*
        }

        mod postgres {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(super::Store::Postgres(Box::new(super::Database::fresh().await))).await;
                }
            )*
        }

        mod postgres_of_the_next_release {
            $(
                #[tokio::test]
                async fn $clause() {
                    let database = super::Database::of_the_next_release().await;
                    super::$clause(super::Store::Postgres(Box::new(database))).await;
                }
            )*
        }
    };
}

hold!(
    a_track_comes_back_in_order_of_its_time_whatever_order_it_came_in,
    a_fix_sent_again_is_acknowledged_and_stored_once_also_after_a_restart,
    numbers_that_are_given_again_stand_for_other_fixes,
    a_replaced_terminal_counts_anew,
    what_two_outboxes_brought_is_on_the_track_once,
    the_newest_trusted_fix_of_each_terminal_is_known,
    what_waits_at_the_end_is_stored_and_too_much_is_refused,
    a_store_that_fails_is_told_and_comes_back,
    old_days_are_forgotten_and_newer_ones_kept,
    a_clock_years_ahead_forgets_nothing_early,
);

/// The store of simulations forgets nothing, and a failing one is not read either.
macro_rules! hold_in_memory {
    ($($clause:ident),* $(,)?) => {
        mod memory {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(super::Store::Memory(super::MemoryFixes::default())).await;
                }
            )*
        }
    };
}

hold_in_memory!(
    a_track_comes_back_in_order_of_its_time_whatever_order_it_came_in,
    a_fix_sent_again_is_acknowledged_and_stored_once_also_after_a_restart,
    numbers_that_are_given_again_stand_for_other_fixes,
    a_replaced_terminal_counts_anew,
    what_two_outboxes_brought_is_on_the_track_once,
    the_newest_trusted_fix_of_each_terminal_is_known,
    what_waits_at_the_end_is_stored_and_too_much_is_refused,
);

/// The embedded store has the positions themselves for a second clock, the shared one the database's.
async fn a_clock_years_ahead_forgets_nothing_early(store: Store) {
    let today = Clock::system().now();
    let seconds = today.seconds_since(NOON) as i64;
    let in_three_years = Clock::by_hand(today.plus_seconds(3 * 365 * DAY_SECONDS));
    let running = Running::open(&store, 10, in_three_years).await;
    running
        .submit(vec![fix("A", 1, seconds - 12 * DAY_SECONDS), fix("A", 2, seconds - DAY_SECONDS)])
        .await;
    // The older one goes as it would by any clock, and with the same step nothing else.
    while running.numbers("A").await.len() > 1 {}
    assert_eq!(running.numbers("A").await, [2]);
}
