//! Which role may give which order.

use crate::desk::Bar;
use dispatch_core::CentreState;
use dispatch_core::model::{AcceptanceOutcome, Command as Core, IncidentId};
use wire_protocol::acts::Command;
use wire_protocol::vocabulary::Role;

/// Whether a role may give an order. Call-takers write down calls and what became of them; sending and
/// moving vehicles is for dispatchers and those above them.
pub fn may_order(role: Role, command: &Command) -> bool {
    match command {
        Command::TakeCall { .. }
        | Command::SeparateCall { .. }
        | Command::AmendIncident { .. }
        | Command::SuspendIncident { .. }
        | Command::ResumeIncident { .. }
        | Command::RefuseIncident { .. }
        | Command::CancelIncident { .. }
        | Command::AddNote { .. } => takes_calls(role),
        Command::CloseIncident { .. }
        | Command::ReopenIncident { .. }
        | Command::WantVehicles { .. }
        | Command::AccountForPatients { .. }
        | Command::ResendOrder { .. }
        | Command::AcknowledgeOrderChange { .. }
        | Command::DispatchVehicles { .. }
        | Command::RedirectVehicle { .. }
        | Command::ReachMilestone { .. }
        | Command::CorrectMilestone { .. }
        | Command::UndoMilestone { .. }
        | Command::AbortTask { .. }
        | Command::PauseVehicle { .. }
        | Command::ResumeVehicle { .. }
        | Command::GoOffDuty { .. }
        | Command::GoOnDuty { .. }
        | Command::ReturnToStation { .. }
        | Command::AssignCrew { .. }
        | Command::LendVehicle { .. }
        | Command::SettleCrewReport { .. }
        | Command::SeeRefusedPresses { .. }
        | Command::GiveFollowOn { .. }
        | Command::WithdrawFollowOn { .. }
        | Command::ClearSos { .. } => sends_vehicles(role),
    }
}

/// What a role may not do as things stand, beside what [`may_order`] never lets it do.
pub fn bar_of(role: Role) -> Option<Bar> {
    match role {
        Role::CallTaker => Some(calls_vehicles_back),
        Role::Dispatcher
        | Role::Supervisor
        | Role::RegionalDutyOfficer
        | Role::Hospital
        | Role::Administrator => None,
    }
}

/// Why a call-taker may not end an incident to which vehicles are under way: whether they turn round, perhaps
/// from beside a patient, is for those who sent them.
fn calls_vehicles_back(state: &CentreState, command: &Core) -> Option<&'static str> {
    let runs = |id: &IncidentId| {
        let incident = state.incidents.get(id);
        incident.is_some_and(|incident| incident.running_tasks().next().is_some())
    };
    let ends = match command {
        Core::SuspendIncident { incident, .. }
        | Core::RefuseIncident { incident, .. }
        | Core::CancelIncident { incident, .. }
        | Core::CloseIncident { incident } => runs(incident),
        Core::TakeCall(call) => match call.outcome {
            AcceptanceOutcome::Suspended(_)
            | AcceptanceOutcome::Refused(_)
            | AcceptanceOutcome::Cancelled(_)
            | AcceptanceOutcome::Reassigned(_) => call.link_to.as_ref().is_some_and(runs),
            AcceptanceOutcome::Open
            | AcceptanceOutcome::Dispatched
            | AcceptanceOutcome::Consultation
            | AcceptanceOutcome::Nuisance
            | AcceptanceOutcome::Repeat => false,
        },
        Core::AmendIncident { .. }
        | Core::SeparateCall { .. }
        | Core::ResumeIncident { .. }
        | Core::ReopenIncident { .. }
        | Core::WantVehicles { .. }
        | Core::AccountForPatients { .. }
        | Core::ResendOrder { .. }
        | Core::LapseOrder { .. }
        | Core::AcknowledgeOrderChange { .. }
        | Core::AddNote { .. }
        | Core::DispatchVehicles { .. }
        | Core::RedirectVehicle { .. }
        | Core::RecordDeviceReceipt { .. }
        | Core::ReachMilestone { .. }
        | Core::CorrectMilestone { .. }
        | Core::UndoMilestone { .. }
        | Core::AbortTask { .. }
        | Core::PauseVehicle { .. }
        | Core::ResumeVehicle { .. }
        | Core::GoOffDuty { .. }
        | Core::GoOnDuty { .. }
        | Core::ReturnToStation { .. }
        | Core::AssignCrew { .. }
        | Core::HandOverVehicle { .. }
        | Core::TakeOverVehicle { .. }
        | Core::ConfirmHandOver { .. }
        | Core::RaiseSos { .. }
        | Core::ClearSos { .. }
        | Core::EnrolVehicle { .. }
        | Core::AmendVehicle { .. }
        | Core::SettleCrewReport { .. }
        | Core::SeeRefusedPresses { .. }
        | Core::GiveFollowOn { .. }
        | Core::AcknowledgeFollowOn { .. }
        | Core::WithdrawFollowOn { .. }
        | Core::CorrectClock
        | Core::RecordSetBack { .. }
        | Core::NoteTerminalTrouble { .. }
        | Core::RetireVehicle { .. } => false,
    };
    ends.then_some("vehicles are under way to this incident: only a dispatcher may call them back")
}

