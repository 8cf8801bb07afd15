//! A GPS sentence on a vehicle becomes a moving marker, and a call becomes a vehicle's finished task.

use crate::gear::{Receiver, Server, Terminal, is_at, now_ms, tiny};
use wire_protocol::recommendation::Recommendation;
use wire_protocol::views::{IncidentStage, OriginView, Stamp, TaskStage};
use wire_protocol::vocabulary::{Milestone, Role, VehicleState};

const VEHICLE: &str = "XN-01-2";
const STATION: (f64, f64) = (101.79, 36.61);
const MOMENTS: u32 = 40;
const PRESSED: [Milestone; 6] = [
    Milestone::OrderReceived,
    Milestone::Departed,
    Milestone::AtScene,
    Milestone::LeftScene,
    Milestone::AtHospital,
    Milestone::Finished,
];

#[tokio::test]
async fn from_a_gps_sentence_to_a_finished_task_on_the_console() {
    let server = Server::open(tiny(), |_| {}).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let folder = tempfile::tempdir().unwrap();
    let key = server.key(VEHICLE).await;
    let address = server.address().to_string();
    let terminal = Terminal::online(&address, &key, &folder.path().join("outbox")).await;
    console.until("the vehicle to be online", |picture| picture.is_online(VEHICLE)).await;

    // The receiver's text, with what cables add, through the agent's own source.
    let receiver = Receiver::driving_from(STATION.0, STATION.1, MOMENTS);
    let text: String = (0..MOMENTS).map(|moment| receiver.says(moment)).collect();
    let file = folder.path().join("receiver.nmea");
    std::fs::write(&file, format!("\u{0}\u{7f}$GNRM{text}$GNGGA,1200")).unwrap();
    terminal.play(&file).await;
    let end = receiver.lon_at(MOMENTS - 1);
    let has_arrived = |lon: Option<f64>| lon.is_some_and(|lon| is_at(lon, end));
    console.until("the marker to arrive", |picture| has_arrived(picture.lon(VEHICLE))).await;
    let track = console.picture.track(VEHICLE);
    assert!(track.is_sorted_by(|before, after| before.lon <= after.lon), "{track:?}");
    assert!((track[0].heading_deg - 90.0).abs() < 2.0 && track[0].speed_mps == Some(15.0));

    // A call, the first-ranked vehicle, its crew's presses.
    let before = now_ms();
    let incident = dispatcher.take_call("xining", STATION.0, STATION.1).await;
    let ranked: Recommendation =
        dispatcher.get(&format!("/api/v1/recommendations?incident={incident}")).await;
    let first = ranked.candidates[0].vehicle.clone();
    assert_eq!(first, VEHICLE, "the one that stands there and is online");
    let task = dispatcher.dispatch("xining", &incident, &first).await;
    terminal.show_order(&task).await;
    let is_received =
        |stamp: Option<&Stamp>| stamp.is_some_and(|stamp| made_by_crew(stamp, before));
    console
        .until("the device's receipt", |picture| {
            is_received(picture.task(&task).and_then(|task| task.device_receipt.as_ref()))
        })
        .await;
    for milestone in PRESSED {
        terminal.press_next().await;
        console
            .until("the milestone", |picture| {
                let shown = picture.milestone(&task, milestone);
                is_received(shown.map(|milestone| &milestone.stamp))
            })
            .await;
    }
    let closed = &console.picture.incidents[&incident];
    assert_eq!(closed.stage, IncidentStage::Closed, "by itself, with its last task");
    assert_eq!(closed.tasks[0].stage, TaskStage::Finished);
    let closing = console.picture.log.iter().find(|line| line.kind == "incident_closed").unwrap();
    assert!(matches!(closing.stamp.origin, OriginView::Automatic { .. }));
    assert_eq!(console.picture.vehicles[VEHICLE].state, VehicleState::AvailableOnRoad);

    let counts = terminal.switch_off().await;
    assert_eq!(counts.fixes, u64::from(MOMENTS));
    console.until("the vehicle to be offline", |picture| !picture.is_online(VEHICLE)).await;
    server.close().await;
}

/// Two clocks, the terminal as origin, and a live link.
fn made_by_crew(stamp: &Stamp, after: i64) -> bool {
    let by = OriginView::CrewTerminal { vehicle: VEHICLE.to_owned() };
    assert_eq!((&stamp.origin, stamp.vehicle_online), (&by, Some(true)));
    assert!(after <= stamp.made_at && stamp.made_at <= stamp.recorded_at, "{stamp:?}");
    assert!(stamp.recorded_at <= now_ms() && !stamp.clock_doubtful);
    true
}
