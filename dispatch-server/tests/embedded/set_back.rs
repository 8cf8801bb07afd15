//! The embedded journal goes back: rows removed under a running server, an older file put in its place between two
//! runs, a fork, a forged snapshot. Nothing acknowledged is replaced in silence, and nobody is refused for ever.

#![expect(clippy::wildcard_enum_match_arm, reason = "one kind of event is looked for among all")]

use crate::journal_support::*;
use dispatch_core::Rules;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::{MAIN_FILE, options};
use dispatch_desk::desk::{Desk, DeskTask};
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{
    Against, Head, Journal, JournalKey, Witness, add_anchors, read_anchors, verify,
    verify_data_against,
};
use dispatch_server::mending::{anchor, mend, record_lost};
use dispatch_server::settings::{AnchorHeads, KeyArguments, Mend, RecordLost, StoreArguments};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, ConnectOptions};
use std::path::Path;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What somebody does to the file who first takes the guards away, and lays them down again.
async fn tamper(folder: &Path, sql: &str) {
    let mut thief = options(&folder.join(MAIN_FILE)).connect().await.unwrap();
    let guards: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            .fetch_all(&mut thief)
            .await
            .unwrap();
    let mut run = async |sql: String| run(&mut thief, sql).await;
    for (name, _) in &guards {
        run(format!("DROP TRIGGER {name}")).await;
    }
    run(sql.to_owned()).await;
    for (_, again) in guards {
        run(again).await;
    }
}

async fn run(hand: &mut SqliteConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(hand).await.unwrap();
}

/// A server that remembers heads in its data folder.
struct Remembering {
    desk: Desk,
    journal: Arc<SqliteJournal>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Remembering {
    async fn start(folder: &Path) -> Self {
        let (desk, journal, task) = Self::open(folder).await;
        let stop = CancellationToken::new();
        let task = tokio::spawn(task.run(stop.clone()));
        desk.enrol(fleet()).await.unwrap();
        Self { desk, journal, stop, task }
    }

    async fn open(folder: &Path) -> (Desk, Arc<SqliteJournal>, DeskTask) {
        let journal = Arc::new(SqliteJournal::open(&folder.join(MAIN_FILE)).await.unwrap());
        let key = JournalKey::open(&folder.join("journal.key")).unwrap();
        let witness = Witness::open(folder, key).unwrap();
        let centres = vec![centre("east"), centre("west")];
        let clock = Clock::by_hand(NOON);
        let (desk, task) =
            Desk::open_with(journal.clone(), witness, Rules::default(), centres, clock)
                .await
                .unwrap();
        (desk, journal, task)
    }

    async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
        self.journal.close().await;
    }

    async fn kill(self) {
        self.task.abort();
        self.journal.close().await;
    }

    async fn set_backs(&self) -> Vec<SetBack> {
        let events = self.desk.events(&centre("east"), 0, 1_000).await.unwrap();
        let set_back = |event: Recorded| match event.event {
            Event::JournalSetBack { set_back } => Some(set_back),
            _ => None,
        };
        events.into_iter().filter_map(set_back).collect()
    }

    fn version(&self) -> u64 {
        self.desk.read(&centre("east"), |state| state.version).unwrap()
    }
}

fn store(folder: &Path) -> StoreArguments {
    StoreArguments { data: Some(folder.to_owned()), database: None }
}

