//! The vehicles of one centre at the beginning of their shift, and what a dispatcher asks of them again and again: a pause
//! and its end. What both benchmarks of durable commands send.

use dispatch_core::model::{
    CentreId, Command, CommandId, Origin, PauseReason, VehicleId, VehicleKind, VehicleRecord,
};
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::CommandEnvelope;

pub(crate) fn centre() -> CentreId {
    "yinchuan".into()
}

pub(crate) fn vehicle(n: usize) -> VehicleId {
    VehicleId::new(format!("YC-01-{n}"))
}

pub(crate) fn record() -> VehicleRecord {
    VehicleRecord {
        home_centre: centre(),
        station: "YC-01".into(),
        plate: "宁A·120".into(),
        call_sign: "银川 01".into(),
        kind: VehicleKind::Basic,
        equipment: Vec::new(),
    }
}

pub(crate) fn pause(n: usize) -> Command {
    Command::PauseVehicle { vehicle: vehicle(n), reason: PauseReason::Meal.into() }
}

pub(crate) fn resume(n: usize) -> Command {
    Command::ResumeVehicle { vehicle: vehicle(n) }
}

pub(crate) fn envelope(command: Command) -> CommandEnvelope {
    CommandEnvelope {
        centre: centre(),
        command,
        made_at: Clock::system().now(),
        terminal: None,
        origin: Origin::Person { person: "li".into() },
        vehicle_online: Some(true),
        command_id: Some(CommandId::new(format!("{:032x}", rand::random::<u128>()))),
        confirmed: Vec::new(),
    }
}
