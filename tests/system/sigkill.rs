//! The real program dies of SIGKILL while a crew presses; afterwards everything is there once, in order, and a
//! console that comes back shows what the journal says.

use crate::gear::{
    Person, Picture, Program, Receiver, Terminal, crew_numbers, events, folded, is_at,
};
use dispatch_core::model::{Recorded, VehicleId};
use dispatch_server::views::{self, Due};
use vehicle_agent::link::LinkPhase;
use wire_protocol::agent::CrewCommand;
use wire_protocol::views::IncidentView;
use wire_protocol::vocabulary::PauseReason;

const VEHICLE: &str = "YC-01-1";
const START: (f64, f64) = (106.25, 38.47);
const CENTRE: &str = "yinchuan";
/// Presses of a pause or its end, after the task.
const PAUSES: u32 = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_comes_back_with_everything_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    Program::add_duty_officer(data, "duty");
    let key = Program::key(data, VEHICLE);
    let first = Program::start(data, "127.0.0.1:0");
    let address = first.address.clone();
    let duty = Person::sign_in(&address, "duty").await;
    let mut console = duty.console().await;
    let terminal = Terminal::online(&address, &key, &data.join("outbox")).await;
    let receiver = Receiver::driving_from(START.0, START.1, 20);
    let incident = duty.take_call(CENTRE, START.0, START.1).await;
    let task = duty.dispatch(CENTRE, &incident, VEHICLE).await;
    terminal.show_order(&task).await;

    // Each press lets one fix through at once. The kill comes while the presses are under way.
    for moment in 0..3 {
        terminal.press_next().await;
        terminal.measure(&receiver, moment).await;
    }
    let is_seen = |picture: &Picture| picture.lon(VEHICLE).is_some();
    console.until("the marker to be seen", is_seen).await;
    first.kill();
    terminal.until("the terminal to notice", |it| it.link != LinkPhase::Online).await;
    for moment in 3..6 {
        terminal.press_next().await;
        terminal.measure(&receiver, moment).await;
    }
    let mut last = 0;
    for press in 0..PAUSES {
        let (reason, note) = (PauseReason::Fuel, String::new());
        let command = if press.is_multiple_of(2) {
            CrewCommand::Pause { reason, note }
        } else {
            CrewCommand::Resume
        };
        last = terminal.press(command).await;
    }
    terminal.measure(&receiver, 6).await;
    console.until_cut().await;
    let epoch = console.picture.epoch.clone();

    // The same folder, the same port, killed once more in the middle of the backlog, and back again.
    let second = Program::start(data, &address);
    terminal.until("the terminal to be back", |it| it.link == LinkPhase::Online).await;
    second.kill();
    let third = Program::start(data, &address);
    let duty = Person::sign_in(&address, "duty").await;
    console.come_back(&address, &duty.cookie).await;
    assert_eq!(console.picture.snapshots, 2, "another epoch: the whole picture anew");
    assert_ne!(console.picture.epoch, epoch);
    terminal.until_all_sent().await;
    let end = receiver.lon_at(6);
    let has_all = |picture: &Picture| {
        let presses = picture.log.iter().filter(|line| line.kind == "vehicle_resumed").count();
        presses as u32 >= PAUSES / 2 && picture.lon(VEHICLE).is_some_and(|lon| is_at(lon, end))
    };
    console.until("everything to be shown", has_all).await;
    terminal.switch_off().await;
    third.kill();

    let verdict = Program::verify(data);
    assert!(verdict.ends_with("The journal is whole.\n"), "{verdict}");
    let events = events(data, CENTRE).await;
    let all: Vec<u64> = (1..=last).collect();
    assert_eq!(crew_numbers(&events, VEHICLE), all, "every press once, in order");
    let refused = events.iter().filter(|event| event.event.kind() == "crew_act_refused").count();
    assert_eq!(refused, 0);
    check(&console.picture, &events);
}

/// The console shows the fold of the journal, and its log is the journal line by line.
fn check(picture: &Picture, events: &[Recorded]) {
    let state = folded(CENTRE, events);
    assert_eq!(picture.versions[CENTRE], state.version);
    let due = Due::default();
    let of_centre = state.incidents.values();
    let expected: Vec<IncidentView> = of_centre
        .map(|incident| timeless(views::incident(&state.centre, incident, &due)))
        .collect();
    let shown: Vec<IncidentView> = picture.incidents.values().cloned().map(timeless).collect();
    assert_eq!(shown, expected);
    assert_eq!(expected.len(), 1);
    let vehicle = &state.vehicles[&VehicleId::from(VEHICLE)];
    assert_eq!(picture.vehicles[VEHICLE].state_since, vehicle.since.0);
    let lines: Vec<_> = picture.log.iter().filter(|line| line.centre == CENTRE).collect();
    let told = events.iter().skip(events.len() - lines.len());
    for (line, event) in lines.into_iter().zip(told) {
        assert_eq!((line.version, line.kind.as_str()), (event.version, event.event.kind()));
        let clocks = (line.stamp.made_at, line.stamp.recorded_at);
        let provenance = &event.provenance;
        assert_eq!(clocks, (provenance.made_at.0, provenance.recorded_at.0));
    }
}

/// Without its deadlines, which depend on the region's norms and not on the journal.
fn timeless(mut incident: IncidentView) -> IncidentView {
    incident.deadlines.clear();
    incident.response = None;
    incident.norms.clear();
    incident.tasks.iter_mut().for_each(|task| task.deadlines.clear());
    incident
}