#[tokio::test]
async fn rows_removed_under_a_running_server_cost_what_was_in_them_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let server = Remembering::start(folder.path()).await;
    open_incident(&server.desk, "east").await;
    let kept = server.version();
    let lost = server.desk.execute(call("east", "lost")).await.unwrap();
    let before = server.version();
    tamper(folder.path(), &format!("DELETE FROM event WHERE centre = 'east' AND version > {kept}"))
        .await;

    // The same command again: it is not in the journal any more, so it must not be said to be.
    let again = server.desk.execute(call("east", "lost")).await.unwrap();
    assert!(!again.already_recorded);
    let (was, now) = (incident_of(&lost), incident_of(&again));
    assert_eq!((was.as_str(), now.as_str()), ("east-2", "east-2r1"), "no number means two");
    let set_back = SetBack {
        incarnation: 1,
        from_version: before,
        to_version: kept,
        incidents: vec![was.clone()],
    };
    assert_eq!(server.set_backs().await, [set_back]);
    server.desk.execute(send("east", "", &now, "E-1")).await.unwrap();
    let report = verify(&*server.journal).await.unwrap();
    assert!(report.is_clean(), "{report}");

    // What was lost is kept, and is recorded again as such, once.
    let kept = std::fs::read_dir(folder.path().join("lost")).unwrap().next().unwrap().unwrap();
    let asked = RecordLost { store: store(folder.path()), from: kept.path() };
    let told = record_lost(&asked).await.unwrap();
    assert!(told.ends_with("new incidents to be looked at: east-3r1"), "{told}");
    assert!(record_lost(&asked).await.unwrap().starts_with("0 lost calls"));
}

#[tokio::test]
async fn a_quiet_server_notices_by_itself_and_two_record_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let here = Remembering::start(folder.path()).await;
    open_incident(&here.desk, "east").await;
    let there = House::open(&folder.path().join(MAIN_FILE)).await;
    let (mut one, mut other) = (here.desk.begun_anew(), there.desk.begun_anew());
    tamper(folder.path(), "DELETE FROM event WHERE centre = 'east' AND version > 2").await;
    one.changed().await.unwrap();
    other.changed().await.unwrap();
    for desk in [&here.desk, &there.desk] {
        desk.set_backs().wait_for(|told| told.contains_key(&centre("east"))).await.unwrap();
    }
    assert_eq!(here.set_backs().await.len(), 1);
    here.desk.execute(call("east", "")).await.unwrap();
    there.desk.execute(call("east", "")).await.unwrap();
    there.assert_whole().await;
}

#[tokio::test]
async fn an_older_file_between_two_runs_is_noticed_however_the_server_ended() {
    for killed in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(MAIN_FILE);
        let server = Remembering::start(folder.path()).await;
        open_incident(&server.desk, "east").await;
        let kept = server.version();
        server.stop().await;
        let copy = folder.path().join("copy");
        std::fs::copy(&file, &copy).unwrap();
        let server = Remembering::start(folder.path()).await;
        let lost = open_incident(&server.desk, "east").await;
        let from = server.version();
        if killed {
            server.kill().await
        } else {
            server.stop().await
        }
        for rest in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("{MAIN_FILE}{rest}")));
        }
        std::fs::rename(&copy, &file).unwrap();

        let server = Remembering::start(folder.path()).await;
        let new = open_incident(&server.desk, "east").await;
        assert_ne!(new, lost);
        let set_backs = server.set_backs().await;
        assert_eq!(set_backs.len(), 1);
        assert_eq!((set_backs[0].from_version, set_backs[0].to_version), (from, kept));
        // Known by now: nothing is recorded a second time.
        server.stop().await;
        let server = Remembering::start(folder.path()).await;
        assert_eq!(server.set_backs().await.len(), 1);
        // The same copy a second time is a second set-back, with other numbers.
        let report = verify(&*server.journal).await.unwrap();
        assert!(report.is_clean(), "{report}");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_copy_that_is_put_back_twice_never_gives_a_number_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join(MAIN_FILE), folder.path().join("copy"));
    Remembering::start(folder.path()).await.stop().await;
    std::fs::copy(&file, &copy).unwrap();
    let mut given = Vec::new();
    for _ in 0..3 {
        let server = Remembering::start(folder.path()).await;
        given.push(open_incident(&server.desk, "east").await.to_string());
        server.stop().await;
        std::fs::copy(&copy, &file).unwrap();
    }
    assert_eq!(given, ["east-1", "east-1r1", "east-1r2"]);
}

