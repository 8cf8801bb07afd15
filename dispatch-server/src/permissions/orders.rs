//! Which role may give which order.

use wire_protocol::acts::Command;
use wire_protocol::vocabulary::Role;

/// Whether a role may give an order. Call-takers write down calls and what became of them; sending and
/// moving vehicles is for dispatchers and those above them.
pub fn may_order(role: Role, command: &Command) -> bool {
    match command {
        Command::TakeCall { .. }
        | Command::AmendIncident { .. }
        | Command::SuspendIncident { .. }
        | Command::ResumeIncident { .. }
        | Command::RefuseIncident { .. }
        | Command::CancelIncident { .. }
        | Command::AddNote { .. } => takes_calls(role),
        Command::CloseIncident { .. }
        | Command::ReopenIncident { .. }
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
        Command::AmendIncident { .. } => "amend_incident",
        Command::SuspendIncident { .. } => "suspend_incident",
        Command::ResumeIncident { .. } => "resume_incident",
        Command::RefuseIncident { .. } => "refuse_incident",
        Command::CancelIncident { .. } => "cancel_incident",
        Command::CloseIncident { .. } => "close_incident",
        Command::ReopenIncident { .. } => "reopen_incident",
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
