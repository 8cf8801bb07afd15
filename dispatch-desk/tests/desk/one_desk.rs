//! What people who bring commands to the desk would notice.

use crate::journal_support::*;
use dispatch_core::Rules;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::{CommandError, Desk, Lending};
use dispatch_desk::journal::sqlite::SqliteJournal;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn two_orders_in_one_commit_never_send_one_vehicle_twice() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let house = House::furnished(&file).await;
    let (one, two) =
        (open_incident(&house.desk, "east").await, open_incident(&house.desk, "east").await);
    house.close().await;

    let journal = Arc::new(SqliteJournal::open(&file).await.unwrap());
    let centres = vec![centre("east"), centre("west")];
    let (desk, task) =
        Desk::open(journal, Rules::default(), centres, Clock::by_hand(NOON)).await.unwrap();
    let stop = CancellationToken::new();
    // Both wait before the task takes its first batch.
    let orders = async {
        let answers = tokio::join!(
            desk.execute(send("east", "", &one, "E-1")),
            desk.execute(send("east", "", &two, "E-1"))
        );
        stop.cancel();
        answers
    };
    let ((first, second), ()) = tokio::join!(orders, task.run(stop.clone()));
    assert!(first.is_ok(), "{first:?}");
    assert_eq!(rejection(second), "vehicle_on_task");
}

#[tokio::test]
async fn a_repeated_command_is_recorded_once_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let house = House::furnished(&file).await;
    let (first, repeat) = tokio::join!(
        house.desk.execute(call("east", "a-1")),
        house.desk.execute(call("east", "a-1"))
    );
    let (first, repeat) = (first.unwrap(), repeat.unwrap());
    assert!(!first.already_recorded && repeat.already_recorded);
    assert_eq!(first.version, repeat.version);
    house.close().await;

    let house = House::open(&file).await;
    let again = house.desk.execute(call("east", "a-1")).await.unwrap();
    assert!(again.already_recorded && again.events.is_empty());
    assert_eq!(again.version, first.version);
    house.assert_whole().await;
}

#[tokio::test]
async fn what_is_acknowledged_is_visible_and_told_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join("journal.sqlite")).await;
    let east = centre("east");
    let mut feed = house.desk.committed();
    let before = house.desk.read(&east, |state| state.version).unwrap();

    let incident = open_incident(&house.desk, "east").await;
    let done = house.desk.execute(send("east", "", &incident, "E-1")).await.unwrap();
    let (version, state) = house
        .desk
        .read(&east, |state| (state.version, state.vehicle_state(&"E-1".into())))
        .unwrap();
    assert_eq!((version, state), (done.version, Some(VehicleState::TaskAssigned)));

    let mut told = Vec::new();
    while told.last() != Some(&version) {
        let committed = feed.recv().await.unwrap();
        told.extend(committed.events.iter().map(|event| event.version));
    }
    assert_eq!(told, (before + 1..=version).collect::<Vec<_>>());
    let read = house.desk.events(&east, before, 100).await.unwrap();
    assert_eq!(read.iter().map(|event| event.version).collect::<Vec<_>>(), told);
}

#[tokio::test]
async fn a_refused_press_of_a_crew_is_kept_and_answered_once_and_for_all() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join("journal.sqlite")).await;
    let press = |number| {
        let mut press = envelope("east", "", Command::ResumeVehicle { vehicle: "E-1".into() });
        let (vehicle, outbox) = ("E-1".into(), "outbox-1".into());
        press.origin = Origin::CrewTerminal { vehicle, outbox, number };
        press
    };
    let before = house.desk.read(&centre("east"), |state| state.version).unwrap();
    assert_eq!(rejection(house.desk.execute(press(1)).await), "already_in_state");
    let kept = house.desk.events(&centre("east"), before, 10).await.unwrap();
    assert_eq!(kept.iter().map(|r| r.event.kind()).collect::<Vec<_>>(), ["crew_act_refused"]);

    assert!(house.desk.execute(press(1)).await.unwrap().already_recorded);
    assert_eq!(rejection(house.desk.execute(press(3)).await), "command_gap");
    let after = house.desk.read(&centre("east"), |state| state.version).unwrap();
    assert_eq!(after, before + 1, "neither the repeat nor the gap wrote anything");
}

#[tokio::test]
async fn an_unknown_centre_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join("journal.sqlite")).await;
    let answer = house.desk.execute(call("north", "")).await;
    assert_eq!(answer, Err(CommandError::UnknownCentre(centre("north"))));
    let north =
        Command::LendVehicle { vehicle: "E-1".into(), to: centre("north"), note: String::new() };
    let answer = house.desk.execute(envelope("east", "", north)).await;
    assert_eq!(answer, Err(CommandError::UnknownCentre(centre("north"))));
}

