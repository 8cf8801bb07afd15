//! How long an append waits because a snapshot is being kept beside it, in the embedded store.
//!
//! `cargo bench -p dispatch-desk --bench snapshots`. One writer appends one event after the other; meanwhile
//! snapshots of a size are kept, each in the place of the one before. Printed: the longest wait while each was
//! being kept, the median and the longest of them, and how long keeping it took.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

mod trial;

use dispatch_core::model::*;
use dispatch_core::storage::SNAPSHOT_FORMAT;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Append, Head, Journal, StoredSnapshot};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};
use trial::load;

const MEGABYTE: usize = 1 << 20;

/// Snapshots of each size.
fn rounds() -> u64 {
    load(9, 1)
}

/// Bytes of the snapshots; 0 for the wait without any.
fn sizes() -> Vec<usize> {
    load(vec![0, MEGABYTE / 2, MEGABYTE, 2 * MEGABYTE, 5 * MEGABYTE, 10 * MEGABYTE], vec![MEGABYTE])
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    println!(
        "    MB | longest wait of each, median ms | longest ms | commands beside it | kept in ms"
    );
    for size in sizes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("journal.sqlite");
        let journal = runtime.block_on(SqliteJournal::open(&file)).expect("a journal");
        let journal = Arc::new(journal);
        let (mut longest, mut kept, mut commands) = (Vec::new(), Vec::new(), 0);
        let mut head = Head::empty(&centre());
        for round in 1..=rounds() {
            let beside = runtime.block_on(beside_a_snapshot(&journal, &mut head, size, round));
            longest.push(beside.longest);
            kept.push(beside.kept);
            commands += beside.commands;
        }
        runtime.block_on(journal.close());
        longest.sort();
        kept.sort();
        println!(
            "{:>6.1} | {:>31.1} | {:>10.1} | {:>14} | {:>10.0}",
            size as f64 / MEGABYTE as f64,
            millis(longest[longest.len() / 2]),
            millis(longest[longest.len() - 1]),
            commands,
            millis(kept[kept.len() / 2]),
        );
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// What was seen while one snapshot was being kept.
struct Beside {
    longest: Duration,
    kept: Duration,
    commands: u32,
}

async fn beside_a_snapshot(
    journal: &Arc<SqliteJournal>,
    head: &mut Head,
    size: usize,
    round: u64,
) -> Beside {
    let snapshot = snapshot(size, round);
    let (store, began) = (journal.clone(), Instant::now());
    let keeping = tokio::spawn(async move {
        if snapshot.body.is_empty() {
            tokio::time::sleep(load(Duration::from_millis(300), Duration::ZERO)).await;
        } else {
            store.save_snapshot(&centre(), &snapshot).await.expect("kept");
        }
        began.elapsed()
    });
    let (mut longest, mut commands) = (Duration::ZERO, 0);
    loop {
        let (asked, after) = (Instant::now(), *head);
        let events = [head.extend(&centre(), &paused(after.version + 1))];
        let append = Append { centre: &centre(), after, events: &events };
        journal.append(&[append]).await.expect("appended");
        longest = longest.max(asked.elapsed());
        commands += 1;
        if keeping.is_finished() {
            break;
        }
        // A dispatcher's next command, not a loop that takes the writer's every free moment.
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Beside { longest, kept: keeping.await.expect("kept"), commands }
}

/// Some state's JSON, as far as a store can tell.
fn snapshot(size: usize, version: u64) -> StoredSnapshot {
    let word =
        r#"{"incident":"yinchuan-4711","address":"银川市兴庆区解放西街 1 号","patients":2},"#;
    let body = word.repeat(size.div_ceil(word.len()));
    let body_hash = Sha256::digest(&body).into();
    StoredSnapshot { version, format: SNAPSHOT_FORMAT, hash: [0; 32], body_hash, seal: None, body }
}

fn centre() -> CentreId {
    "yinchuan".into()
}

fn paused(version: u64) -> Recorded {
    let now = Timestamp(1_780_000_000_000);
    let provenance = Provenance {
        terminal_clock: None,
        made_at: now,
        recorded_at: now,
        origin: Origin::Person { person: "li".into() },
        vehicle_online: Some(true),
        clock_doubtful: false,
        command_id: Some(CommandId::new(format!("{version:032x}"))),
        confirmed: Vec::new(),
    };
    let event =
        Event::VehiclePaused { vehicle: "YC-01-1".into(), reason: PauseReason::Meal.into() };
    Recorded { version, provenance, event }
}
