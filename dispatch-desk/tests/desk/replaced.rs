//! A database that is removed, or replaced by an older copy, under a running desk: SQLite writes on into what was there
//! and reports success. Nothing is acknowledged any more, the watch says so, and what was in the old file is kept.

use crate::journal_support::*;
use dispatch_desk::desk::CommandError;
use dispatch_desk::journal::Journal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::sqlite::Stuck;
use sqlx::AssertSqlSafe;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What somebody does who forgot that the server runs.
fn replace(file: &Path, kind: &str) {
    match kind {
        "removed" => fs::remove_file(file).unwrap(),
        "an older copy" => fs::rename(file.with_extension("older"), file).unwrap(),
        "moved away" => fs::rename(file, file.with_extension("elsewhere")).unwrap(),
        other => panic!("no such way: {other}"),
    }
}

/// How far the journal of `east` in a file goes; the file must be whole.
async fn version(file: &Path) -> u64 {
    let journal = SqliteJournal::open(file).await.unwrap();
    let heads = journal.heads().await.unwrap();
    let report = dispatch_desk::journal::verify(&journal).await.unwrap();
    assert!(report.is_clean(), "{report}");
    journal.close().await;
    heads.get(&centre("east")).map_or(0, |head| head.version)
}

fn kept(folder: &Path) -> PathBuf {
    let mut files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let is_kept = |file: &PathBuf| file.to_string_lossy().contains(".replaced-");
    files.find(is_kept).expect("what was in the old file is kept")
}

#[tokio::test]
async fn nothing_is_acknowledged_into_a_file_that_is_not_there_any_more() {
    for kind in ["removed", "an older copy", "moved away"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("journal.sqlite");
        let house = House::furnished(&file).await;
        let at_the_copy = house.desk.read(&centre("east"), |state| state.version).unwrap();
        let copy = format!("VACUUM INTO '{}'", file.with_extension("older").display());
        let mut turn = house.journal.file().turn().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(copy)).execute(turn.connection()).await.unwrap();
        turn.done();
        let last = house.desk.execute(call("east", "before")).await.unwrap().version;

        replace(&file, kind);
        for command in ["after", "and again"] {
            let answer = house.desk.execute(call("east", command)).await;
            assert!(matches!(answer, Err(CommandError::NotRecorded(_))), "{kind}: {answer:?}");
        }
        assert!(house.journal.probe().await.is_err(), "{kind}: `readyz` says so");
        let stuck = house.journal.file().until_stuck(Duration::from_millis(10)).await;
        assert_eq!(stuck, Stuck::Replaced, "{kind}");
        house.close().await;
        assert_eq!(version(&kept(folder.path())).await, last, "{kind}: all that was acknowledged");
        let there = if kind == "an older copy" { at_the_copy } else { 0 };
        assert_eq!(version(&file).await, there, "{kind}: nothing is mixed into it");
    }
}
