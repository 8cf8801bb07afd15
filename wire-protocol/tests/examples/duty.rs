//! What a terminal is told with its duty, beside the order.

use super::agent::{order, quiet};
use crate::hold;
use wire_protocol::agent::*;
use wire_protocol::hazard::Hazard;
use wire_protocol::message::{CrewNeed, MessageFrom, MessageView, SosView};
use wire_protocol::vehicle_log::{
    VehicleCheck, VehicleLogEntry, VehicleLogView, VehicleLoggedView,
};

#[test]
fn messages_and_the_answer_to_a_call_for_help() {
    hold(
        "order_duty_with_messages",
        &ServerMessage::Duty(Box::new(VehicleAssignment {
            messages: vec![
                message(1, MessageFrom::Centre, None, "家属在北门等"),
                message(2, MessageFrom::Crew, Some(CrewNeed::IntensiveCare), ""),
            ],
            sos: Some(SosView {
                since: None,
                answered_at: Some(1_794_999_100_000),
                note: "警察已到场".into(),
            }),
            ..quiet()
        })),
    );
}

#[test]
fn welcomes_that_tell_more() {
    let welcome = |exercise, servers: &[&str]| ServerMessage::Welcome {
        vehicle: "YC-01-1".into(),
        server_time: 1_795_000_000_000,
        commands_through: 2,
        report_seconds: ReportSeconds { on_task: 1, available: 5, idle: 30 },
        exercise,
        servers: servers.iter().map(|it| (*it).to_owned()).collect(),
    };
    hold("order_welcome_to_exercises", &welcome(true, &[]));
    let servers = ["wss://10.20.0.11:8443/ws/agent", "wss://10.20.0.12:8443/ws/agent"];
    hold("order_welcome_with_servers", &welcome(false, &servers));
}

#[test]
fn hospitals_by_road() {
    let ranked = DispatchOrder {
        hospitals: vec![NearHospital {
            id: "H-01".into(),
            name: "银川市第一人民医院".into(),
            seconds: Some(540),
            treats: true,
        }],
        ..order()
    };
    hold(
        "order_duty_with_hospitals",
        &ServerMessage::Duty(Box::new(VehicleAssignment { order: Some(ranked), ..quiet() })),
    );
}

#[test]
fn what_may_harm_the_crew() {
    let hazards = vec![Hazard::Infection, Hazard::Violence];
    let order = Some(DispatchOrder { hazards, ..order() });
    let duty = VehicleAssignment { order, ..quiet() };
    hold("order_duty_with_hazards", &ServerMessage::Duty(Box::new(duty)));
}

#[test]
fn the_log_of_the_vehicle() {
    let entry = VehicleLogEntry::Checked {
        odometer_km: 45_120,
        fuel_percent: Some(70),
        faults: vec![VehicleCheck::Oxygen],
        note: "压力不足".into(),
    };
    let refuelled = VehicleLogEntry::Refuelled { litres: 41.5, odometer_km: 45_230 };
    let command = |entry: &VehicleLogEntry| CrewCommand::LogVehicle { entry: entry.clone() };
    hold("press_log_checked", &command(&entry));
    hold("press_log_refuelled", &command(&refuelled));
    let checked = Some(VehicleLoggedView { at: 1_794_999_000_000, entry });
    let log = Some(VehicleLogView { checked, refuelled: None });
    let duty = VehicleAssignment { log, ..quiet() };
    hold("order_duty_with_log", &ServerMessage::Duty(Box::new(duty)));
}

fn message(number: u64, from: MessageFrom, need: Option<CrewNeed>, text: &str) -> MessageView {
    let (centre, at) = ("yinchuan".into(), 1_794_999_000_000);
    let seen_at = matches!(from, MessageFrom::Centre).then_some(1_794_999_005_000);
    MessageView { number, from, centre, at, need, text: text.into(), seen_at }
}
