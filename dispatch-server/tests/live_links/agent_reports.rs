//! A crew's word against the centre's, and its next order, seen from the terminal and from the console.

use super::journal_support as commands;
use super::town::Town;
use dispatch_core::model::*;
use dispatch_server::rank::{RankFor, RecommendRequest, recommend};
use wire_protocol::agent::CrewCommand;
use wire_protocol::views::VehicleView;
use wire_protocol::vocabulary as wire;

fn pressed(task: &TaskId, milestone: wire::Milestone) -> CrewCommand {
    CrewCommand::Milestone { task: task.to_string(), milestone, details: Default::default() }
}

fn view(town: &Town, vehicle: &str) -> VehicleView {
    let id = VehicleId::from(vehicle);
    let view =
        |centre: &dispatch_core::CentreState| town.live.vehicle_view(centre, &centre.vehicles[&id]);
    town.desk.read(&"xining".into(), view).unwrap()
}

fn is_offered(town: &Town, vehicle: &str) -> bool {
    let at = Wgs84 { lon: 101.80, lat: 36.62 };
    let target = RankFor::Place { at, kind: IncidentKind::Injury, priority: Priority::Critical };
    let ranking =
        recommend(&town.rank_sources(), &RecommendRequest::usual("xining".into(), target)).unwrap();
    ranking.candidates.iter().any(|candidate| candidate.vehicle == vehicle)
}

/// "Patient on board" reaches the centre after the cancel: everybody sees the vehicle as its crew does.
#[tokio::test]
async fn a_patient_on_board_is_shown_and_not_offered_until_settled() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let incident = commands::open_incident(&town.desk, "xining").await;
    let task = town.send_to(&incident, "XN-01-1").await;
    let reason = Reasoned::from(CancelReason::CallerCancelled);
    town.execute(Command::CancelIncident { incident, reason, confirmed: true }).await;
    agent.until_duty(|duty| duty.order.is_none() && duty.last_ended.is_some()).await;
    assert!(is_offered(&town, "XN-01-1"));

    agent.press(1, pressed(&task, wire::Milestone::LeftScene)).await;
    let duty = agent.until_duty(|duty| duty.contested).await;
    assert_eq!(duty.order.map(|order| order.task), Some(task.to_string()));
    assert_eq!(duty.last_ended, None, "the crew is not told to stop while it has a patient");
    let shown = view(&town, "XN-01-1");
    assert_eq!(shown.state, wire::VehicleState::PatientOnBoard);
    let report = shown.report.expect("a report to settle");
    assert_eq!((report.reached, report.stands), (wire::Milestone::LeftScene, true));
    assert!(!is_offered(&town, "XN-01-1"));

    let vehicle = VehicleId::from("XN-01-1");
    town.execute(Command::SettleCrewReport { vehicle, keep: true, note: String::new() }).await;
    let duty = agent.until_duty(|duty| !duty.contested && duty.order.is_some()).await;
    assert_eq!(duty.state, wire::VehicleState::PatientOnBoard);
    assert_eq!(view(&town, "XN-01-1").report, None);
}

/// What was refused is no mere line of the log: it stands on the vehicle until somebody has seen it.
#[tokio::test]
async fn a_refused_press_stands_on_the_vehicle() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    town.send("XN-01-1").await;
    // Pressed a minute after the order was there: before it, the crew's word would count.
    town.clock.step_millis(60_000);
    agent.press_at(60, 1, CrewCommand::OffDuty).await;
    agent.until_commands(1).await;
    let refused = view(&town, "XN-01-1").refused.expect("a refused press");
    assert_eq!((refused.command.as_str(), refused.count), ("go_off_duty", 1));
    town.execute(Command::SeeRefusedPresses { vehicle: "XN-01-1".into() }).await;
    assert_eq!(view(&town, "XN-01-1").refused, None);
}

/// At the hospital the crew reads what comes next, says so, and has it as its order once it is free.
#[tokio::test]
async fn a_crew_at_a_hospital_gets_its_next_order() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let task = town.send("XN-01-1").await;
    agent.press(1, pressed(&task, wire::Milestone::AtHospital)).await;
    agent.until_commands(1).await;
    let incident = commands::open_incident(&town.desk, "xining").await;
    let vehicle = VehicleId::from("XN-01-1");
    let next = Command::GiveFollowOn { vehicle, incident: incident.clone() };
    town.execute(next).await;
    let duty = agent.until_duty(|duty| duty.next.is_some()).await;
    assert_eq!(duty.order.map(|order| order.task), Some(task.to_string()));
    assert_eq!(duty.next.map(|next| next.incident), Some(incident.to_string()));
    agent.press(2, CrewCommand::AcknowledgeNext { incident: incident.to_string() }).await;
    agent.until_duty(|duty| duty.next.as_ref().is_some_and(|next| next.acknowledged)).await;
    agent.press(3, pressed(&task, wire::Milestone::Finished)).await;
    let duty = agent
        .until_duty(|duty| duty.order.as_ref().is_some_and(|it| it.incident == incident.as_str()))
        .await;
    assert_eq!((duty.next, duty.state), (None, wire::VehicleState::OrderReceived));
}

/// An amended order is marked on the terminal and, until the crew has seen it, on every console.
#[tokio::test]
async fn a_change_of_the_order_stands_until_the_crew_has_seen_it() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let incident = commands::open_incident(&town.desk, "xining").await;
    let task = town.send_to(&incident, "XN-01-1").await;
    agent.press(1, pressed(&task, wire::Milestone::OrderReceived)).await;
    agent.until_commands(1).await;
    let note = Command::AddNote { incident: incident.clone(), text: "电梯停运".to_owned() };
    town.execute(note).await;
    let changed = |order: &wire_protocol::agent::DispatchOrder| {
        order.changes.iter().map(|change| (change.part, change.version)).collect::<Vec<_>>()
    };
    let duty = agent
        .until_duty(|duty| duty.order.as_ref().is_some_and(|order| !order.changes.is_empty()))
        .await;
    let order = duty.order.expect("an order");
    assert_eq!(order.notes, ["电梯停运"]);
    let [(wire::OrderPart::Notes, through)] = changed(&order)[..] else {
        panic!("{:?}", order.changes)
    };
    let unseen = |town: &Town| {
        let incident = incident.clone();
        let view = move |centre: &dispatch_core::CentreState| {
            let view = town.live.incident_view(centre, &centre.incidents[&incident]);
            let due = view.tasks[0].deadlines.iter().map(|due| due.kind).collect::<Vec<_>>();
            (
                view.tasks[0].changes.len(),
                due.contains(&wire_protocol::views::DeadlineKind::OrderChange),
            )
        };
        town.desk.read(&"xining".into(), view).unwrap()
    };
    assert_eq!(unseen(&town), (1, true));
    agent.press(2, CrewCommand::AcknowledgeChange { task: task.to_string(), through }).await;
    agent
        .until_duty(|duty| duty.order.as_ref().is_some_and(|order| order.changes.is_empty()))
        .await;
    assert_eq!(unseen(&town), (0, false));
}
