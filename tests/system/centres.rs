//! A vehicle lent from one city centre to another, watched from both and from the region.

use crate::gear::{Console, Picture, Receiver, Server, Terminal, is_at, ningxia};
use wire_protocol::commands::Command;
use wire_protocol::vocabulary::{Milestone, Role, VehicleState};

const VEHICLE: &str = "YC-01-1";
const START: (f64, f64) = (106.25, 38.47);
const MOMENTS: u32 = 20;

#[tokio::test]
async fn a_lent_vehicle_belongs_to_exactly_one_centre_on_every_console() {
    let server = Server::open(ningxia(), |_| {}).await;
    let lender = server.person("yc", Role::Dispatcher, "yinchuan").await;
    let borrower = server.person("wz", Role::Dispatcher, "wuzhong").await;
    let duty = server.person("nx", Role::RegionalDutyOfficer, "ningxia").await;
    let (mut at_home, mut there, mut above) =
        (lender.console().await, borrower.console().await, duty.console().await);
    let folder = tempfile::tempdir().unwrap();
    let (key, outbox) = (server.key(VEHICLE).await, folder.path().join("outbox"));
    let terminal = Terminal::online(&server.address().to_string(), &key, &outbox).await;
    let receiver = Receiver::driving_from(START.0, START.1, 2 * MOMENTS);
    terminal.drive(&receiver, 0..MOMENTS).await;
    let at = |moment| {
        let lon = receiver.lon_at(moment);
        move |picture: &Picture| picture.lon(VEHICLE).is_some_and(|shown| is_at(shown, lon))
    };
    at_home.until("the marker at home", at(MOMENTS - 1)).await;
    assert!(
        there.picture.track(VEHICLE).is_empty() && !there.picture.vehicles.contains_key(VEHICLE)
    );

    // Lent: gone here, there with the other, once for the region.
    let lend = |to: &str| Command::LendVehicle {
        vehicle: VEHICLE.to_owned(),
        to: to.to_owned(),
        note: String::new(),
    };
    lender.record("yinchuan", lend("wuzhong")).await;
    move_over(&mut at_home, &mut there, "wuzhong").await;
    above.until("the region to see it lent", belongs_to("wuzhong")).await;
    terminal.until("the crew to be told", |it| it.centre.as_deref() == Some("wuzhong")).await;
    terminal.drive(&receiver, MOMENTS..2 * MOMENTS).await;
    there.until("the marker there", at(2 * MOMENTS - 1)).await;
    above.until("the marker for the region", at(2 * MOMENTS - 1)).await;

    // The borrower sends it; the lender can neither send it nor take it back from a patient.
    let theirs = borrower.take_call("wuzhong", START.0, START.1).await;
    let ours = lender.take_call("yinchuan", START.0, START.1).await;
    let task = borrower.dispatch("wuzhong", &theirs, VEHICLE).await;
    let vehicles = vec![VEHICLE.to_owned()];
    let send = Command::DispatchVehicles { incident: ours, vehicles, offer: None };
    let refused = lender.execute("yinchuan", send).await.unwrap_err();
    assert_eq!(refused.code, "unknown_vehicle", "{refused:?}");
    let refused = borrower.execute("wuzhong", lend("yinchuan")).await.unwrap_err();
    assert_eq!(refused.code, "vehicle_on_task", "{refused:?}");
    let refused = lender.execute("wuzhong", lend("yinchuan")).await.unwrap_err();
    assert_eq!(refused.code, "wrong_centre", "{refused:?}");

    terminal.show_order(&task).await;
    for _ in 0..6 {
        terminal.press_next().await;
    }
    let is_finished = |picture: &Picture| picture.milestone(&task, Milestone::Finished).is_some();
    there.until("the task to be finished", is_finished).await;
    assert!(at_home.picture.task(&task).is_none());

    // And given back.
    borrower.record("wuzhong", lend("yinchuan")).await;
    move_over(&mut there, &mut at_home, "yinchuan").await;
    above.until("the region to see it back", belongs_to("yinchuan")).await;
    terminal.until("the crew to be told", |it| it.centre.as_deref() == Some("yinchuan")).await;
    assert_eq!(at_home.picture.vehicles[VEHICLE].state, VehicleState::AvailableOnRoad);
    let while_lent = receiver.lon_at(MOMENTS) - 1e-5..receiver.lon_at(2 * MOMENTS - 1) - 1e-5;
    let track = at_home.picture.track(VEHICLE);
    assert!(track.iter().all(|record| !while_lent.contains(&record.lon)), "{track:?}");
    terminal.switch_off().await;
    server.close().await;
}

fn belongs_to(centre: &str) -> impl Fn(&Picture) -> bool {
    move |picture| picture.vehicles.get(VEHICLE).is_some_and(|vehicle| vehicle.centre == centre)
}

async fn move_over(from: &mut Console, to: &mut Console, centre: &str) {
    from.until("the vehicle to leave", |picture| !picture.vehicles.contains_key(VEHICLE)).await;
    to.until("the vehicle to come", belongs_to(centre)).await;
}