#[tokio::test]
async fn a_forged_snapshot_is_not_believed_and_verify_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = Remembering::start(folder.path()).await;
    open_incident(&server.desk, "east").await;
    let honest = server.desk.read(&centre("east"), Clone::clone).unwrap();
    server.stop().await;
    // A whole snapshot of a picture without the incident, with a hash of its own that fits.
    let mut forged = dispatch_core::CentreState::new(centre("east"));
    forged.version = honest.version;
    let body = serde_json::to_string(&forged).unwrap();
    let mut hand = options(&folder.path().join(MAIN_FILE)).connect().await.unwrap();
    let hash = <sha2::Sha256 as sha2::Digest>::digest(body.as_bytes());
    sqlx::query("UPDATE snapshot SET body = ?, body_hash = ? WHERE centre = 'east'")
        .bind(&body)
        .bind(hash.as_slice())
        .execute(&mut hand)
        .await
        .unwrap();
    let key = JournalKey::read(&folder.path().join("journal.key")).unwrap();
    let against = Against { key: Some(&key), anchors: &[] };
    let report = verify_data_against(folder.path(), against).await.unwrap().to_string();
    assert!(report.contains("its snapshot is not to be used: its seal"), "{report}");
    let report = dispatch_desk::journal::verify_data(folder.path()).await.unwrap().to_string();
    assert!(report.contains("its snapshot shows another state"), "without a key too: {report}");
    let server = Remembering::start(folder.path()).await;
    assert_eq!(server.desk.read(&centre("east"), Clone::clone).unwrap(), honest);
    server.stop().await;
}

#[tokio::test]
async fn anchored_heads_show_what_the_chain_alone_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let heads = folder.path().join("elsewhere.txt");
    let server = Remembering::start(folder.path()).await;
    let incident = open_incident(&server.desk, "east").await;
    server.desk.execute(note("east", "", &incident, "门禁 4 号")).await.unwrap();
    server.stop().await;
    let key = KeyArguments { journal_key: None };
    let asked = AnchorHeads { store: store(folder.path()), key, out: heads.clone() };
    anchor(&asked).await.unwrap();
    let key = JournalKey::read(&folder.path().join("journal.key")).unwrap();
    let (anchors, bad) = read_anchors(&heads, &key).unwrap();
    assert!(bad.is_empty());
    let report = async |folder: &Path| {
        let against = Against { key: Some(&key), anchors: &anchors };
        verify_data_against(folder, against).await.unwrap()
    };
    assert!(report(folder.path()).await.is_clean());

    // The last event rewritten, and its hash made anew, as anybody can who knows how.
    let journal = SqliteJournal::open(&folder.path().join(MAIN_FILE)).await.unwrap();
    let rows = journal.read(&centre("east"), 0, 100).await.unwrap();
    let [.., before, last] = rows.as_slice() else { panic!("{rows:?}") };
    let mut head = Head { version: before.version, hash: before.hash };
    let mut event = dispatch_desk::journal::decode(last).unwrap();
    event.event = Event::NoteAdded { incident, text: "门禁 5 号".into() };
    let forged = head.extend(&centre("east"), &event);
    journal.close().await;
    let (body, hash) =
        (forged.body.replace('\'', "''"), forged.hash.map(|it| format!("{it:02x}")).concat());
    tamper(folder.path(), &format!("UPDATE event SET body = '{body}', hash = x'{hash}' WHERE centre = 'east' AND version = {}; DELETE FROM snapshot", last.version)).await;
    assert!(dispatch_desk::journal::verify_data(folder.path()).await.unwrap().is_clean());
    let told = report(folder.path()).await.to_string();
    assert!(told.contains("it is another event than the one anchored"), "{told}");

    // And removed.
    tamper(
        folder.path(),
        &format!("DELETE FROM event WHERE centre = 'east' AND version = {}", last.version),
    )
    .await;
    assert!(dispatch_desk::journal::verify_data(folder.path()).await.unwrap().is_clean());
    let told = report(folder.path()).await.to_string();
    assert!(told.contains("events were removed"), "{told}");
    // An anchor made with another key proves nothing and is told.
    add_anchors(&heads, &anchors, &JournalKey::random()).unwrap();
    assert_eq!(read_anchors(&heads, &key).unwrap().1.len(), 2);
}

