//! What `verify` finds when somebody or something changed the journal behind our back.

use crate::journal_support::*;
use dispatch_core::apply;
use dispatch_desk::database::{MAIN_FILE, options};
use dispatch_desk::journal::{Journal, load, verify_data};
use sqlx::ConnectOptions;
use std::path::Path;

/// A journal of `east` with some events, closed.
async fn journal_in(folder: &Path) {
    let house = House::furnished(&folder.join(MAIN_FILE)).await;
    let incident = open_incident(&house.desk, "east").await;
    for text in ["门禁 4 号", "家属在楼下"] {
        house.desk.execute(note("east", "", &incident, text)).await.unwrap();
    }
    house.close().await;
}

/// Changes the file as a thief would, who first removes the table's guards.
async fn tamper(folder: &Path, sql: &'static str) {
    let mut thief = options(&folder.join(MAIN_FILE)).connect().await.unwrap();
    for guard in ["event_is_never_changed", "event_is_never_deleted", "event_follows"] {
        let sql = sqlx::AssertSqlSafe(format!("DROP TRIGGER {guard}"));
        sqlx::query(sql).execute(&mut thief).await.unwrap();
    }
    let changed = sqlx::query(sql).execute(&mut thief).await.unwrap();
    assert_eq!(changed.rows_affected(), 1, "the tampering hit one row");
}

async fn findings(folder: &Path) -> Vec<String> {
    verify_data(folder).await.unwrap().findings.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn an_untouched_journal_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    let report = verify_data(folder.path()).await.unwrap().to_string();
    assert_eq!(report, "east: 6 events read.\nwest: 1 events read.\nThe journal is whole.");
}

#[tokio::test]
async fn one_changed_byte_shows_with_centre_and_version() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    tamper(
        folder.path(),
        "UPDATE event SET body = replace(body, '门禁 4 号', '门禁 5 号')
         WHERE centre = 'east' AND version = 5",
    )
    .await;
    assert_eq!(
        findings(folder.path()).await,
        ["east version 5: its hash does not fit: it or the event before was changed."]
    );
}

#[tokio::test]
async fn a_changed_column_shows_though_the_body_is_right() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    tamper(
        folder.path(),
        "UPDATE event SET recorded_at = recorded_at + 1 WHERE centre = 'west' AND version = 1",
    )
    .await;
    assert_eq!(findings(folder.path()).await, ["west version 1: its columns contradict its body."]);
}

#[tokio::test]
async fn a_removed_event_shows() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    tamper(folder.path(), "DELETE FROM event WHERE centre = 'east' AND version = 4").await;
    assert_eq!(
        findings(folder.path()).await,
        ["east version 5: the events from 4 on are missing."]
    );
}

#[tokio::test]
async fn an_event_of_a_later_release_is_named_not_guessed() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    tamper(folder.path(), "UPDATE event SET schema = 99 WHERE centre = 'west' AND version = 1")
        .await;
    let findings = findings(folder.path()).await;
    assert!(findings.iter().any(|f| f.contains("schema 99")), "{findings:?}");
}

#[tokio::test]
async fn a_server_does_not_start_on_a_broken_chain() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    tamper(
        folder.path(),
        "UPDATE event SET body = replace(body, '门禁 4 号', '门禁 5 号')
         WHERE centre = 'east' AND version = 5",
    )
    .await;
    let file = folder.path().join(MAIN_FILE);
    let mut thief = options(&file).connect().await.unwrap();
    sqlx::query("DELETE FROM snapshot").execute(&mut thief).await.unwrap();
    let journal = dispatch_desk::journal::sqlite::SqliteJournal::open(&file).await.unwrap();
    let refused = load(&journal, &centre("east")).await.unwrap_err().to_string();
    assert_eq!(refused, "the journal of east is damaged at version 5; run the verify command");
}

#[tokio::test]
async fn the_table_itself_refuses_changes() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    let mut hand = options(&folder.path().join(MAIN_FILE)).connect().await.unwrap();
    for sql in ["UPDATE event SET kind = 'x'", "DELETE FROM event"] {
        let refused = sqlx::query(sql).execute(&mut hand).await.unwrap_err().to_string();
        assert!(refused.contains("an event is never"), "{refused}");
    }
}

#[tokio::test]
async fn a_damaged_snapshot_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    let file = folder.path().join(MAIN_FILE);
    let mut hand = options(&file).connect().await.unwrap();
    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM snapshot").fetch_one(&mut hand).await.unwrap();
    assert_eq!(kept, 2, "one of each centre was kept at shutdown");
    for damage in [
        "UPDATE snapshot SET body = replace(body, '门禁 4 号', '门禁 5 号')",
        "UPDATE snapshot SET body = 'not json'",
        "UPDATE snapshot SET format = 4000000000",
        "UPDATE snapshot SET hash = zeroblob(32)",
        "UPDATE snapshot SET version = 1 WHERE centre = 'east'",
    ] {
        sqlx::query(damage).execute(&mut hand).await.unwrap();
        let house = House::open(&file).await;
        let journal: &dyn Journal = &*house.journal;
        for name in ["east", "west"] {
            let mut folded = dispatch_core::CentreState::new(centre(name));
            for event in house.desk.events(&centre(name), 0, 100).await.unwrap() {
                apply(&mut folded, &event);
            }
            let loaded = load(journal, &centre(name)).await.unwrap().state;
            assert_eq!(loaded, folded, "after {damage}");
        }
        house.journal.close().await;
    }
}

#[tokio::test]
async fn the_table_refuses_a_replacement_and_a_fork() {
    let folder = tempfile::tempdir().unwrap();
    journal_in(folder.path()).await;
    let mut hand = options(&folder.path().join(MAIN_FILE)).connect().await.unwrap();
    let columns = "centre, version, recorded_at, made_at, kind, schema, body, hash, previous_hash";
    for (sql, why) in [
        (format!("INSERT OR REPLACE INTO event ({columns}) SELECT {columns} FROM event"), "never replaced"),
        ("REPLACE INTO event SELECT * FROM event".to_owned(), "never replaced"),
        (
            format!("INSERT INTO event ({columns}) SELECT centre, version + 1, recorded_at, made_at, kind,
                schema, body, hash, zeroblob(32) FROM event WHERE centre = 'west' AND version = 1"),
            "follows another event",
        ),
        (
            "INSERT INTO event (centre, version, recorded_at, made_at, kind, schema, body, hash)
             SELECT centre, version + 1, recorded_at, made_at, kind, schema, body, hash FROM event
             WHERE centre = 'west' AND version = 1".to_owned(),
            "follows another event",
        ),
    ] {
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut hand).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{refused}");
    }
}
