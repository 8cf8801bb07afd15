//! What a terminal is shown of its duty, and whether it is there.

use super::journal_support as commands;
use super::town::Town;
use dispatch_core::model::{CancelReason, Command, DivertReason, Reasoned};
use wire_protocol::agent::EndedHow;
use wire_protocol::vocabulary::VehicleState;

#[tokio::test]
async fn an_order_reaches_the_terminal_and_its_end_too() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let incident = commands::open_incident(&town.desk, "xining").await;
    let task = town.send_to(&incident, "XN-01-1").await;
    let order = agent.until_duty(|duty| duty.order.is_some()).await.order.unwrap();
    assert_eq!(order.task, task.as_str());
    assert_eq!(order.phone.as_deref(), Some("13900000000"));
    let reason = Reasoned::from(CancelReason::CallerCancelled);
    town.execute(Command::CancelIncident { incident, reason, confirmed: false }).await;
    let ended = agent.until_duty(|duty| duty.order.is_none()).await.last_ended.unwrap();
    assert_eq!((ended.task.as_str(), ended.how), (task.as_str(), EndedHow::Cancelled));
}

#[tokio::test]
async fn a_redirected_crew_sees_the_new_order_and_what_became_of_the_old() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let old = town.send("XN-01-1").await;
    let to_incident = commands::open_incident(&town.desk, "xining").await;
    let reason = Reasoned::from(DivertReason::HigherPriority);
    let vehicle = "XN-01-1".into();
    town.execute(Command::DivertVehicle {
        vehicle,
        to_incident: to_incident.clone(),
        reason,
        confirmed: false,
    })
    .await;
    let duty = agent
        .until_duty(|duty| duty.order.as_ref().is_some_and(|it| it.task != old.as_str()))
        .await;
    assert_eq!(duty.order.unwrap().incident, to_incident.as_str());
    let ended = duty.last_ended.unwrap();
    assert_eq!((ended.task.as_str(), ended.how), (old.as_str(), EndedHow::Diverted));
}

#[tokio::test]
async fn a_crew_sees_who_else_goes_there_and_new_notes() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let incident = commands::open_incident(&town.desk, "xining").await;
    town.send_to(&incident, "XN-01-1").await;
    town.send_to(&incident, "XN-01-2").await;
    town.desk.execute(commands::note("xining", "", &incident, "third floor")).await.unwrap();
    let duty = agent
        .until_duty(|duty| duty.order.as_ref().is_some_and(|order| !order.notes.is_empty()))
        .await;
    let order = duty.order.unwrap();
    assert_eq!(
        (order.notes, order.with_vehicles),
        (vec!["third floor".into()], vec!["XN-01-2".into()])
    );
}

#[tokio::test]
async fn a_lent_vehicle_goes_on_with_its_new_centre() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    town.lend("XN-01-1", "qinghai").await;
    agent.until_duty(|duty| duty.centre == "qinghai").await;
    agent.press(1, wire_protocol::agent::CrewCommand::OffDuty).await;
    let duty = agent.until_duty(|duty| duty.state == VehicleState::OffDuty).await;
    assert_eq!(duty.centre, "qinghai");
}

#[tokio::test]
async fn a_newer_link_of_the_same_vehicle_takes_over() {
    let town = Town::open().await;
    let mut older = town.agent("XN-01-1", "box").await;
    let mut newer = town.agent("XN-01-1", "box").await;
    assert_eq!(older.closing().await, "replaced");
    assert!(town.live.is_online(&"XN-01-1".into()));
    town.send("XN-01-1").await;
    newer.until_duty(|duty| duty.order.is_some()).await;
}

#[tokio::test]
async fn when_the_server_stops_terminals_are_told() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    town.stop.cancel();
    assert_eq!(agent.closing().await, "server_stopping");
    town.live.ended().await;
}
