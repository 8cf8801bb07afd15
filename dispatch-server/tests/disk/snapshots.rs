//! Snapshots too large for one commit: commands go between their pieces, one that is cut off in the middle is none,
//! and one that the disk damages keeps no server from its journal.

use crate::stores::enrolled;
use dispatch_core::model::*;
use dispatch_desk::database::options;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{
    Append, Head, Journal, JournalKey, StoredSnapshot, load, load_from_snapshot, take_snapshot,
    verify,
};
use sha2::{Digest, Sha256};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Tells this program that it is the one to be killed, and where its journal lies.
const VICTIM: &str = "HELAN_SNAPSHOT_VICTIM";
/// Enough for many pieces.
const LARGE: usize = 3 << 20;
/// What the state is made large with.
const FILLER: u8 = b'x';
/// Far longer than the slowest machine needs.
const PATIENCE: Duration = Duration::from_secs(120);
/// Pieces of no snapshot.
const UNFINISHED: &str = "SELECT count(*) FROM snapshot_piece WHERE NOT EXISTS (
    SELECT 1 FROM snapshot WHERE snapshot.centre = snapshot_piece.centre
        AND snapshot.version = snapshot_piece.version)";

/// A snapshot with white space behind it, which takes room and changes nothing. No seal is right for it any more.
pub(crate) fn enlarged(mut snapshot: StoredSnapshot) -> StoredSnapshot {
    snapshot.body.push_str(&" ".repeat(LARGE / 16));
    snapshot.body_hash = Sha256::digest(&snapshot.body).into();
    snapshot
}

fn yinchuan() -> CentreId {
    "yinchuan".into()
}

async fn append(journal: &dyn Journal, after: Head, equipment: usize) -> Head {
    let (centre, mut head, number) = (yinchuan(), after, after.version + 1);
    let mut recorded = enrolled(number, VehicleId::new(format!("V-{number}")));
    if let Event::VehicleEnrolled { record, .. } = &mut recorded.event {
        record.equipment.push(char::from(FILLER).to_string().repeat(equipment));
    }
    let events = [head.extend(&centre, &recorded)];
    journal.append(&[Append { centre: &centre, after, events: &events }]).await.unwrap();
    head
}

/// A journal whose state is large.
async fn large_journal(file: &Path) -> SqliteJournal {
    let journal = SqliteJournal::open(file).await.unwrap();
    append(&journal, Head::empty(&yinchuan()), LARGE).await;
    journal
}

async fn snapshot_of(journal: &dyn Journal, key: &JournalKey) -> StoredSnapshot {
    let loaded = load(journal, &yinchuan()).await.unwrap();
    take_snapshot(&loaded.state, &loaded.head, key).unwrap()
}

async fn unfinished(hand: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar(UNFINISHED).fetch_one(hand).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_are_recorded_between_the_pieces_of_a_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let journal = Arc::new(large_journal(&file).await);
    let snapshot = snapshot_of(&*journal, &JournalKey::random()).await;
    let mut hand = options(&file).connect().await.unwrap();
    let mut head = journal.heads().await.unwrap()[&yinchuan()];

    let (keeper, kept) = (journal.clone(), snapshot.clone());
    let maintenance =
        tokio::spawn(async move { keeper.save_snapshot(&yinchuan(), &kept).await.unwrap() });
    let mut peers = 0;
    while !maintenance.is_finished() {
        head = append(&*journal, head, 0).await;
        peers += u32::from(unfinished(&mut hand).await > 0);
    }
    maintenance.await.unwrap();
    assert!(peers >= 5, "only {peers} commands were recorded while the snapshot was half kept");
    assert_eq!(journal.load_snapshots(&yinchuan()).await.unwrap(), [snapshot]);
    journal.close().await;
}

/// Keeps one large snapshot after the other until it is killed.
#[tokio::main]
async fn keep_snapshots(file: &Path) {
    let journal = SqliteJournal::open(file).await.unwrap();
    let key = JournalKey::open(&file.with_file_name("journal.key")).unwrap();
    let mut head = journal.heads().await.unwrap()[&yinchuan()];
    loop {
        let snapshot = snapshot_of(&journal, &key).await;
        journal.save_snapshot(&yinchuan(), &snapshot).await.unwrap();
        head = append(&journal, head, 0).await;
    }
}

