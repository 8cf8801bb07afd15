//! Two servers over one store: the primary key decides who was first.

use crate::journal_support::*;
use dispatch_core::model::*;
use dispatch_desk::desk::{CommandError, Desk};
use std::collections::BTreeSet;

#[tokio::test]
async fn the_loser_catches_up_and_decides_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let here = House::furnished(&file).await;
    let one = open_incident(&here.desk, "east").await;
    let two = open_incident(&here.desk, "east").await;
    let there = House::open(&file).await;

    here.desk.execute(send("east", "", &one, "E-1")).await.unwrap();
    let stale = there.desk.read(&centre("east"), |s| s.vehicle_state(&"E-1".into())).unwrap();
    assert_eq!(stale, Some(VehicleState::AvailableAtStation), "the other has not heard of it");
    let mut told = there.desk.committed();
    assert_eq!(
        rejection(there.desk.execute(send("east", "", &two, "E-1")).await),
        "vehicle_on_task"
    );
    let caught_up = told.recv().await.unwrap();
    assert!(caught_up.events.iter().any(|e| e.event.kind() == "task_created"));

    // A command recorded by the one is known to the other.
    let done = here.desk.execute(note("east", "n-1", &one, "二单元")).await.unwrap();
    let repeat = there.desk.execute(note("east", "n-1", &one, "二单元")).await.unwrap();
    assert!(repeat.already_recorded);
    assert_eq!(repeat.version, done.version);
}

#[tokio::test]
async fn nothing_is_refused_for_what_another_server_has_done_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let here = House::furnished(&file).await;
    let there = House::open(&file).await;
    let incident = open_incident(&here.desk, "east").await;
    let sent = there.desk.execute(send("east", "", &incident, "E-1")).await;
    assert!(sent.is_ok(), "the other has not heard of the incident by itself: {sent:?}");
    assert_eq!(
        rejection(here.desk.execute(send("east", "", &incident, "E-1")).await),
        "already_on_incident"
    );
}

#[tokio::test]
async fn what_is_recorded_later_says_so_although_clocks_differ() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let here = House::furnished(&file).await;
    let there = House::open(&file).await;
    here.clock.advance_millis(90_000);
    let incident = open_incident(&here.desk, "east").await;
    there.desk.execute(note("east", "", &incident, "二单元")).await.unwrap();
    let later = House::open(&file).await;
    later.desk.execute(note("east", "", &incident, "三楼")).await.unwrap();
    let events = there.desk.events(&centre("east"), 0, 1_000).await.unwrap();
    let times: Vec<_> = events.iter().map(|event| event.provenance.recorded_at).collect();
    assert!(times.is_sorted(), "{times:?}");
}

/// Sends E-1 and E-2 out and calls them back, over and over; gives the versions acknowledged.
async fn work(desk: Desk, name: &'static str) -> BTreeSet<u64> {
    let mut versions = BTreeSet::new();
    for round in 0..25 {
        let vehicle = if round % 2 == 0 { "E-1" } else { "E-2" };
        let call = desk.execute(call("east", &format!("{name}-{round}-call"))).await.unwrap();
        let incident = incident_of(&call);
        versions.extend(call.events.iter().map(|event| event.version));
        match desk.execute(send("east", &format!("{name}-{round}-go"), &incident, vehicle)).await {
            Ok(sent) => versions.extend(sent.events.iter().map(|event| event.version)),
            Err(CommandError::Rejected(Rejection::VehicleOnTask { .. })) => {}
            Err(other) => panic!("{other}"),
        }
        let reason = CancelReason::CallerCancelled.into();
        let cancel = Command::CancelIncident { incident, reason, confirmed: false };
        let cancelled = desk.execute(envelope("east", "", cancel)).await.unwrap();
        versions.extend(cancelled.events.iter().map(|event| event.version));
    }
    versions
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_busy_desks_share_the_numbers_without_gap_or_double() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let here = House::furnished(&file).await;
    let there = House::open(&file).await;
    let (a, b) = tokio::join!(
        tokio::spawn(work(here.desk.clone(), "here")),
        tokio::spawn(work(there.desk.clone(), "there"))
    );
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a.is_disjoint(&b), "no number was acknowledged by both");
    let all: Vec<u64> = a.union(&b).copied().collect();
    let (first, last) = (all[0], all[all.len() - 1]);
    assert_eq!(all, (first..=last).collect::<Vec<_>>(), "no number is missing");
    // The fold of `verify` asserts that no vehicle was ever on two tasks.
    here.assert_whole().await;
}
