//! What a crew pressed, as an order to the centre.

use crate::live::limits::MOST_ID_CHARS;
use crate::views::{FromWire, log_entry_from_wire};
use dispatch_core::Limits;
use dispatch_core::model::{
    Command, CrewMember, HospitalId, IncidentId, MessageAct, MilestoneDetails, PersonId, Reasoned,
    StationId, TaskId, VehicleId,
};
use dispatch_core::text::{line_of_report, lines_of_report};
use std::convert::Infallible;
use wire_protocol::agent::CrewCommand;
use wire_protocol::commands;

/// The core's command of what a crew pressed. Nothing pressed is dropped here: what makes no sense becomes a command that
/// the rules refuse, so that the refusal is recorded and told.
pub fn core_command(vehicle: &VehicleId, command: CrewCommand) -> Command {
    let vehicle = vehicle.clone();
    match command {
        CrewCommand::DeviceReceipt { task } => {
            Command::RecordDeviceReceipt { task: task_id(&task) }
        }
        CrewCommand::Milestone { task, milestone: reached, details: told } => {
            Command::RecordMilestone {
                task: task_id(&task),
                milestone: reached.to_core(),
                details: details(told),
            }
        }
        CrewCommand::Undo { task, milestone: last } => {
            Command::UndoMilestone { task: task_id(&task), milestone: last.to_core() }
        }
        CrewCommand::Abort { task, reason, note } => Command::AbortTask {
            task: task_id(&task),
            reason: Reasoned { reason: reason.to_core(), note: kept_note(&note) },
            confirmed: false,
        },
        CrewCommand::Pause { reason, note } => Command::PauseVehicle {
            vehicle,
            reason: Reasoned { reason: reason.to_core(), note: kept_note(&note) },
        },
        CrewCommand::Resume => Command::ResumeVehicle { vehicle },
        CrewCommand::OffDuty => Command::GoOffDuty { vehicle },
        CrewCommand::OnDuty => Command::GoOnDuty { vehicle },
        CrewCommand::ReturnedToStation => Command::ReturnToStation { vehicle },
        CrewCommand::AcknowledgeNext { incident } => {
            let incident = IncidentId::new(cut(&incident));
            Command::AcknowledgeFollowOn { vehicle, incident }
        }
        CrewCommand::AcknowledgeMove { station } => {
            Command::AcknowledgeMove { vehicle, station: StationId::new(cut(&station)) }
        }
        CrewCommand::AcknowledgeChange { task, through } => {
            Command::AcknowledgeOrderChange { task: task_id(&task), through }
        }
        CrewCommand::SignOn { crew } => {
            Command::AssignCrew { vehicle, crew: crew.into_iter().map(member).collect() }
        }
        CrewCommand::ReadMessages { through } => {
            Command::Message { vehicle, act: MessageAct::Read { through } }
        }
        CrewCommand::WriteToCentre { need, text } => Command::Message {
            vehicle,
            act: MessageAct::Write { need: need.map(FromWire::to_core), text: kept_note(&text) },
        },
        CrewCommand::LogVehicle { entry } => {
            let note = |note: String| Ok::<_, Infallible>(kept_note(&note));
            let Ok(entry) = log_entry_from_wire(entry, note);
            Command::LogVehicle { vehicle, entry }
        }
        CrewCommand::Sos => Command::RaiseSos { vehicle },
    }
}

/// An id cut to a length that no id of ours has: the journal keeps what was asked for, not a novel. A hospital
/// that the region does not have is kept as the words that the crew wrote.
fn cut(text: &str) -> String {
    line_of_report(text, MOST_ID_CHARS)
}

/// Who has no card goes by the name.
fn member(told: commands::CrewMember) -> CrewMember {
    let commands::CrewMember { person, name, role, shift } = told;
    let name = line_of_report(&name, Limits::default().name_chars);
    let person = if person.trim().is_empty() { name.clone() } else { cut(&person) };
    let person = PersonId::new(person);
    CrewMember { person, name, role: role.to_core(), shift: shift.map(FromWire::to_core) }
}

fn kept_note(note: &str) -> String {
    lines_of_report(note, Limits::default().text_chars)
}

fn task_id(text: &str) -> TaskId {
    TaskId::new(cut(text))
}

fn details(told: commands::MilestoneDetails) -> MilestoneDetails {
    MilestoneDetails {
        hospital: told.hospital.as_deref().map(|id| HospitalId::new(cut(id))),
        patients_carried: told.patients_carried,
        distance_km: told.distance_km,
        patients: told.patients.to_core(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// Every text of a crew's command, replaced by `with`.
    fn spoil(value: &mut Value, with: &str) {
        match value {
            Value::String(text) => with.clone_into(text),
            Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, with)),
            Value::Object(fields) => {
                let free = [
                    "task", "note", "incident", "hospital", "details", "station", "crew", "person",
                    "name", "text", "entry",
                ];
                let inner = fields.iter_mut().filter(|(name, _)| free.contains(&name.as_str()));
                inner.for_each(|(_, value)| spoil(value, with));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    #[test]
    fn nothing_that_hides_or_breaks_is_kept_of_what_a_crew_wrote() {
        let commands = [
            json!({ "type": "device_receipt", "task": "t" }),
            json!({ "type": "milestone", "task": "t", "milestone": "at_hospital", "details": { "hospital": "h" } }),
            json!({ "type": "undo", "task": "t", "milestone": "departed" }),
            json!({ "type": "abort", "task": "t", "reason": "other", "note": "n" }),
            json!({ "type": "pause", "reason": "meal", "note": "n" }),
            json!({ "type": "acknowledge_next", "incident": "i" }),
            json!({ "type": "acknowledge_move", "station": "s" }),
            json!({ "type": "write_to_centre", "need": "police", "text": "t" }),
            json!({ "type": "log_vehicle", "entry": { "type": "checked", "odometer_km": 1, "note": "n" } }),
            json!({ "type": "sign_on", "crew": [{ "person": "p", "name": "n", "role": "driver" }] }),
        ];
        for mut command in commands {
            spoil(&mut command, "东大街\0\u{202e}12\u{e0041}\u{200b}\u{1b}号");
            let command: CrewCommand = serde_json::from_value(command).unwrap();
            let told = format!("{:?}", core_command(&VehicleId::from("YC-01-1"), command));
            assert!(told.contains("东大街\u{fffd}12\u{fffd}号"), "{told}");
        }
    }
}
