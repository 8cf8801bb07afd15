//! A vehicle as its centre has it, for the terminal on board: the running order and how the last ended.

use super::messages::{messages, sos};
use super::movement::movements;
use super::moves::move_order;
use super::vehicle::pause;
use super::vehicle_log::vehicle_log;
use super::{RegionNames, ToWire};
use dispatch_core::model::{AbortReason, Milestone, TaskId, VehicleId, VehicleState};
use dispatch_core::state::{
    CentreState, Duty, FollowOn, Incident, Standby, Task, TaskEnd, Vehicle,
};
use wire_protocol::agent::{
    DispatchOrder, EndedHow, EndedOrder, NextOrder, ReachedMilestone, VehicleAssignment,
};

/// The picture of a vehicle; nothing when it does not belong to this centre now.
pub fn vehicle_assignment(
    centre: &CentreState,
    vehicle: &VehicleId,
    names: &RegionNames,
) -> Option<VehicleAssignment> {
    let vehicle = centre.vehicles.get(vehicle)?;
    let running = centre.task_run_by(vehicle);
    let contested = vehicle.standing_report().and_then(|report| centre.task(&report.task));
    let ended = match running {
        Some((_, task)) => task.previous_task.as_ref(),
        None => vehicle.latest_task.as_ref(),
    };
    Some(VehicleAssignment {
        centre: centre.centre.to_wire(),
        version: centre.version,
        time_zone_minutes: Some(names.time_zone_minutes),
        state: vehicle.state().to_wire(),
        pause: pause(vehicle),
        crew: vehicle.crew.to_wire(),
        pause_returns_to: pause_returns_to(vehicle),
        messages: messages(&vehicle.messages),
        log: vehicle_log(&vehicle.log),
        sos: sos(vehicle),
        order: contested.or(running).map(|(incident, task)| order(incident, task, names)),
        contested: vehicle.standing_report().is_some(),
        next: match contested {
            Some(_) => running.map(|(incident, task)| waiting_order(incident, task, names)),
            None => vehicle.follow_on.as_ref().and_then(|next| promised(centre, next, names)),
        },
        move_to: move_order(vehicle, &names.stations),
        movements: movements(vehicle),
        last_ended: ended
            .filter(|_| contested.is_none())
            .and_then(|task| ended_order(centre, task)),
    })
}

/// An order that was given while the crew has a patient of another one.
fn waiting_order(incident: &Incident, task: &Task, names: &RegionNames) -> NextOrder {
    let given_at = task.milestones.get(Milestone::Created).map_or(0, |stamp| stamp.at().0);
    let acknowledged = task.milestones.latest() >= Milestone::OrderReceived;
    NextOrder { given_at, acknowledged, ..next_order(incident, names) }
}

fn promised(centre: &CentreState, next: &FollowOn, names: &RegionNames) -> Option<NextOrder> {
    let incident = centre.incidents.get(&next.incident)?;
    Some(NextOrder {
        given_at: next.given_at.0,
        expires_at: Some(next.expires_at.0),
        acknowledged: next.acknowledged.is_some(),
        changed_at: next.changed_at.to_wire(),
        ..next_order(incident, names)
    })
}

fn next_order(incident: &Incident, names: &RegionNames) -> NextOrder {
    let facts = &incident.facts;
    NextOrder {
        incident: incident.id.to_wire(),
        number: names.numbers.number(&incident.id),
        given_at: 0,
        expires_at: None,
        acknowledged: false,
        changed_at: None,
        exercise: facts.test,
        kind: facts.kind.to_wire(),
        priority: facts.priority.to_wire(),
        scene: facts.scene.to_wire(),
        waiting: facts.waiting.to_wire(),
        complaint: facts.complaint.clone(),
    }
}

