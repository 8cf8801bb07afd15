//! Outboxes of many vehicles in one file: what one vehicle is told is stored is stored, whatever happens to the file or
//! to the others.

use crate::outbox_contract::{command, fix};
use std::path::Path;
use vehicle_agent::outbox::{Change, Outbox, SharedOutbox, SharedOutboxes};

const VEHICLES: [&str; 3] = ["YC-01-1", "YC-01-2", "银川-3"];

async fn open(path: &Path) -> SharedOutboxes {
    SharedOutboxes::open(path.to_owned()).await.expect("opens")
}

async fn three(all: &SharedOutboxes) -> Vec<SharedOutbox> {
    let mut outboxes = Vec::new();
    for vehicle in VEHICLES {
        outboxes.push(all.outbox(vehicle).await);
    }
    outboxes
}

async fn numbers(outbox: &mut SharedOutbox) -> Vec<u64> {
    let content = outbox.load().await.expect("loads");
    content.commands.iter().map(|it| it.number).collect()
}

#[tokio::test]
async fn what_many_store_at_the_same_time_is_each_ones_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outboxes.db");
    let all = open(&path).await;
    let mut storing = tokio::task::JoinSet::new();
    for vehicle in 0..200_u64 {
        let all = all.clone();
        storing.spawn(async move {
            let mut outbox = all.outbox(&format!("V-{vehicle}")).await;
            for number in 1..=3 {
                outbox.apply(&[command(number), fix(number)]).await.expect("is stored");
            }
            if vehicle % 2 == 0 {
                let done =
                    [Change::ForgetCommands { through: 3 }, Change::ForgetFixes(vec![[1, 3]])];
                outbox.apply(&done).await.expect("is stored");
            }
        });
    }
    while let Some(done) = storing.join_next().await {
        done.expect("no panic");
    }
    all.close().await;
    let all = open(&path).await;
    let mut waiting = all.with_something_waiting().await.expect("is read");
    waiting.sort();
    let mut odd: Vec<String> =
        (0..200).filter(|it| it % 2 == 1).map(|it| format!("V-{it}")).collect();
    odd.sort();
    assert_eq!(waiting, odd, "only those with something that waits");
    let content = all.content("V-7").await.expect("is read").expect("was begun");
    assert_eq!((content.commands.len(), content.fixes.len()), (3, 3));
    assert!(all.content("nobody").await.expect("is read").is_none(), "asking begins nothing");
}

#[tokio::test]
async fn one_vehicles_bad_batch_is_nobody_elses() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = open(&folder.path().join("outboxes.db")).await;
    let mut outboxes = three(&all).await;
    for outbox in &mut outboxes {
        outbox.apply(&[command(1)]).await.expect("is stored");
    }
    let mut writing = tokio::task::JoinSet::new();
    for (at, mut outbox) in outboxes.into_iter().enumerate() {
        writing.spawn(async move {
            // A number is given once.
            let batch = if at == 1 { [fix(1), command(1)] } else { [fix(1), command(2)] };
            let done = outbox.apply(&batch).await;
            (at, done.is_ok(), outbox)
        });
    }
    while let Some(done) = writing.join_next().await {
        let (at, is_stored, mut outbox) = done.expect("no panic");
        assert_eq!(is_stored, at != 1, "{at}");
        let content = outbox.load().await.expect("loads");
        assert_eq!(content.fixes.len(), usize::from(at != 1), "whole or not at all");
        outbox.apply(&[command(3)]).await.expect("goes on");
    }
}

#[tokio::test]
async fn a_file_that_is_removed_or_replaced_while_in_use_takes_no_press_with_it() {
    for kind in ["removed", "an image of yesterday", "another file"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("outboxes.db");
        let other = folder.path().join("other.db");
        let all = open(&path).await;
        drop(three(&all).await);
        all.close().await;
        drop(all);
        if kind == "another file" {
            let another = open(&other).await;
            drop(three(&another).await);
            another.close().await;
        } else {
            std::fs::copy(&path, &other).expect("is copied");
        }
        let all = open(&path).await;
        let mut outboxes = three(&all).await;
        for outbox in &mut outboxes {
            outbox.apply(&[command(1)]).await.expect("is stored");
        }
        match kind {
            "removed" => std::fs::remove_file(&path).expect("is removed"),
            _ => std::fs::rename(&other, &path).expect("is replaced"),
        }
        let first = &mut outboxes[0];
        first.apply(&[command(2)]).await.expect_err("nobody is told that this is stored");
        first.apply(&[command(2)]).await.expect("is stored in the file that is there now");
        for outbox in &mut outboxes[1..] {
            outbox.apply(&[command(2)]).await.expect_err("its rows are read again first");
            outbox.apply(&[command(2)]).await.expect("and written");
        }
        all.close().await;
        drop((outboxes, all));
        let all = open(&path).await;
        for outbox in &mut three(&all).await {
            assert_eq!(numbers(outbox).await, [1, 2], "{kind}");
        }
    }
}

