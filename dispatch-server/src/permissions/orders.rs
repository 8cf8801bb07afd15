//! Which role may give which command: the classes of the core's table of commands, given to roles.

use dispatch_core::model::{CallOutcome, Command as Core, GivenBy, IncidentId};
use dispatch_core::{CentreState, takes_help_away};
use dispatch_desk::desk::Bar;
use wire_protocol::commands::Command;
use wire_protocol::vocabulary::Role;

/// Whether a role may give a command. Call-takers write down calls and what became of them; sending and
/// moving vehicles is for dispatchers and those above them; what terminals and the server do by themselves is
/// for no role.
pub fn may_issue(role: Role, command: &Command) -> bool {
    match Core::given_by(command.name()) {
        Some(GivenBy::CallTaker) => takes_calls(role),
        Some(GivenBy::Dispatcher) => sends_vehicles(role),
        Some(GivenBy::Supervisor) => supervises(role),
        Some(GivenBy::Crew | GivenBy::Server) | None => false,
    }
}

/// What a role may not do as things stand, beside what [`may_issue`] never lets it do.
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
    let ends = if let Core::TakeCall(call) = command {
        ends_its_incident(&call.outcome) && call.link_to.as_ref().is_some_and(runs)
    } else {
        takes_help_away(state, command)
    };
    ends.then_some("vehicles are under way to this incident: only a dispatcher may call them back")
}

fn ends_its_incident(outcome: &CallOutcome) -> bool {
    match outcome {
        CallOutcome::Suspended(_)
        | CallOutcome::Refused(_)
        | CallOutcome::Cancelled(_)
        | CallOutcome::Reassigned(_) => true,
        CallOutcome::Open
        | CallOutcome::Dispatched
        | CallOutcome::Consultation
        | CallOutcome::Nuisance
        | CallOutcome::Repeat => false,
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

fn supervises(role: Role) -> bool {
    match role {
        Role::Supervisor | Role::RegionalDutyOfficer => true,
        Role::CallTaker | Role::Dispatcher | Role::Hospital | Role::Administrator => false,
    }
}