/// Kills with SIGKILL while the file is locked and some pieces of a snapshot are there and others not.
async fn kill_between_pieces(victim: &mut Child, hand: &mut SqliteConnection) {
    let began = Instant::now();
    loop {
        let whole: i64 = sqlx::query_scalar("SELECT count(*) FROM snapshot")
            .fetch_one(&mut *hand)
            .await
            .unwrap();
        if whole > 0 && unfinished(hand).await > 0 {
            let mut lock = hand.begin_with("BEGIN IMMEDIATE").await.unwrap();
            if unfinished(&mut lock).await > 0 {
                victim.kill().unwrap();
                victim.wait().unwrap();
                return;
            }
        }
        assert!(began.elapsed() < PATIENCE, "no snapshot was ever half kept");
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_snapshot_cut_off_by_sigkill_is_none_and_goes_with_the_next() {
    if let Some(file) = std::env::var_os(VICTIM) {
        return keep_snapshots(&PathBuf::from(file));
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        large_journal(&file).await.close().await;
        let name = "snapshots::a_snapshot_cut_off_by_sigkill_is_none_and_goes_with_the_next";
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact"])
            .env(VICTIM, &file)
            .spawn()
            .unwrap();
        let mut hand = options(&file).connect().await.unwrap();
        kill_between_pieces(&mut victim, &mut hand).await;

        let journal = SqliteJournal::open(&file).await.unwrap();
        let key = JournalKey::read(&folder.path().join("journal.key")).unwrap();
        let whole = load(&journal, &yinchuan()).await.unwrap();
        let started = load_from_snapshot(&journal, &yinchuan(), &key).await.unwrap();
        assert_eq!((&started.state, started.head), (&whole.state, whole.head));
        assert!(started.snapshot.is_some(), "from the snapshot before");
        assert!(verify(&journal).await.unwrap().is_clean());

        let next = append(&journal, whole.head, 0).await;
        let snapshot = snapshot_of(&journal, &key).await;
        journal.save_snapshot(&yinchuan(), &snapshot).await.unwrap();
        assert_eq!(unfinished(&mut hand).await, 0, "what was cut off is swept away");
        let started = load_from_snapshot(&journal, &yinchuan(), &key).await.unwrap();
        assert_eq!(started.snapshot, Some(next));
        journal.close().await;
    });
}

#[tokio::test]
async fn a_snapshot_that_the_disk_damages_keeps_no_server_from_its_journal() {
    let folder = tempfile::tempdir().unwrap();
    let (file, key) = (folder.path().join("journal.sqlite"), JournalKey::random());
    let journal = large_journal(&file).await;
    append(&journal, journal.heads().await.unwrap()[&yinchuan()], 0).await;
    let events = std::fs::metadata(&file).unwrap().len();
    let snapshot = snapshot_of(&journal, &key).await;
    journal.save_snapshot(&yinchuan(), &snapshot).await.unwrap();
    let whole = load(&journal, &yinchuan()).await.unwrap();
    journal.close().await;

    let pages = std::fs::read(&file).unwrap();
    let is_filler = |page: &&(usize, &[u8])| page.1[1_000..3_000].iter().all(|it| *it == FILLER);
    let all: Vec<_> = pages.chunks(4_096).enumerate().collect();
    let large = all.iter().filter(is_filler).map(|(number, _)| *number as u64 * 4_096);
    // The event is large as well; what lies behind it is the snapshot's.
    let mut of_snapshot = large.filter(|at| *at > events.max(LARGE as u64 + LARGE as u64 / 2));
    let last = of_snapshot.next_back().expect("a page of the snapshot");
    let disk = std::fs::OpenOptions::new().write(true).open(&file).unwrap();
    disk.write_all_at(&[0xff; 4_096], last).unwrap();
    disk.sync_all().unwrap();

    let journal = SqliteJournal::open(&file).await.unwrap();
    let started = load_from_snapshot(&journal, &yinchuan(), &key).await.unwrap();
    assert_eq!((started.state, started.head), (whole.state, whole.head));
    assert_eq!(started.snapshot, None, "the journal was read from its beginning");
    append(&journal, started.head, 0).await;
    journal.close().await;
}
