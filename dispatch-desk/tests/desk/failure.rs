//! A store that fails: nothing is acknowledged that is not there, and all comes back by itself.

use crate::journal_support::*;
use dispatch_core::model::Event;
use dispatch_desk::database::options;
use dispatch_desk::desk::CommandError;
use dispatch_desk::health::Health;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Journal, load, verify};
use sqlx::{ConnectOptions, Connection};
use std::time::Duration;

#[tokio::test]
async fn a_locked_store_records_nothing_and_recovers_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let impatient = options(&file).busy_timeout(Duration::from_millis(20));
    let house = House::over(SqliteJournal::open_with(impatient).await.unwrap()).await;
    house.desk.enrol(fleet()).await.unwrap();
    let incident = open_incident(&house.desk, "east").await;
    let east = centre("east");
    let before = house.desk.read(&east, Clone::clone).unwrap();
    let mut health = house.desk.health();
    assert_eq!(*health.borrow_and_update(), Health::Working);

    let mut holder = options(&file).connect().await.unwrap();
    let lock = holder.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    for shown in [Health::Degraded, Health::Degraded, Health::Down] {
        let answer = house.desk.execute(send("east", "go", &incident, "E-1")).await;
        assert!(matches!(answer, Err(CommandError::NotRecorded(_))), "{answer:?}");
        assert_eq!(*health.borrow_and_update(), shown);
    }
    // What is durable is readable all the while, and an old command is known as such.
    assert_eq!(house.desk.read(&east, Clone::clone).unwrap(), before);
    assert_eq!(
        rejection(house.desk.execute(send("east", "", &incident, "W-1")).await),
        "unknown_vehicle"
    );
    assert_eq!(*health.borrow_and_update(), Health::Down);

    lock.rollback().await.unwrap();
    let done = house.desk.execute(send("east", "go", &incident, "E-1")).await.unwrap();
    assert!(!done.already_recorded);
    assert_eq!(done.version, before.version + done.events.len() as u64);
    assert_eq!(*health.borrow_and_update(), Health::Working);
    house.assert_whole().await;
}

#[tokio::test]
async fn a_store_that_works_again_is_noticed_without_an_command() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let impatient = options(&file).busy_timeout(Duration::from_millis(20));
    let house = House::over(SqliteJournal::open_with(impatient).await.unwrap()).await;
    let mut health = house.desk.health();
    let mut holder = options(&file).connect().await.unwrap();
    let lock = holder.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    assert!(house.desk.execute(call("east", "")).await.is_err());
    health.wait_for(|health| *health == Health::Degraded).await.unwrap();
    lock.rollback().await.unwrap();
    health.wait_for(|health| *health == Health::Working).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let small = options(&file).pragma("max_page_count", "80");
    let house = House::over(SqliteJournal::open_with(small).await.unwrap()).await;
    house.desk.enrol(fleet()).await.unwrap();
    let mut acknowledged = 0;
    let refused = loop {
        match house.desk.execute(call("east", &format!("call-{acknowledged}"))).await {
            Ok(done) => acknowledged = done.version,
            Err(error) => break error,
        }
        assert!(acknowledged < 10_000, "the disk is full at some time");
    };
    assert_eq!(
        refused,
        CommandError::NotRecorded(
            "error returned from database: (code: 13) database or disk is full".into()
        )
    );
    house.close().await;

    let house = House::open(&file).await;
    assert_eq!(house.desk.read(&centre("east"), |state| state.version), Some(acknowledged));
    house.desk.execute(call("east", "after")).await.unwrap();
    house.assert_whole().await;
}

#[tokio::test]
async fn a_bug_ends_the_desk_loudly_and_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let house = House::furnished(&file).await;
    let east = centre("east");
    let incident = open_incident(&house.desk, "east").await;
    // Another writer with a bug: an event that cannot follow, rightly numbered and hashed.
    let mut head = load(&*house.journal, &east).await.unwrap().head;
    let (after, version) = (head, head.version + 1);
    let mut wrong = enrolled(version, "E-1");
    wrong.event = Event::VehicleRetired { vehicle: "nobody".into() };
    let wrong = [head.extend(&east, &wrong)];
    house.journal.append(&[append(&east, after, &wrong)]).await.unwrap();

    let answer = house.desk.execute(send("east", "", &incident, "E-1")).await;
    assert_eq!(answer, Err(CommandError::Stopping));
    house.desk.ended().await;
    assert_eq!(house.desk.execute(call("east", "")).await, Err(CommandError::Stopping));
    let report = verify(&*house.journal).await.unwrap();
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let expected = format!("east version {version}: it does not follow from the events before.");
    assert_eq!(findings, [expected]);
}
