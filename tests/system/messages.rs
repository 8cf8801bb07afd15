//! A crew and a dispatcher write to each other through everything there is between them.

use crate::gear::{Picture, Relay, Server, Terminal, tiny};
use wire_protocol::agent::CrewCommand;
use wire_protocol::commands::Command;
use wire_protocol::message::{CrewNeed, MessageFrom, MessageView};
use wire_protocol::vocabulary::Role;

const VEHICLE: &str = "XN-01-1";
const STATION: (f64, f64) = (101.79, 36.61);

fn last(picture: &Picture) -> Option<&MessageView> {
    picture.vehicles.get(VEHICLE)?.messages.last()
}

#[tokio::test]
async fn each_reads_what_the_other_wrote_and_sees_that_it_was_read() {
    let server = Server::open(tiny(), |_| {}).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let relay = Relay::before(server.address()).await;
    let folder = tempfile::tempdir().unwrap();
    let key = server.key(VEHICLE).await;
    let address = relay.address.to_string();
    let terminal = Terminal::online(&address, &key, &folder.path().join("outbox")).await;

    let vehicle = || VEHICLE.to_owned();
    let text = "家属在北门等".to_owned();
    dispatcher.record("xining", Command::SendMessage { vehicle: vehicle(), text }).await;
    terminal.until("the message", |it| it.messages.len() == 1).await;
    terminal.press(CrewCommand::ReadMessages { through: 1 }).await;
    let is_read = |picture: &Picture| last(picture).is_some_and(|it| it.seen_at.is_some());
    console.until("that it was read", is_read).await;

    // Pressed in a tunnel, it is asked for as soon as there is a network.
    relay.lose_signal();
    let police = CrewCommand::WriteToCentre { need: Some(CrewNeed::Police), text: String::new() };
    terminal.press(police).await;
    relay.regain_signal();
    let asked = |picture: &Picture| last(picture).is_some_and(|it| it.need.is_some());
    console.until("the crew to ask", asked).await;
    let (through, text) = (2, "警察已出发".to_owned());
    dispatcher
        .record("xining", Command::AnswerCrew { vehicle: vehicle(), through, text: text.clone() })
        .await;
    let is_answered = |it: &vehicle_agent::link::ScreenState| {
        let own = it.messages.iter().find(|one| one.from == MessageFrom::Crew);
        own.is_some_and(|one| one.seen_at.is_some())
            && it.messages.last().is_some_and(|one| one.text == text)
    };
    terminal.until("the answer", is_answered).await;
    let again = Command::AnswerCrew { vehicle: vehicle(), through, text: String::new() };
    let refused = dispatcher.execute("xining", again).await.unwrap_err();
    assert_eq!(refused.code, "nothing_to_answer");

    terminal.press(CrewCommand::Sos).await;
    terminal
        .until("that the centre has it", |it| {
            it.sos.as_ref().is_some_and(|sos| sos.since.is_some())
        })
        .await;
    let note = "已联系派出所".to_owned();
    dispatcher.record("xining", Command::ClearSos { vehicle: vehicle(), note: note.clone() }).await;
    let told = |it: &vehicle_agent::link::ScreenState| {
        it.sos.as_ref().is_some_and(|sos| sos.answered_at.is_some() && sos.note == note)
    };
    terminal.until("the answer to its call", told).await;
    terminal.switch_off().await;
    server.close().await;
}

#[tokio::test]
async fn an_order_offers_hospitals_by_road() {
    let server = Server::open(tiny(), |_| {}).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let folder = tempfile::tempdir().unwrap();
    let key = server.key(VEHICLE).await;
    let address = server.address().to_string();
    let terminal = Terminal::online(&address, &key, &folder.path().join("outbox")).await;
    let incident = dispatcher.take_call("xining", STATION.0, STATION.1).await;
    dispatcher.dispatch("xining", &incident, VEHICLE).await;
    terminal.until("the order", |it| it.order.is_some()).await;
    let order = terminal.handle.picture().order.clone().unwrap();
    let choices: Vec<wire_protocol::route::HospitalChoice> = dispatcher
        .get(&format!("/api/v1/hospital-choices?lon={}&lat={}", STATION.0, STATION.1))
        .await;
    let offered: Vec<_> = order.hospitals.iter().map(|it| (it.id.as_str(), it.seconds)).collect();
    let ranked: Vec<_> = choices.iter().map(|it| (it.hospital.as_str(), it.seconds)).collect();
    assert_eq!(offered, ranked);
    assert!(order.hospitals[0].seconds.is_some_and(|seconds| seconds > 0));
    terminal.switch_off().await;
    server.close().await;
}
