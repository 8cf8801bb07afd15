//! What becomes of an order on its way: redirected, cancelled, expired.

use crate::gear::{Relay, Server, Terminal, now_ms, tiny};
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use vehicle_agent::link::{LinkPhase, OrderStage, PressRefused};
use vehicle_agent::shell::PressFailed;
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, CrewCommand, EndedHow, ServerMessage};
use wire_protocol::commands::Command;
use wire_protocol::views::{IncidentStage, TaskStage};
use wire_protocol::vocabulary::*;

const VEHICLE: &str = "XN-01-1";
const STATION: (f64, f64) = (101.79, 36.61);

#[tokio::test]
async fn a_redirected_crew_goes_to_the_other_patient_and_a_cancelled_one_is_free() {
    let server = Server::open(tiny(), |_| {}).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let folder = tempfile::tempdir().unwrap();
    let (key, outbox) = (server.key(VEHICLE).await, folder.path().join("outbox"));
    let terminal = Terminal::online(&server.address().to_string(), &key, &outbox).await;

    let first = dispatcher.take_call("xining", STATION.0, STATION.1).await;
    let second = dispatcher.take_call("xining", STATION.0, STATION.1 + 0.01).await;
    let old = dispatcher.dispatch("xining", &first, VEHICLE).await;
    terminal.show_order(&old).await;
    terminal.press_next().await;
    terminal.press_next().await;
    terminal.until_all_sent().await;
    let redirect = Command::DivertVehicle {
        vehicle: VEHICLE.to_owned(),
        to_incident: second.clone(),
        reason: DivertReason::HigherPriority,
        note: String::new(),
        confirmed: false,
    };
    let new = dispatcher.record("xining", redirect).await.tasks.remove(0);
    terminal.show_order(&new).await;
    let ended = terminal.handle.picture().ended.clone().unwrap();
    assert_eq!((ended.task, ended.how), (old.clone(), EndedHow::Diverted));
    assert_eq!(terminal.handle.picture().order_stage, Some(OrderStage::New));
    terminal.press_next().await;
    let late = CrewCommand::Milestone {
        task: old.clone(),
        milestone: Milestone::AtScene,
        details: Default::default(),
    };
    let refused = terminal.handle.press(late).await.unwrap_err();
    assert!(matches!(refused, PressFailed::Refused(PressRefused::NotYourOrder)), "{refused}");

    let cancel = Command::CancelIncident {
        incident: second.clone(),
        reason: CancelReason::CallerCancelled,
        note: String::new(),
        confirmed: false,
    };
    dispatcher.record("xining", cancel).await;
    terminal.until("the order to be gone", |it| it.order.is_none()).await;
    let ended = terminal.handle.picture().ended.clone().unwrap();
    assert_eq!((ended.task.as_str(), ended.how), (new.as_str(), EndedHow::Cancelled));
    let is_cancelled = |picture: &crate::gear::Picture| {
        picture.incidents.get(&second).is_some_and(|it| it.stage == IncidentStage::Cancelled)
    };
    console.until("the incident to be cancelled", is_cancelled).await;
    let picture = &console.picture;
    assert_eq!(picture.task(&old).unwrap().stage, TaskStage::Diverted);
    assert_eq!(picture.task(&new).unwrap().previous_task.as_deref(), Some(old.as_str()));
    assert_eq!(picture.incidents[&first].stage, IncidentStage::Waiting, "still somebody's turn");
    assert_eq!(picture.vehicles[VEHICLE].state, VehicleState::AvailableOnRoad);
    assert_eq!(terminal.handle.picture().state, Some(VehicleState::AvailableOnRoad));
    terminal.switch_off().await;
    server.close().await;
}

#[tokio::test]
async fn an_order_that_expired_on_its_way_is_never_new_and_its_acknowledgement_is_refused() {
    let clock = Clock::by_hand(Timestamp(now_ms()));
    let server = Server::open(tiny(), |settings| settings.clock = clock.clone()).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let relay = Relay::before(server.address()).await;
    let folder = tempfile::tempdir().unwrap();
    let (key, outbox) = (server.key(VEHICLE).await, folder.path().join("outbox"));
    let terminal = Terminal::online(&relay.address.to_string(), &key, &outbox).await;
    let mut pictures = terminal.handle.pictures();
    let was_new = tokio::spawn(async move {
        let is_new = |it: &std::sync::Arc<vehicle_agent::link::ScreenState>| {
            it.order_stage == Some(OrderStage::New)
        };
        pictures.wait_for(is_new).await.is_ok()
    });

    relay.lose_signal();
    terminal.until("the terminal to notice", |it| it.link != LinkPhase::Online).await;
    let incident = dispatcher.take_call("xining", STATION.0, STATION.1).await;
    let task = dispatcher.dispatch("xining", &incident, VEHICLE).await;
    console.until("the order to be shown", |picture| picture.task(&task).is_some()).await;
    let expires_at = console.picture.task(&task).unwrap().order_expires_at;
    clock.step_millis(expires_at - clock.now().0 + 1_000);
    relay.regain_signal();
    terminal.until("the order to arrive", |it| it.order.is_some()).await;
    assert_eq!(terminal.handle.picture().order_stage, Some(OrderStage::Expired));
    let acknowledge = CrewCommand::Milestone {
        task: task.clone(),
        milestone: Milestone::OrderReceived,
        details: Default::default(),
    };
    let refused = terminal.handle.press(acknowledge.clone()).await.unwrap_err();
    assert!(matches!(refused, PressFailed::Refused(PressRefused::OrderExpired)), "{refused}");
    terminal.switch_off().await;
    assert!(!was_new.await.unwrap(), "the order was never shown as new");

    // A terminal that does not know better presses all the same.
    let code = acknowledge_late(&server, &key, acknowledge, clock.now().0).await;
    assert_eq!(code, "order_expired");
    let told = |picture: &crate::gear::Picture| {
        picture.log.iter().any(|line| line.kind == "crew_act_refused")
    };
    console.until("the refusal in the log", told).await;
    assert!(console.picture.milestone(&task, Milestone::OrderReceived).is_none());
    let line = console.picture.log.iter().find(|line| line.kind == "crew_act_refused").unwrap();
    assert_eq!(line.task.as_deref(), Some(task.as_str()));
    server.close().await;
}

/// Presses on a link of its own, and gives the code with which the server refuses.
async fn acknowledge_late(
    server: &Server,
    key: &str,
    command: CrewCommand,
    made_at: i64,
) -> String {
    let url = format!("ws://{}/ws/agent", server.address());
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {key}").parse().unwrap());
    let (mut socket, _) = connect_async(request).await.unwrap();
    let hello = AgentMessage::Hello {
        protocol: PROTOCOL_VERSION,
        outbox: "an-old-terminal".to_owned(),
        software: "old".to_owned(),
        clock: made_at,
        terminal: None,
    };
    for message in [
        hello,
        AgentMessage::Press { number: 1, made_at, command, pressed_as: None, reckoned: None },
    ] {
        socket.send(Message::text(serde_json::to_string(&message).unwrap())).await.unwrap();
    }
    loop {
        let frame = crate::gear::in_time("the refusal", socket.next()).await.unwrap().unwrap();
        let Message::Text(text) = frame else { continue };
        if let ServerMessage::CommandRefused { code, .. } = serde_json::from_str(&text).unwrap() {
            return code;
        }
    }
}
