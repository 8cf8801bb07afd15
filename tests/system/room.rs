//! A disk that gets full: positions give way, commands and live markers go on, and nothing measured is lost.

use crate::gear::{Person, Receiver, Server, Terminal, in_time, tiny};
use serde_json::Value;
use wire_protocol::agent::CrewCommand;
use wire_protocol::vocabulary::Role;

const VEHICLE: &str = "XN-02-1";
const STATION: (f64, f64) = (101.57, 36.50);
const MOMENTS: u32 = 40;
/// More than any disk has.
const EVERYTHING: u64 = u64::MAX / 8;

#[tokio::test]
async fn below_the_reserve_positions_wait_at_the_terminal_and_commands_go_on() {
    let server = Server::open(tiny(), |it| it.disk_reserve_bytes = Some(EVERYTHING)).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let folder = tempfile::tempdir().unwrap();
    let (key, outbox) = (server.key(VEHICLE).await, folder.path().join("outbox"));
    let receiver = Receiver::driving_from(STATION.0, STATION.1, MOMENTS);
    let path = format!(
        "/api/v1/vehicles/{VEHICLE}/positions?from={}&to={}",
        receiver.time_of(0),
        receiver.time_of(MOMENTS)
    );

    let terminal = Terminal::online(&server.address().to_string(), &key, &outbox).await;
    terminal.drive(&receiver, 0..MOMENTS - 1).await;
    terminal.measure(&receiver, MOMENTS - 1).await;
    dispatcher.take_call("xining", STATION.0, STATION.1).await;
    terminal.press(CrewCommand::Sos).await;
    terminal.until("the press to be recorded", |it| it.waiting_commands == 0).await;
    // The marker goes on.
    let shown = async {
        let mut vehicle = Value::Null;
        while vehicle["fix"]["fix_time"] != receiver.time_of(MOMENTS - 1) {
            vehicle = dispatcher.get(&format!("/api/v1/vehicles/{VEHICLE}")).await;
        }
    };
    in_time("the marker", shown).await;
    assert_eq!(server.counter("helan_disk_positions_stopped").await, 1.0);
    assert!(dispatcher.get::<Vec<Value>>(&path).await.is_empty());
    terminal.until_waiting(MOMENTS as usize).await;
    terminal.switch_off().await;

    let server = Server::open_again(server.close().await, tiny(), |it| {
        it.disk_reserve_bytes = Some(0);
    })
    .await;
    let terminal = Terminal::online(&server.address().to_string(), &key, &outbox).await;
    terminal.until_all_sent().await;
    terminal.switch_off().await;
    let dispatcher = Person::sign_in(&server.address().to_string(), "wang").await;
    let track: Vec<Value> = dispatcher.get(&path).await;
    assert_eq!(track.len(), MOMENTS as usize);
    server.close().await;
}