fn takes_calls(role: Role) -> bool {
    match role {
        Role::CallTaker => true,
        Role::Dispatcher
        | Role::Supervisor
        | Role::RegionalDutyOfficer
        | Role::Hospital
        | Role::Administrator => sends_vehicles(role),
    }
}

fn sends_vehicles(role: Role) -> bool {
    match role {
        Role::Dispatcher | Role::Supervisor | Role::RegionalDutyOfficer => true,
        Role::CallTaker | Role::Hospital | Role::Administrator => false,
    }
}

/// An order's name as on the wire, for logs and counters; says nothing of its content.
pub const fn order_name(command: &Command) -> &'static str {
    match command {
        Command::TakeCall { .. } => "take_call",
        Command::SeparateCall { .. } => "separate_call",
        Command::AmendIncident { .. } => "amend_incident",
        Command::SuspendIncident { .. } => "suspend_incident",
        Command::ResumeIncident { .. } => "resume_incident",
        Command::RefuseIncident { .. } => "refuse_incident",
        Command::CancelIncident { .. } => "cancel_incident",
        Command::CloseIncident { .. } => "close_incident",
        Command::ReopenIncident { .. } => "reopen_incident",
        Command::WantVehicles { .. } => "want_vehicles",
        Command::AccountForPatients { .. } => "account_for_patients",
        Command::ResendOrder { .. } => "resend_order",
        Command::AcknowledgeOrderChange { .. } => "acknowledge_order_change",
        Command::AddNote { .. } => "add_note",
        Command::DispatchVehicles { .. } => "dispatch_vehicles",
        Command::RedirectVehicle { .. } => "redirect_vehicle",
        Command::ReachMilestone { .. } => "reach_milestone",
        Command::CorrectMilestone { .. } => "correct_milestone",
        Command::UndoMilestone { .. } => "undo_milestone",
        Command::AbortTask { .. } => "abort_task",
        Command::PauseVehicle { .. } => "pause_vehicle",
        Command::ResumeVehicle { .. } => "resume_vehicle",
        Command::GoOffDuty { .. } => "go_off_duty",
        Command::GoOnDuty { .. } => "go_on_duty",
        Command::ReturnToStation { .. } => "return_to_station",
        Command::AssignCrew { .. } => "assign_crew",
        Command::LendVehicle { .. } => "lend_vehicle",
        Command::SettleCrewReport { .. } => "settle_crew_report",
        Command::SeeRefusedPresses { .. } => "see_refused_presses",
        Command::GiveFollowOn { .. } => "give_follow_on",
        Command::WithdrawFollowOn { .. } => "withdraw_follow_on",
        Command::ClearSos { .. } => "clear_sos",
    }
}
