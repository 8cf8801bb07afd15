//! Events of terminals whose clocks, or whose receivers' dates, are wrong.

use dispatch_core::model::*;

/// Each event with the name of its golden file.
pub(crate) fn all() -> Vec<(String, Recorded)> {
    let vehicle: VehicleId = "YC-01-1".into();
    let pressed = Event::MilestoneReached {
        task: "yinchuan-7.t1".into(),
        milestone: Milestone::AtScene,
        details: MilestoneDetails::default(),
    };
    let trouble = |trouble: TerminalTrouble| {
        let event = Event::TerminalTroubleNoted { vehicle: vehicle.clone(), trouble };
        recorded(Origin::Automatic { rule: Origin::TERMINAL_LINK.to_owned() }, None, event)
    };
    let crew =
        Origin::CrewTerminal { vehicle: vehicle.clone(), outbox: "tablet-7".into(), number: 12 };
    vec![
        (
            "milestone_reached-reckoned".to_owned(),
            recorded(crew, Some(Timestamp(600_000)), pressed),
        ),
        (
            "terminal_trouble_noted-date_wrong".to_owned(),
            trouble(TerminalTrouble::ReceiverDateWrong),
        ),
        (
            "terminal_trouble_noted-date_right".to_owned(),
            trouble(TerminalTrouble::ReceiverDateRight),
        ),
    ]
}

fn recorded(origin: Origin, terminal_clock: Option<Timestamp>, event: Event) -> Recorded {
    let provenance = Provenance {
        made_at: Timestamp(1_777_630_890_000),
        terminal_clock,
        recorded_at: Timestamp(1_777_630_900_000),
        origin,
        vehicle_online: Some(false),
        clock_doubtful: false,
        command_id: None,
        confirmed: Vec::new(),
    };
    Recorded { version: 42, provenance, event }
}
