//! The vehicle's log on the screen: what the crew writes stands there at once, whether a server hears it or not.

use crate::support::*;
use vehicle_agent::link::{Link, PressRefused};
use vehicle_agent::outbox::OutboxContent;
use wire_protocol::agent::CrewCommand;
use wire_protocol::vehicle_log::{VehicleCheck, VehicleLogEntry};

fn terminal() -> Link {
    Link::new(settings(1), OutboxContent::empty("o".to_owned()), at(0))
}

fn checked(odometer_km: u32, fuel_percent: Option<u8>) -> CrewCommand {
    let faults = vec![VehicleCheck::Oxygen];
    let entry = VehicleLogEntry::Checked { odometer_km, fuel_percent, faults, note: String::new() };
    CrewCommand::LogVehicle { entry }
}

fn refuelled(litres: f64) -> CrewCommand {
    CrewCommand::LogVehicle { entry: VehicleLogEntry::Refuelled { litres, odometer_km: 45_230 } }
}

#[test]
fn what_a_crew_writes_without_a_network_stands_on_its_screen() {
    let mut link = terminal();
    link.press(checked(45_120, Some(70)), at(0)).expect("it is taken");
    link.press(refuelled(41.5), at(1)).expect("it is taken");
    let log = link.picture(at(1)).log;
    let shown = log.checked.map(|it| CrewCommand::LogVehicle { entry: it.entry });
    assert_eq!(shown, Some(checked(45_120, Some(70))));
    assert!(log.refuelled.is_some());
    assert_eq!(link.picture(at(1)).waiting_commands, 2, "both are kept for the centre");
}

#[test]
fn figures_that_no_vehicle_has_are_refused_at_once() {
    let mut link = terminal();
    let impossible =
        [checked(2_000_001, None), checked(1, Some(101)), refuelled(0.0), refuelled(501.0)];
    for command in impossible {
        assert_eq!(link.press(command, at(0)), Err(PressRefused::BadFigures));
    }
    assert_eq!(link.picture(at(0)).waiting_commands, 0);
    assert_eq!(link.press(refuelled(f64::NAN), at(0)), Err(PressRefused::BadFigures));
}
