//! A vehicle on the board: what its centre knows of it and what its link tells.

use super::due::Due;
use super::messages::messages;
use super::movement::movements;
use super::vehicle_log::vehicle_log;
use super::{Seen, ToWire};
use dispatch_core::fleet::LiveFix;
use dispatch_core::model::Away;
use dispatch_core::state::{CentreState, CrewAway, Duty, TerminalFaults, Vehicle};
use wire_protocol::views::{FixView, VehicleView};
use wire_protocol::vocabulary::{PauseReason, TerminalFault};

/// A vehicle of a centre.
pub fn vehicle(centre: &CentreState, vehicle: &Vehicle, seen: &Seen, due: &Due) -> VehicleView {
    VehicleView {
        id: vehicle.id.to_wire(),
        slot: seen.slot,
        centre: centre.centre.to_wire(),
        version: vehicle.last_version,
        home_centre: vehicle.record.home_centre.to_wire(),
        station: vehicle.record.station.to_wire(),
        plate: vehicle.record.plate.clone(),
        call_sign: vehicle.record.call_sign.clone(),
        kind: vehicle.record.kind.to_wire(),
        equipment: vehicle.record.equipment.clone(),
        state: vehicle.state().to_wire(),
        state_since: vehicle.since.0,
        pause: pause(vehicle),
        task: vehicle.running_task().map(ToWire::to_wire),
        incident: centre.task_run_by(vehicle).map(|(incident, _)| incident.id.to_wire()),
        crew: vehicle.crew.to_wire(),
        sos_since: vehicle.sos.to_wire(),
        report: vehicle.report.to_wire(),
        refused: vehicle.refused.to_wire(),
        next: vehicle.follow_on.to_wire(),
        suggested_move: vehicle.suggested.to_wire(),
        move_to: vehicle.moving.to_wire(),
        movements: movements(vehicle),
        messages: messages(&vehicle.messages),
        log: vehicle_log(&vehicle.log),
        online: seen.online,
        terminal_faults: terminal_faults(vehicle.terminal),
        fix: seen.fix.to_wire(),
        deadlines: due.of_vehicle(vehicle, seen),
    }
}

fn terminal_faults(faults: TerminalFaults) -> Vec<TerminalFault> {
    let TerminalFaults { storage_failing, receiver_date_wrong } = faults;
    [
        (storage_failing, TerminalFault::StorageFailing),
        (receiver_date_wrong, TerminalFault::ReceiverDateWrong),
    ]
    .into_iter()
    .filter_map(|(stands, fault)| stands.then_some(fault))
    .collect()
}

/// Why it is paused, if it is.
pub(super) fn pause(vehicle: &Vehicle) -> Option<PauseReason> {
    if let Some(CrewAway { away: Away::Paused { reason }, .. }) = &vehicle.away {
        return Some(reason.reason.to_wire());
    }
    match &vehicle.duty {
        Duty::Paused { reason, standby: _ } => Some(reason.reason.to_wire()),
        Duty::OnTask { .. }
        | Duty::AvailableOnRoad { .. }
        | Duty::AvailableAtStation
        | Duty::OffDuty => None,
    }
}

impl ToWire for LiveFix {
    type Wire = FixView;

    fn to_wire(&self) -> FixView {
        FixView {
            position: self.fix.position.to_wire(),
            fix_time: self.fix.fix_time.0,
            speed_mps: self.fix.speed_mps,
            heading_deg: self.fix.heading_deg,
            quality: self.quality.to_wire(),
        }
    }
}
