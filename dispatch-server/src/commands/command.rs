//! The order itself, from wire to core.

use super::check::{Checks, id, moment};
use crate::api_error::ApiError;
use crate::views::{FromWire, log_entry_from_wire};
use dispatch_core::model::{
    self, CentreId, Command as Core, CrewMember, MessageAct, TakeCall, VehicleId,
};
use wire_protocol::commands::{self, Command};
use wire_protocol::recommendation::{OfferRecord, TravelMethod};

/// What the desk is asked: an order to one centre, or a vehicle to be lent, which concerns two.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadCommand {
    /// An order to one centre.
    AtCentre(Box<Core>),
    /// A vehicle to be lent.
    Lend {
        /// Which vehicle.
        vehicle: VehicleId,
        /// To which centre.
        to: CentreId,
        /// What is said with it.
        note: String,
    },
}

impl Checks<'_> {
    pub(super) fn command(&self, command: Command) -> Result<ReadCommand, ApiError> {
        let incident = |text: &str| id("incident", text);
        let vehicle = |text: &str| id("vehicle", text);
        let task = |text: &str| id("task", text);
        Ok(ReadCommand::AtCentre(Box::new(match command {
            Command::LendVehicle { vehicle, to, note } => {
                let (vehicle, to) = (id("vehicle", &vehicle)?, self.centre("to", &to)?);
                return Ok(ReadCommand::Lend { vehicle, to, note: self.text("note", note)? });
            }
            Command::TakeCall { link_to, facts, details, outcome, vehicles_wanted } => {
                Core::TakeCall(Box::new(TakeCall {
                    link_to: link_to.map(|it| id("link_to", &it)).transpose()?,
                    facts: self.facts(*facts)?,
                    details: self.details(*details)?,
                    outcome: self.outcome(outcome)?,
                    vehicles_wanted,
                }))
            }
            Command::SeparateCall { incident: it, call } => {
                Core::SeparateCall { incident: incident(&it)?, call_id: id("call", &call)? }
            }
            Command::ChangeOutcome { incident: it, call, outcome } => Core::ChangeOutcome {
                incident: incident(&it)?,
                call_id: id("call", &call)?,
                outcome: self.outcome(Some(outcome))?,
            },
            Command::AmendIncident { incident: it, changes } => Core::AmendIncident {
                incident: incident(&it)?,
                changes: Box::new(self.changes(*changes)?),
            },
            Command::SuspendIncident { incident: it, reason, note } => Core::SuspendIncident {
                incident: incident(&it)?,
                reason: self.reasoned(reason.to_core(), note)?,
            },
            Command::ResumeIncident { incident: it } => {
                Core::ResumeIncident { incident: incident(&it)? }
            }
            Command::RefuseIncident { incident: it, reason, note } => Core::RefuseIncident {
                incident: incident(&it)?,
                reason: self.reasoned(reason.to_core(), note)?,
            },
            Command::CancelIncident { incident: it, reason, note, confirmed } => {
                Core::CancelIncident {
                    incident: incident(&it)?,
                    reason: self.reasoned(reason.to_core(), note)?,
                    confirmed,
                }
            }
            Command::CloseIncident { incident: it } => {
                Core::CloseIncident { incident: incident(&it)? }
            }
            Command::ReopenIncident { incident: it, note } => {
                Core::ReopenIncident { incident: incident(&it)?, note: self.text("note", note)? }
            }
            Command::WantVehicles { incident: it, vehicles } => {
                Core::WantVehicles { incident: incident(&it)?, vehicles }
            }
            Command::AccountForPatients { incident: it, carried, patients, note } => {
                Core::AccountForPatients {
                    incident: incident(&it)?,
                    carried: carried.to_core(),
                    patients: patients.to_core(),
                    note: self.text("note", note)?,
                }
            }
            Command::AcknowledgeOrderChange { task: it, through } => {
                Core::AcknowledgeOrderChange { task: task(&it)?, through }
            }
            Command::ResendOrder { task: it } => Core::ResendOrder { task: task(&it)? },
            Command::AddNote { incident: it, text } => {
                Core::AddNote { incident: incident(&it)?, text: self.text("text", text)? }
            }
            Command::DispatchVehicles { incident: it, vehicles, offer } => Core::DispatchVehicles {
                incident: incident(&it)?,
                vehicles: vehicles.iter().map(|it| vehicle(it)).collect::<Result<_, _>>()?,
                offer: offer.map(|offer| self.offer(offer)).transpose()?,
            },
            Command::DivertVehicle { vehicle: it, to_incident, reason, note, confirmed } => {
                Core::DivertVehicle {
                    vehicle: vehicle(&it)?,
                    to_incident: id("to_incident", &to_incident)?,
                    reason: self.reasoned(reason.to_core(), note)?,
                    confirmed,
                }
            }
            Command::RecordMilestone { task: it, milestone, details } => Core::RecordMilestone {
                task: task(&it)?,
                milestone: milestone.to_core(),
                details: self.told(details)?,
            },
            Command::CorrectMilestone { task: it, milestone, truly_at, note } => {
                Core::CorrectMilestone {
                    task: task(&it)?,
                    milestone: milestone.to_core(),
                    truly_at: moment("truly_at", truly_at)?,
                    note: self.text("note", note)?,
                }
            }
            Command::CorrectDetails { task: it, changes, note } => Core::CorrectDetails {
                task: task(&it)?,
                changes: Box::new(self.detail_changes(*changes)?),
                note: self.text("note", note)?,
            },
            Command::UndoMilestone { task: it, milestone } => {
                Core::UndoMilestone { task: task(&it)?, milestone: milestone.to_core() }
            }
            Command::AbortTask { task: it, reason, note, confirmed } => Core::AbortTask {
                task: task(&it)?,
                reason: self.reasoned(reason.to_core(), note)?,
                confirmed,
            },
            Command::PauseVehicle { vehicle: it, reason, note } => Core::PauseVehicle {
                vehicle: vehicle(&it)?,
                reason: self.reasoned(reason.to_core(), note)?,
            },
            Command::ResumeVehicle { vehicle: it } => {
                Core::ResumeVehicle { vehicle: vehicle(&it)? }
            }
            Command::GoOffDuty { vehicle: it } => Core::GoOffDuty { vehicle: vehicle(&it)? },
            Command::GoOnDuty { vehicle: it } => Core::GoOnDuty { vehicle: vehicle(&it)? },
            Command::ReturnToStation { vehicle: it } => {
                Core::ReturnToStation { vehicle: vehicle(&it)? }
            }
            Command::AssignCrew { vehicle: it, crew } => Core::AssignCrew {
                vehicle: vehicle(&it)?,
                crew: crew
                    .into_iter()
                    .map(|member| self.member(member))
                    .collect::<Result<_, _>>()?,
            },
            Command::SettleCrewReport { vehicle: it, keep, note } => Core::SettleCrewReport {
                vehicle: vehicle(&it)?,
                keep,
                note: self.text("note", note)?,
            },
            Command::SeeRefusedPresses { vehicle: it } => {
                Core::SeeRefusedPresses { vehicle: vehicle(&it)? }
            }
            Command::GiveFollowOn { vehicle: it, incident: to } => {
                Core::GiveFollowOn { vehicle: vehicle(&it)?, incident: incident(&to)? }
            }
            Command::WithdrawFollowOn { vehicle: it } => {
                Core::WithdrawFollowOn { vehicle: vehicle(&it)? }
            }
            Command::AcceptMove { vehicle: it, number } => {
                Core::AcceptMove { vehicle: vehicle(&it)?, number }
            }
            Command::IgnoreMove { vehicle: it, number, reason, note } => Core::IgnoreMove {
                vehicle: vehicle(&it)?,
                number,
                reason: self.reasoned(reason.to_core(), note)?,
            },
            Command::GiveMove { vehicle: it, station } => Core::GiveMove {
                vehicle: vehicle(&it)?,
                station: self.station("station", &station)?,
            },
            Command::AcknowledgeMove { vehicle: it, station } => Core::AcknowledgeMove {
                vehicle: vehicle(&it)?,
                station: self.station("station", &station)?,
            },
            Command::WithdrawMove { vehicle: it } => Core::WithdrawMove { vehicle: vehicle(&it)? },
            Command::SetMoveAdvice { advice } => Core::SetMoveAdvice { advice: advice.to_core() },
            Command::LogVehicle { vehicle: it, entry } => {
                let entry = log_entry_from_wire(entry, |note| self.text("note", note))?;
                Core::LogVehicle { vehicle: vehicle(&it)?, entry }
            }
            Command::SendMessage { vehicle: it, text } => Core::Message {
                vehicle: vehicle(&it)?,
                act: MessageAct::Send { text: self.message(text)? },
            },
            Command::AnswerCrew { vehicle: it, through, text } => Core::Message {
                vehicle: vehicle(&it)?,
                act: MessageAct::Answer { through, text: self.message(text)? },
            },
            Command::ClearSos { vehicle: it, note } => {
                Core::ClearSos { vehicle: vehicle(&it)?, note: self.text("note", note)? }
            }
        })))
    }

    fn member(&self, member: commands::CrewMember) -> Result<CrewMember, ApiError> {
        Ok(CrewMember {
            person: id("person", &member.person)?,
            name: self.name("name", member.name)?,
            role: member.role.to_core(),
            shift: member.shift.map(FromWire::to_core),
        })
    }

    fn told(&self, told: commands::MilestoneDetails) -> Result<model::MilestoneDetails, ApiError> {
        Ok(model::MilestoneDetails {
            hospital: self.hospital("hospital", told.hospital)?,
            patients_carried: told.patients_carried,
            distance_km: told.distance_km,
            patients: told.patients.to_core(),
        })
    }

    fn offer(&self, offer: OfferRecord) -> Result<model::OfferRecord, ApiError> {
        if offer.offered.len() > self.limits.offered_vehicles {
            return Err(ApiError::bad_field("offered", "is too long")
                .with("most", self.limits.offered_vehicles));
        }
        let offered = offer.offered.into_iter().map(|line| {
            let vehicle = id("vehicle", &line.vehicle)?;
            Ok(model::OfferedVehicle {
                vehicle,
                rank: line.rank,
                total_seconds: line.total_seconds,
            })
        });
        let method = match offer.method {
            TravelMethod::StraightLine => "straight_line",
            TravelMethod::Road => "road",
        };
        Ok(model::OfferRecord {
            offered: offered.collect::<Result<_, ApiError>>()?,
            method: method.to_owned(),
        })
    }
}