/// What the core makes of the vehicle when its pause ends.
fn pause_returns_to(vehicle: &Vehicle) -> Option<wire_protocol::vocabulary::VehicleState> {
    match &vehicle.duty {
        Duty::Paused { standby: Standby::OnRoad { .. }, .. } => {
            Some(VehicleState::AvailableOnRoad.to_wire())
        }
        Duty::Paused { standby: Standby::AtStation, .. } => {
            Some(VehicleState::AvailableAtStation.to_wire())
        }
        Duty::OnTask { .. }
        | Duty::AvailableOnRoad { .. }
        | Duty::AvailableAtStation
        | Duty::OffDuty => None,
    }
}

fn order(incident: &Incident, task: &Task, names: &RegionNames) -> DispatchOrder {
    let sheet = incident.order_sheet();
    let (facts, hospitals) = (&sheet.facts, &names.hospitals);
    DispatchOrder {
        task: task.id.to_wire(),
        incident: incident.id.to_wire(),
        number: names.numbers.number(&incident.id),
        created_at: task.milestones.get(Milestone::Created).map_or(0, |stamp| stamp.at().0),
        expires_at: task.order_expires_at.0,
        device_received: task.device_receipt.is_some(),
        reached: reached(task),
        exercise: facts.test,
        kind: facts.kind.to_wire(),
        priority: facts.priority.to_wire(),
        scene: facts.scene.to_wire(),
        waiting: facts.waiting.to_wire(),
        destination: facts.destination.to_wire(),
        destination_name: facts.destination.as_ref().and_then(|id| hospitals.name(id)),
        complaint: facts.complaint.clone(),
        appointment_at: facts.appointment_at.to_wire(),
        contact_name: sheet.contact_name,
        phone: sheet.phone,
        patient_name: sheet.patient.name,
        patient_sex: sheet.patient.sex.to_wire(),
        patient_age_years: sheet.patient.age_years,
        patient_count: sheet.patient_count,
        stretcher: sheet.stretcher,
        special_needs: sheet.special_needs,
        hazards: facts.hazards.iter().map(ToWire::to_wire).collect(),
        notes: sheet.notes,
        with_vehicles: incident
            .running_tasks()
            .filter(|other| other.id != task.id && other.is_coming())
            .map(|other| other.vehicle.to_wire())
            .collect(),
        hospitals: facts.meeting_place().position.map_or_else(Vec::new, |at| hospitals.near(at)),
        changes: task.changes.to_wire(),
    }
}

fn reached(task: &Task) -> Vec<ReachedMilestone> {
    task.milestones
        .iter()
        .map(|(milestone, stamp)| ReachedMilestone {
            milestone: milestone.to_wire(),
            at: stamp.at().0,
        })
        .collect()
}

fn ended_order(centre: &CentreState, task: &TaskId) -> Option<EndedOrder> {
    let (_, task) = centre.task(task)?;
    let (how, at) = match &task.end {
        TaskEnd::Running => return None,
        TaskEnd::Finished => {
            (EndedHow::Finished, task.milestones.get(Milestone::Finished).map_or(0, |s| s.at().0))
        }
        TaskEnd::Aborted { reason, at } if reason.reason == AbortReason::IncidentCancelled => {
            (EndedHow::Cancelled, at.0)
        }
        TaskEnd::Aborted { reason: _, at } => (EndedHow::Aborted, at.0),
        TaskEnd::Diverted { to: _, reason: _, at } => (EndedHow::Diverted, at.0),
    };
    Some(EndedOrder { task: task.id.to_wire(), how, at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dispatch_core::state::TaskStage;

    /// A terminal without network shows what the centre would show.
    #[test]
    fn the_terminals_table_of_states_is_the_cores() {
        for milestone in Milestone::ALL {
            let state = match (TaskStage::after(milestone), milestone) {
                (Some(stage), _) => stage.vehicle_state(),
                (None, Milestone::BackAtStation) => VehicleState::AvailableAtStation,
                (None, _) => VehicleState::AvailableOnRoad,
            };
            assert_eq!(milestone.to_wire().vehicle_state(), state.to_wire(), "{milestone:?}");
        }
    }
}
