//! A damaged journal is cut on a disk that fails just then: all of it is done or nothing, what is cut off is kept in
//! a file first, and the command may be given again.

use crate::faulty::{Fault, FaultyDisk, on_a_faulty_disk};
use crate::stores::enrolled;
use dispatch_core::model::*;
use dispatch_desk::database::{MAIN_FILE, options};
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Append, Head, Journal, StoredEvent, load, verify};
use dispatch_server::archive::back_up;
use dispatch_server::mending::mend;
use dispatch_server::settings::{Mend, StoreArguments};
use dispatch_server::stores::{Storage, open_people};
use sqlx::{AssertSqlSafe, ConnectOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Events before the damage.
const WHOLE: u64 = 3;
/// Events from it on.
const LOST: u64 = 2;
/// After so long the command is stopped in the middle of its work.
const STOPPED_AFTER: Duration = Duration::from_millis(2);

fn yinchuan() -> CentreId {
    "yinchuan".into()
}

fn stored(head: &mut Head, count: u64) -> Vec<StoredEvent> {
    let next = |_| {
        let version = head.version + 1;
        head.extend(&yinchuan(), &enrolled(version, VehicleId::new(format!("V-{version}"))))
    };
    (0..count).map(next).collect()
}

/// A journal with events at its end that follow another history, as its table would never let in.
async fn damaged_journal(folder: &Path) {
    let file = folder.join(MAIN_FILE);
    let journal = SqliteJournal::open(&file).await.unwrap();
    let (centre, mut head) = (yinchuan(), Head::empty(&yinchuan()));
    let after = head;
    let events = stored(&mut head, WHOLE);
    journal.append(&[Append { centre: &centre, after, events: &events }]).await.unwrap();
    journal.close().await;

    let mut hand = options(&file).connect().await.unwrap();
    let guards: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            .fetch_all(&mut hand)
            .await
            .unwrap();
    let mut sql: String = guards.iter().map(|(name, _)| format!("DROP TRIGGER {name};")).collect();
    let mut elsewhere = Head { version: WHOLE, hash: [3; 32] };
    for event in stored(&mut elsewhere, LOST) {
        let hash: String = event.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let StoredEvent { version, recorded_at, made_at, kind, schema, body, .. } = event;
        sql.push_str(&format!(
            "INSERT INTO event (centre, version, recorded_at, made_at, kind, schema, body, hash) VALUES
             ('yinchuan', {version}, {}, {}, '{kind}', {schema}, '{}', x'{hash}');",
            recorded_at.0,
            made_at.0,
            body.replace('\'', "''"),
        ));
    }
    sql.extend(guards.iter().map(|(_, guard)| format!("{guard};")));
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut hand).await.unwrap();
}

fn asked(folder: &Path, cut: &Path) -> Mend {
    let data = Some(folder.to_owned());
    let store = StoreArguments { data, database: None };
    Mend { store, centre: "yinchuan".into(), cut: cut.to_owned() }
}

#[test]
fn a_journal_is_mended_whole_or_not_at_all() {
    on_a_faulty_disk("mending::a_journal_is_mended_whole_or_not_at_all", |disk| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        for fault in Fault::ALL {
            for is_stopped in [false, true] {
                // The disk under the store alone, and the one under the file of what is cut off as well.
                for word in ["data", "tried"] {
                    runtime.block_on(mend_on(&disk, fault, word, is_stopped));
                }
            }
        }
    });
}

