//! A file of positions that cannot be used keeps nobody from starting, and stops no server that runs: it is set aside,
//! and positions go on in a new one. A file of a later release is no damage, and the refusal names it.

use crate::stores::{NOON, fix};
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::options;
use dispatch_server::history::{HISTORY_FILE, History, HistoryTask};
use dispatch_server::stores::{Storage, StoresError, open_history};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::fs;
use std::path::Path;
use tokio_util::sync::CancellationToken;

const STORED: u64 = 3_000;

async fn open(folder: &Path, millis: i64) -> Result<(History, HistoryTask), StoresError> {
    let storage = Storage::Embedded(folder.to_owned());
    open_history(&storage, 30, Clock::by_hand(Timestamp(NOON.0 + millis))).await
}

/// Stores positions and gives how many of the vehicle are there.
async fn store(
    history: &History,
    task: HistoryTask,
    numbers: std::ops::RangeInclusive<u64>,
) -> usize {
    let stop = CancellationToken::new();
    let running = tokio::spawn(task.run(stop.clone()));
    for number in numbers {
        history.submit(vec![fix(number)]).unwrap().await.unwrap().unwrap();
    }
    let (from, to) = (Timestamp(0), Timestamp(NOON.0 * 2));
    let found = history.query(&"YC-01-1".into(), from, to, 10_000).await.unwrap().len();
    stop.cancel();
    running.await.unwrap();
    found
}

async fn sql(file: &Path, text: &str) {
    let mut connection = options(file).connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(text.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn laid_down(folder: &Path) {
    let (history, task) = open(folder, 0).await.unwrap();
    let stop = CancellationToken::new();
    let running = tokio::spawn(task.run(stop.clone()));
    history.submit((1..=STORED).map(fix).collect()).unwrap().await.unwrap().unwrap();
    stop.cancel();
    running.await.unwrap();
    drop(history);
    sql(&folder.join(HISTORY_FILE), "PRAGMA wal_checkpoint(TRUNCATE)").await;
}

async fn damage(file: &Path, kind: &str) {
    let smash = |range: std::ops::Range<usize>| {
        let mut bytes = fs::read(file).unwrap();
        let end = range.end.min(bytes.len());
        bytes[range.start..end].fill(0xA5);
        fs::write(file, bytes).unwrap();
    };
    match kind {
        "no database" => fs::write(file, [0x5A; 9_000]).unwrap(),
        "cut short" => fs::write(file, &fs::read(file).unwrap()[..6_000]).unwrap(),
        "its first pages" => smash(4_096..40_960),
        "all behind its tables' names" => smash(8_192..usize::MAX),
        "another program's file" => {
            fs::remove_file(file).unwrap();
            sql(file, "CREATE TABLE outbox (letter TEXT); CREATE TABLE fix (bicycle TEXT)").await;
        }
        "a table gone" => sql(file, "DROP TABLE fix").await,
        "gone" => fs::remove_file(file).unwrap(),
        "a copy in its place" => {
            let copy = file.with_extension("copy");
            fs::copy(file, &copy).unwrap();
            fs::rename(copy, file).unwrap();
        }
        "a folder" => {
            fs::remove_file(file).unwrap();
            fs::create_dir(file).unwrap();
        }
        other => panic!("no such damage: {other}"),
    }
}

fn set_aside(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name());
    let aside = |name: &std::ffi::OsString| {
        let name = name.to_string_lossy();
        name.contains(".set-aside-") && !name.ends_with("-wal") && !name.ends_with("-shm")
    };
    names.filter(aside).count()
}

#[tokio::test]
async fn a_damaged_file_of_positions_is_set_aside_and_a_new_one_begun() {
    for kind in [
        "no database",
        "cut short",
        "its first pages",
        "all behind its tables' names",
        "another program's file",
        "a table gone",
        "a folder",
    ] {
        let folder = tempfile::tempdir().unwrap();
        laid_down(folder.path()).await;
        damage(&folder.path().join(HISTORY_FILE), kind).await;
        let (history, task) = open(folder.path(), 1).await.unwrap();
        assert_eq!(set_aside(folder.path()), 1, "{kind}");
        assert_eq!(store(&history, task, 1..=3).await, 3, "{kind}");
        let (again, task) = open(folder.path(), 2).await.unwrap();
        assert_eq!(store(&again, task, 3..=4).await, 4, "{kind}: the new file stays");
        assert_eq!(set_aside(folder.path()), 1, "{kind}");
    }
}

#[tokio::test]
async fn a_file_that_is_damaged_or_gone_while_in_use_gives_way_to_a_new_one_and_it_is_told() {
    for (kind, aside) in [
        ("no database", 1),
        ("cut short", 1),
        ("its first pages", 1),
        ("all behind its tables' names", 1),
        ("another program's file", 1),
        ("a table gone", 1),
        ("gone", 0),
        ("a copy in its place", 0),
    ] {
        let folder = tempfile::tempdir().unwrap();
        laid_down(folder.path()).await;
        let (history, task) = open(folder.path(), 1).await.unwrap();
        let lost_at = history.lost_at().unwrap();
        assert_eq!(*lost_at.borrow(), None, "{kind}");
        damage(&folder.path().join(HISTORY_FILE), kind).await;

        let new = STORED + 1..=STORED + 3;
        let found = store(&history, task, new).await;
        let expected = if kind == "a copy in its place" { STORED as usize + 3 } else { 3 };
        assert_eq!(found, expected, "{kind}: what was refused nowhere is there");
        assert_eq!(*lost_at.borrow(), Some(Timestamp(NOON.0 + 1)), "{kind}");
        assert_eq!(set_aside(folder.path()), aside, "{kind}");
        drop(history);
        let (again, task) = open(folder.path(), 2).await.unwrap();
        assert_eq!(store(&again, task, STORED + 4..=STORED + 4).await, expected + 1, "{kind}");
        let told_again = (aside == 1).then_some(Timestamp(NOON.0 + 1));
        assert_eq!(*again.lost_at().unwrap().borrow(), told_again, "{kind}: as long as it is kept");
    }
}

#[tokio::test]
async fn a_disk_that_damages_each_file_is_not_filled_by_them() {
    let folder = tempfile::tempdir().unwrap();
    for start in 1..=5 {
        fs::write(folder.path().join(HISTORY_FILE), [0x5A; 9_000]).unwrap();
        drop(open(folder.path(), start).await.unwrap());
    }
    assert_eq!(set_aside(folder.path()), 2);
}

#[tokio::test]
async fn a_file_of_a_later_release_is_kept_and_named() {
    let folder = tempfile::tempdir().unwrap();
    laid_down(folder.path()).await;
    let file = folder.path().join(HISTORY_FILE);
    sql(&file, "INSERT INTO _sqlx_migrations VALUES (99, 'later', '2027-01-01', 1, x'00', 1)")
        .await;
    let Err(refused) = open(folder.path(), 1).await else { panic!("it was opened") };
    let told = refused.to_string();
    assert!(told.contains(file.to_str().unwrap()) && told.contains("migration 99"), "{told}");
    assert_eq!(set_aside(folder.path()), 0);
}