#[tokio::test]
async fn a_forked_journal_is_mended_and_both_branches_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let server = Remembering::start(folder.path()).await;
    open_incident(&server.desk, "east").await;
    let whole = server.version();
    server.stop().await;
    // As a release before this one could leave it: an event upon a history that is not there.
    let mut elsewhere = Head { version: whole, hash: [3; 32] };
    let facts = IncidentOpenedFrom::journal(folder.path()).await;
    let lost = elsewhere.extend(&centre("east"), &facts.opened(whole + 1));
    let taken = elsewhere.extend(&centre("east"), &facts.taken(whole + 2));
    for event in [&lost, &taken] {
        let hash = event.hash.map(|it| format!("{it:02x}")).concat();
        tamper(folder.path(), &format!(
            "INSERT INTO event (centre, version, recorded_at, made_at, kind, schema, body, hash) VALUES
             ('east', {}, {}, {}, '{}', {}, '{}', x'{hash}'); DELETE FROM snapshot",
            event.version, event.recorded_at.0, event.made_at.0, event.kind, event.schema,
            event.body.replace('\'', "''"),
        )).await;
    }
    let cut = folder.path().join("cut.jsonl");
    let asked = |centre: &str| Mend {
        store: store(folder.path()),
        centre: centre.into(),
        cut: cut.clone(),
    };
    assert!(mend(&asked("west")).await.unwrap_err().to_string().ends_with("is whole"));
    let told = mend(&asked("east")).await.unwrap();
    assert!(told.contains("2 events from version"), "{told}");
    assert_eq!(std::fs::read_to_string(&cut).unwrap().lines().count(), 2);
    let told = record_lost(&RecordLost { store: store(folder.path()), from: cut }).await.unwrap();
    assert!(told.ends_with("new incidents to be looked at: east-2r1"), "{told}");
    let server = Remembering::start(folder.path()).await;
    let notes =
        server.desk.read(&centre("east"), |state| state.incidents["east-2r1"].notes.clone());
    assert!(notes.unwrap()[0].text.contains("east-2"));
    server.desk.execute(call("east", "")).await.unwrap();
    let report = verify(&*server.journal).await.unwrap();
    assert!(report.is_clean(), "{report}");
    server.stop().await;
}

/// The two events of a call, to be forged after those of the journal.
struct IncidentOpenedFrom(Vec<Recorded>);

impl IncidentOpenedFrom {
    async fn journal(folder: &Path) -> Self {
        let journal = SqliteJournal::open(&folder.join(MAIN_FILE)).await.unwrap();
        let rows = journal.read(&centre("east"), 0, 100).await.unwrap();
        journal.close().await;
        Self(rows.iter().map(|row| dispatch_desk::journal::decode(row).unwrap()).collect())
    }

    fn like(&self, version: u64, wanted: impl Fn(&Event) -> Option<Event>) -> Recorded {
        let found = self.0.iter().find_map(|it| Some((it.clone(), wanted(&it.event)?))).unwrap();
        Recorded { version, event: found.1, ..found.0 }
    }

    fn opened(&self, version: u64) -> Recorded {
        self.like(version, |event| match event {
            Event::IncidentOpened { facts, .. } => {
                Some(Event::IncidentOpened { incident: "east-2".into(), facts: facts.clone() })
            }
            _ => None,
        })
    }

    fn taken(&self, version: u64) -> Recorded {
        self.like(version, |event| match event {
            Event::CallTaken { details, .. } => Some(Event::CallTaken {
                incident: "east-2".into(),
                call_id: "east-2.c1".into(),
                details: details.clone(),
                said: None,
            }),
            _ => None,
        })
    }
}