async fn mend_on(disk: &FaultyDisk, fault: Fault, word: &str, is_stopped: bool) {
    let above = tempfile::Builder::new().prefix("mended").tempdir().unwrap();
    let (folder, tried) = (above.path().join("data"), above.path().join("tried"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::create_dir(&tried).unwrap();
    damaged_journal(&folder).await;
    let files: Vec<PathBuf> =
        (0..3).map(|number| tried.join(format!("cut-{number}.jsonl"))).collect();

    disk.fails(fault, above.path().join(word).to_str().unwrap());
    let first = asked(&folder, &files[0]);
    let first = if is_stopped {
        tokio::time::timeout(STOPPED_AFTER, mend(&first)).await.ok()
    } else {
        Some(mend(&first).await)
    };
    disk.heals();

    let what = format!("{fault:?} under {word}, stopped {is_stopped}: {first:?}");
    let again = mend(&asked(&folder, &files[1])).await;
    let was_done = again.as_ref().is_err_and(|error| error.to_string().ends_with("is whole"));
    assert!(again.is_ok() || was_done, "{what}, then {again:?}");
    assert!(!matches!(first, Some(Ok(_))) || was_done, "{what}, then {again:?}");
    check(&folder, &what).await;
    let kept = files.iter().filter_map(|file| std::fs::read_to_string(file).ok());
    let whole = kept.filter(|kept| kept.lines().count() as u64 == LOST).count();
    assert!(whole > 0, "{what}: what was cut off is in no file");
}

/// The journal holds what was before the damage and one set-back after it, and its table keeps everything again.
async fn check(folder: &Path, what: &str) {
    let file = folder.join(MAIN_FILE);
    let journal = SqliteJournal::open(&file).await.unwrap();
    assert!(verify(&journal).await.unwrap().is_clean(), "{what}");
    let rows = journal.read(&yinchuan(), 0, 100).await.unwrap();
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    let enrolled = ["vehicle_enrolled"; WHOLE as usize];
    assert_eq!(kinds, [enrolled.as_slice(), &["journal_set_back"]].concat(), "{what}");
    assert!(load(&journal, &yinchuan()).await.unwrap().state.incarnation() > 0, "{what}");
    let mut hand = options(&file).connect().await.unwrap();
    let deleted = sqlx::query("DELETE FROM event").execute(&mut hand).await;
    assert!(deleted.is_err_and(|error| error.to_string().contains("never deleted")), "{what}");
    journal.close().await;
}

#[tokio::test]
async fn a_snapshot_that_does_not_fit_costs_no_events() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(MAIN_FILE);
    let journal = SqliteJournal::open(&file).await.unwrap();
    let (centre, mut head) = (yinchuan(), Head::empty(&yinchuan()));
    let after = head;
    let events = stored(&mut head, WHOLE);
    journal.append(&[Append { centre: &centre, after, events: &events }]).await.unwrap();
    let loaded = load(&journal, &centre).await.unwrap();
    let key = dispatch_desk::journal::JournalKey::random();
    let snapshot = dispatch_desk::journal::take_snapshot(&loaded.state, &head, &key).unwrap();
    journal.save_snapshot(&centre, &snapshot).await.unwrap();
    let mut hand = options(&file).connect().await.unwrap();
    sqlx::query("UPDATE snapshot SET body = 'not json'").execute(&mut hand).await.unwrap();
    let report = verify(&journal).await.unwrap();
    assert!(!report.is_clean() && report.has_whole_events(), "{report}");
    journal.close().await;
    // It is no reason to go without a backup.
    let out = folder.path().join("backup.jsonl");
    let storage = Storage::Embedded(folder.path().to_owned());
    let people = open_people(&storage).await.unwrap();
    let journal = SqliteJournal::open(&file).await.unwrap();
    let backed_up = back_up(&journal, &people, &out, Timestamp(1)).await.unwrap();
    assert_eq!(backed_up, WHOLE);
    journal.close().await;

    let cut = folder.path().join("cut.jsonl");
    let told = mend(&asked(folder.path(), &cut)).await.unwrap();
    assert!(told.contains("none was cut off"), "{told}");
    assert!(!cut.exists());
    let journal = SqliteJournal::open(&file).await.unwrap();
    assert_eq!(journal.read(&centre, 0, 100).await.unwrap(), events);
    assert!(verify(&journal).await.unwrap().is_clean());
    journal.close().await;
}