fn lending(vehicle: &str, to: &str, command_id: &str) -> Lending {
    Lending {
        vehicle: vehicle.into(),
        to: centre(to),
        note: "支援".to_owned(),
        made_at: NOON,
        origin: Origin::Person { person: "li".into() },
        vehicle_online: Some(true),
        command_id: Some(command_id.into()),
    }
}

#[tokio::test]
async fn a_lent_vehicle_belongs_to_one_centre_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join("journal.sqlite")).await;
    let desk = &house.desk;
    let with = || desk.centre_of_vehicle(&"E-1".into()).unwrap();

    assert!(!desk.lend(lending("E-1", "west", "lend-1")).await.unwrap().already_recorded);
    assert_eq!(with(), centre("west"));
    assert!(desk.lend(lending("E-1", "west", "lend-1")).await.unwrap().already_recorded);
    let incident = open_incident(desk, "west").await;
    desk.execute(send("west", "", &incident, "E-1")).await.unwrap();
    assert_eq!(rejection(desk.lend(lending("E-1", "east", "back-1")).await), "vehicle_on_task");

    let call_off = CancelReason::CallerCancelled.into();
    let cancel = Command::CancelIncident { incident, reason: call_off, confirmed: false };
    desk.execute(envelope("west", "", cancel)).await.unwrap();
    desk.lend(lending("E-1", "east", "back-2")).await.unwrap();
    assert_eq!(with(), centre("east"));
    desk.read_all(|states| {
        assert!(states.values().all(|state| state.transfers_out.is_empty()));
        let owners = states.values().filter(|s| s.vehicles.contains_key("E-1")).count();
        assert_eq!(owners, 1);
    });
    assert_eq!(rejection(desk.lend(lending("X-9", "east", "x")).await), "unknown_vehicle");
    house.assert_whole().await;
}

#[tokio::test]
async fn enrolling_follows_the_regions_data() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(&folder.path().join("journal.sqlite")).await;
    let first = house.desk.enrol(fleet()).await.unwrap();
    assert_eq!((first.enrolled, first.amended, first.retired), (3, 0, 0));
    let ready = house.desk.read(&centre("east"), |s| s.vehicle_state(&"E-1".into())).unwrap();
    assert_eq!(ready, Some(VehicleState::AvailableAtStation));
    let again = house.desk.enrol(fleet()).await.unwrap();
    assert_eq!((again.enrolled, again.amended, again.retired), (0, 0, 0));

    // E-1 works at west, W-1 is on a task, E-2 got a new plate; then all but E-2 leave the data.
    house.desk.lend(lending("E-1", "west", "lend")).await.unwrap();
    let incident = open_incident(&house.desk, "west").await;
    house.desk.execute(send("west", "", &incident, "W-1")).await.unwrap();
    let mut changed = fleet();
    changed[1].1.plate = "宁A·999".into();
    let third = house.desk.enrol(changed[1..2].to_vec()).await.unwrap();
    assert_eq!((third.enrolled, third.amended, third.retired), (0, 1, 0));
    assert_eq!(house.desk.centre_of_vehicle(&"W-1".into()), Some(centre("west")));

    // A row may be missing by mistake: nothing leaves service by that, and a person says what does.
    house.desk.lend(lending("E-1", "east", "back")).await.unwrap();
    let fourth = house.desk.enrol(changed[1..2].to_vec()).await.unwrap();
    assert_eq!((fourth.enrolled, fourth.amended, fourth.retired), (0, 0, 0));
    assert_eq!(house.desk.centre_of_vehicle(&"E-1".into()), Some(centre("east")));
    let asked = ["E-1".into(), "W-1".into(), "nobody".into()];
    let retired = house.desk.retire(&asked, &"li.na".into()).await.unwrap();
    let codes: Vec<_> = retired.refused.iter().map(|refused| refused.code()).collect();
    assert_eq!((retired.retired, codes), (1, vec!["vehicle_on_task", "unknown_vehicle"]));
    assert_eq!(house.desk.centre_of_vehicle(&"E-1".into()), None);
    house.assert_whole().await;
}

#[tokio::test]
async fn a_stopping_desk_answers_what_waits_and_refuses_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished(&folder.path().join("journal.sqlite")).await;
    let desk = house.desk.clone();
    let (answers, ()) = tokio::join!(
        async { tokio::join!(desk.execute(call("east", "")), desk.execute(call("west", ""))) },
        house.close()
    );
    assert!(answers.0.is_ok() && answers.1.is_ok(), "{answers:?}");
    assert_eq!(desk.execute(call("east", "")).await, Err(CommandError::Stopping));
}