#[tokio::test]
async fn presses_of_a_damaged_file_are_taken_up_and_the_file_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outboxes.db");
    let all = open(&path).await;
    for outbox in &mut three(&all).await {
        let batch: Vec<Change> = (1..=20).flat_map(|it| [command(it), fix(it)]).collect();
        outbox.apply(&batch).await.expect("is stored");
    }
    all.close().await;
    drop(all);
    // The table of what is remembered is gone; the commands stand where they stood.
    damage(&path, "DROP TABLE remembered").await;
    let all = open(&path).await;
    for vehicle in VEHICLES {
        let mut outbox = all.outbox(vehicle).await;
        let content = outbox.load().await.expect("loads");
        assert_eq!(content.salvaged.len(), 20, "{vehicle}");
        assert!(content.previous.is_some(), "the centre is told of it");
        outbox.apply(&[command(1)]).await.expect("goes on");
    }
    let aside = |it: &std::fs::DirEntry| {
        let name = it.file_name().to_string_lossy().into_owned();
        // Beside it may lie what SQLite keeps for a database.
        name.contains("set-aside") && !name.ends_with("-wal") && !name.ends_with("-shm")
    };
    let kept =
        std::fs::read_dir(folder.path()).expect("lists").filter_map(Result::ok).filter(aside);
    assert_eq!(kept.count(), 1, "for whoever looks into it");
}

#[tokio::test]
async fn a_photo_in_its_place_is_set_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outboxes.db");
    std::fs::write(&path, [0x5A; 4096]).expect("writes");
    let all = open(&path).await;
    let mut outbox = all.outbox("A").await;
    outbox.apply(&[command(1)]).await.expect("is stored");
    assert_eq!(all.content("A").await.expect("is read").expect("is there").commands.len(), 1);
}

#[tokio::test]
async fn rows_that_nobody_can_read_cost_one_vehicle_its_file_and_nobody_a_press() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outboxes.db");
    let all = open(&path).await;
    for outbox in &mut three(&all).await {
        outbox.apply(&[command(1), command(2)]).await.expect("is stored");
    }
    all.close().await;
    drop(all);
    damage(&path, "UPDATE entries SET entry = '{' WHERE vehicle = 'YC-01-2' AND number = 1").await;
    let all = open(&path).await;
    let [mut one, mut two, mut three] =
        <[SharedOutbox; 3]>::try_from(three(&all).await).expect("three");
    assert_eq!((numbers(&mut one).await, numbers(&mut three).await), (vec![1, 2], vec![1, 2]));
    let salvaged = two.load().await.expect("loads").salvaged;
    assert_eq!(salvaged.iter().map(|it| it.number).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn a_second_program_is_refused_the_file_while_the_first_has_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outboxes.db");
    let first = open(&path).await;
    let mut outbox = first.outbox("A").await;
    SharedOutboxes::open(path.clone()).await.expect_err("it is taken");
    outbox.apply(&[command(1)]).await.expect("and the first is not disturbed");
    first.close().await;
    drop((outbox, first));
    drop(open(&path).await);
}

#[tokio::test]
async fn with_no_folder_to_write_to_all_goes_on_in_memory_until_there_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("away").join("outboxes.db");
    let all = open(&path).await;
    let mut outbox = all.outbox("A").await;
    assert!(outbox.load().await.expect("loads").is_unsaved, "and says so");
    outbox.apply(&[command(1)]).await.expect_err("is not stored");
    std::fs::create_dir(folder.path().join("away")).expect("is made");
    outbox.apply(&[command(1)]).await.expect("is stored now");
    assert_eq!(all.content("A").await.expect("is read").expect("is there").commands.len(), 1);
}

async fn damage(path: &Path, sql: &'static str) {
    use sqlx::sqlite::SqliteConnectOptions;
    use sqlx::{ConnectOptions, Connection};
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = options.connect().await.expect("opens");
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("is done");
    connection.close().await.expect("closes");
}

/// Whoever measured a position may be killed, or may see the program killed, before it hears that the position arrived.
#[tokio::test]
async fn the_newest_fixes_that_the_server_has_are_known_after_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outboxes.db");
    let all = open(&path).await;
    let mut outbox = all.outbox("YC-01-1").await;
    let sent = async |all: &SharedOutboxes| -> Vec<u64> {
        all.sent("YC-01-1").await.expect("is read").iter().map(|it| it.number).collect()
    };
    for number in 1..=200 {
        outbox.apply(&[fix(number)]).await.expect("is stored");
    }
    assert!(sent(&all).await.is_empty());
    outbox.apply(&[Change::ForgetFixes(vec![[1, 190]])]).await.expect("is stored");
    assert_eq!(sent(&all).await, (127..=190).collect::<Vec<u64>>());
    outbox.apply(&[Change::ForgetFixes(vec![[192, 193], [195, 195]])]).await.expect("is stored");
    let newest: Vec<u64> = (132..=190).chain([192, 193, 195]).collect();
    // Killed: nothing is closed.
    drop(outbox);
    assert_eq!(sent(&all).await, newest);
    let waits = all.content("YC-01-1").await.expect("is read").expect("was begun").fixes;
    let waits: Vec<u64> = waits.iter().map(|it| it.number).collect();
    assert_eq!(waits, [191, 194, 196, 197, 198, 199, 200]);
    let mut outbox = all.outbox("YC-01-1").await;
    outbox.apply(&[Change::ForgetFixes(vec![[1, 200]])]).await.expect("is stored");
    assert!(
        all.with_something_waiting().await.expect("is read").is_empty(),
        "what was sent waits for nothing"
    );
}
