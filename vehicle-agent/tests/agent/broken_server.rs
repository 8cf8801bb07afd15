//! A server that says what cannot be: the terminal goes on, and forgets nothing at its word.

use crate::support::*;
use vehicle_agent::link::{Input, Link, Output};
use vehicle_agent::outbox::MemoryOutbox;
use wire_protocol::agent::{
    AgentMessage, CrewCommand, ReportSeconds, ServerMessage, VehicleAssignment,
};
use wire_protocol::vocabulary::VehicleState;

/// A link that has greeted, told `orders` one after the other.
fn greeted_with(orders: &[ServerMessage]) -> (Link, MemoryOutbox) {
    let disk = MemoryOutbox::new("outbox");
    let mut link = Link::new(settings(1), disk.content().clone(), at(0));
    link.handle_input(Input::Connected, at(0));
    for order in orders {
        let text = serde_json::to_string(order).expect("an order is JSON");
        link.handle_input(Input::Frame(text), at(0));
    }
    (link, disk)
}

fn welcome(server_time: i64, commands_through: u64) -> ServerMessage {
    let report_seconds = ReportSeconds { on_task: 2, available: 2, idle: 2 };
    ServerMessage::Welcome {
        vehicle: "YC-007".to_owned(),
        server_time,
        commands_through,
        report_seconds,
        exercise: false,
        servers: Vec::new(),
    }
}

/// Presses, stores, and gives what was sent of it.
fn press(link: &mut Link, disk: &mut MemoryOutbox, command: CrewCommand) -> Vec<AgentMessage> {
    link.press(command, at(1)).expect("the press is taken");
    let mut sent = Vec::new();
    while let Some(output) = link.next_output() {
        match output {
            Output::Store(changes) => {
                disk.apply_now(&changes);
                link.handle_input(Input::Stored, at(1));
            }
            Output::Send(text) => sent.push(serde_json::from_str(&text).expect("a message")),
            Output::Connect
            | Output::Disconnect
            | Output::Servers(_)
            | Output::Camera(_)
            | Output::Show => {}
        }
    }
    sent
}

#[test]
fn a_command_is_numbered_and_sent_after_a_server_named_numbers_that_no_outbox_has() {
    for nonsense in [u64::MAX, 1 << 60] {
        let all =
            ServerMessage::Recorded { commands_through: nonsense, fixes: vec![[0, nonsense]] };
        let (mut link, mut disk) = greeted_with(&[welcome(NEW_YEAR_MS, nonsense), all]);
        let sent = press(&mut link, &mut disk, CrewCommand::Sos);
        let is_first = |message: &AgentMessage| {
            matches!(message, AgentMessage::Press { number: 1, command: CrewCommand::Sos, .. })
        };
        assert!(sent.iter().any(is_first), "{sent:?}");
        let text = serde_json::to_string(&ServerMessage::Recorded {
            commands_through: nonsense,
            fixes: Vec::new(),
        });
        link.handle_input(Input::Frame(text.expect("an order is JSON")), at(2));
        assert_eq!(link.picture(at(2)).waiting_commands, 1, "it still waits for a true answer");
    }
}

#[test]
fn a_clock_from_the_end_of_time_shows_an_order_and_stops_nothing() {
    for (server_time, created_at, new) in [
        (i64::MAX, NEW_YEAR_MS, false),
        (i64::MIN, NEW_YEAR_MS, true),
        (i64::MIN, i64::MAX - 120_000, true),
        (i64::MAX, i64::MIN, false),
    ] {
        let duty = ServerMessage::Duty(Box::new(VehicleAssignment {
            centre: "yinchuan".to_owned(),
            version: 1,
            time_zone_minutes: None,
            state: VehicleState::TaskAssigned,
            pause: None,
            crew: Vec::new(),
            pause_returns_to: None,
            order: Some(order("yinchuan-1.t1", created_at)),
            contested: false,
            next: None,
            move_to: None,
            messages: Vec::new(),
            log: None,
            sos: None,
            movements: Vec::new(),
            last_ended: None,
        }));
        let (link, _) = greeted_with(&[welcome(server_time, 0), duty]);
        let picture = link.picture(at(1));
        let is_new = picture.order_stage == Some(vehicle_agent::link::OrderStage::New);
        assert!(picture.order.is_some());
        assert_eq!(is_new, new, "server's clock {server_time}, order of {created_at}");
        assert!(link.next_timeout(at(1)).is_some());
    }
}

/// A picture of a vehicle, paused when the server says to what the pause returns.
fn shown(state: VehicleState, pause_returns_to: Option<VehicleState>) -> ServerMessage {
    let ServerMessage::Duty(mut picture) = duty(10, state, None) else {
        panic!("a duty is a duty")
    };
    picture.pause_returns_to = pause_returns_to;
    ServerMessage::Duty(picture)
}

#[test]
fn a_pause_ends_where_the_vehicle_stands() {
    use VehicleState::{AvailableAtStation, AvailableOnRoad, Paused};
    for state in [AvailableAtStation, AvailableOnRoad] {
        let (mut link, _) = greeted_with(&[welcome(NEW_YEAR_MS, 0), shown(Paused, Some(state))]);
        link.press(CrewCommand::Resume, at(1)).expect("is taken");
        assert_eq!(link.picture(at(1)).state, Some(state), "as the centre says");

        let (mut link, _) = greeted_with(&[welcome(NEW_YEAR_MS, 0), shown(state, None)]);
        let (reason, note) = (wire_protocol::vocabulary::PauseReason::Fuel, String::new());
        link.press(CrewCommand::Pause { reason, note }, at(1)).expect("is taken");
        link.press(CrewCommand::Resume, at(1)).expect("is taken");
        assert_eq!(link.picture(at(1)).state, Some(state), "as before the crew's own press");
    }
    let (mut link, _) =
        greeted_with(&[welcome(NEW_YEAR_MS, 0), shown(Paused, Some(AvailableOnRoad))]);
    link.press(CrewCommand::ReturnedToStation, at(1)).expect("is taken");
    assert_eq!(link.picture(at(1)).state, Some(Paused), "the pause goes on there");
    link.press(CrewCommand::Resume, at(1)).expect("is taken");
    assert_eq!(link.picture(at(1)).state, Some(AvailableAtStation));
}

#[test]
fn a_step_of_the_terminals_own_clock_expires_no_order() {
    use vehicle_agent::link::{Now, OrderStage};
    for step_ms in [-86_400_000, 3_600_000] {
        let order = order("yinchuan-1.t1", NEW_YEAR_MS);
        let given = duty(10, VehicleState::TaskAssigned, Some(order));
        let (mut link, _) = greeted_with(&[welcome(NEW_YEAR_MS, 0), given]);
        let stepped = Now { wall_ms: at(5_000).wall_ms + step_ms, steady_ms: 5_000 };
        link.handle_input(Input::Tick, stepped);
        let picture = link.picture(stepped);
        assert_eq!(picture.order_stage, Some(OrderStage::New), "a step of {step_ms} ms");
        assert_eq!(picture.clock_behind_ms, -step_ms, "the page shows the centre's time");
        let late = Now { steady_ms: 200_000, ..stepped };
        assert_ne!(link.picture(late).order_stage, Some(OrderStage::New), "in its time");
    }
}
