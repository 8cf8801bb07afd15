//! A crew that is to wait at another station: seen, under way, there, with and without a network.

use crate::support::*;
use vehicle_agent::link::{Input, Link, PressRefused, ScreenState};
use vehicle_agent::outbox::OutboxContent;
use wire_protocol::agent::{CrewCommand, ReportSeconds, ServerMessage, VehicleAssignment};
use wire_protocol::movement::{Movement, MovementView};
use wire_protocol::moves::MoveOrder;
use wire_protocol::vocabulary::{Milestone, VehicleState};

fn to(station: &str, own: bool) -> MoveOrder {
    MoveOrder {
        station: station.to_owned(),
        name: "新城急救分站".to_owned(),
        given_at: at(0).wall_ms,
        acknowledged: false,
        reached_at: None,
        own,
    }
}

/// A terminal that was told where to wait, its vehicle in a state.
fn told(state: VehicleState, move_to: MoveOrder) -> Link {
    told_and_seen(state, move_to, Vec::new())
}

/// The same, and what the centre has seen of its movement.
fn told_and_seen(state: VehicleState, move_to: MoveOrder, seen: Vec<Movement>) -> Link {
    let view = |movement| MovementView { movement, since: at(0).wall_ms };
    let movements = seen.into_iter().map(view).collect();
    let mut link = Link::new(settings(1), OutboxContent::empty("o".to_owned()), at(0));
    link.handle_input(Input::Connected, at(0));
    let picture = VehicleAssignment {
        centre: "yinchuan".to_owned(),
        version: 5,
        time_zone_minutes: None,
        state,
        pause: None,
        crew: Vec::new(),
        pause_returns_to: None,
        order: None,
        contested: false,
        next: None,
        move_to: Some(move_to),
        messages: Vec::new(),
        log: None,
        sos: None,
        movements,
        last_ended: None,
    };
    let welcome = ServerMessage::Welcome {
        vehicle: "YC-007".to_owned(),
        server_time: at(0).wall_ms,
        commands_through: 0,
        report_seconds: ReportSeconds { on_task: 2, available: 5, idle: 10 },
        exercise: false,
        servers: Vec::new(),
    };
    for message in [welcome, ServerMessage::Duty(Box::new(picture))] {
        let frame = serde_json::to_string(&message).expect("can be written");
        link.handle_input(Input::Frame(frame), at(0));
    }
    link
}

fn shown(link: &Link) -> ScreenState {
    link.picture(at(0))
}

fn seen(station: &str) -> CrewCommand {
    CrewCommand::AcknowledgeMove { station: station.to_owned() }
}

#[test]
fn a_crew_sets_out_and_presses_for_the_station_it_was_moved_to() {
    let mut link = told(VehicleState::AvailableAtStation, to("YC-05", false));
    assert_eq!(link.press(seen("YC-09"), at(0)), Err(PressRefused::NotYourOrder));
    link.press(seen("YC-05"), at(0)).expect("it is seen");
    assert_eq!(link.press(seen("YC-05"), at(0)), Err(PressRefused::AlreadyPressed));
    assert_eq!(shown(&link).state, Some(VehicleState::AvailableOnRoad), "it left its own station");
    link.press(CrewCommand::ReturnedToStation, at(60_000)).expect("it is there");
    let there = shown(&link);
    assert_eq!(there.state, Some(VehicleState::AvailableOnRoad));
    assert!(there.move_to.expect("the station").reached_at.is_some());
    link.press(CrewCommand::ReturnedToStation, at(120_000)).expect("and home again");
    let home = shown(&link);
    assert_eq!((home.state, home.move_to), (Some(VehicleState::AvailableAtStation), None));
}

#[test]
fn a_crew_called_home_presses_for_its_own_station() {
    let mut link = told(VehicleState::AvailableOnRoad, to("YC-01", true));
    link.press(seen("YC-01"), at(0)).expect("it is seen");
    link.press(CrewCommand::ReturnedToStation, at(60_000)).expect("it is there");
    let home = shown(&link);
    assert_eq!((home.state, home.move_to), (Some(VehicleState::AvailableAtStation), None));
}

#[test]
fn before_it_is_seen_the_press_means_the_own_station() {
    let mut link = told(VehicleState::AvailableOnRoad, to("YC-05", false));
    link.press(CrewCommand::ReturnedToStation, at(0)).expect("it is back");
    let back = shown(&link);
    assert_eq!(back.state, Some(VehicleState::AvailableAtStation));
    assert!(!back.move_to.expect("it is still asked to go").acknowledged);
}

#[test]
fn a_pause_on_the_way_stays_a_pause_and_a_day_off_ends_the_move() {
    let mut link = told(VehicleState::Paused, to("YC-05", false));
    link.press(seen("YC-05"), at(0)).expect("it is seen");
    assert_eq!(shown(&link).state, Some(VehicleState::Paused));
    link.press(CrewCommand::OffDuty, at(0)).expect("it goes off duty");
    assert_eq!(shown(&link).move_to, None);
}

#[test]
fn an_arrival_at_the_station_is_proposed_until_it_is_pressed() {
    let seen = vec![Movement::AtStation, Movement::OutsideRegion];
    let home = || to("YC-01", true);
    let mut link = told_and_seen(VehicleState::AvailableOnRoad, home(), seen.clone());
    assert_eq!(shown(&link).proposal, Some(Milestone::BackAtStation));
    link.press(CrewCommand::ReturnedToStation, at(1_000)).expect("it is back");
    let back = shown(&link);
    assert_eq!((back.proposal, back.movements), (None, vec![Movement::OutsideRegion]));
    let paused = told_and_seen(VehicleState::Paused, home(), seen);
    assert_eq!(shown(&paused).proposal, None, "what the crew does goes before what was seen");
}
