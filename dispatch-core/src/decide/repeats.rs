//! Acts that come twice, acts that come too early, and terminals that speak for another vehicle.

use crate::model::*;
use crate::state::CentreState;

/// Whether this very act is in the journal already.
pub(super) fn is_recorded(state: &CentreState, context: &ActContext) -> Result<bool, Rejection> {
    match &context.origin {
        Origin::CrewTerminal { vehicle, outbox, number } => {
            let recorded = state
                .vehicles
                .get(vehicle)
                .ok_or_else(|| Rejection::UnknownVehicle { vehicle: vehicle.clone() })?
                .acts_recorded(outbox);
            let expected = recorded + 1;
            if *number == 0 || *number > expected {
                return Err(Rejection::ActGap { number: *number, expected });
            }
            Ok(*number <= recorded)
        }
        Origin::Person { .. } | Origin::Automatic { .. } => {
            Ok(context.act_id.as_ref().is_some_and(|act| state.acts.knows(act)))
        }
    }
}

/// A terminal may act only for the vehicle it is built into, and only as a crew may.
pub(super) fn speaks_for_itself(
    state: &CentreState,
    command: &Command,
    context: &ActContext,
) -> Result<(), Rejection> {
    let Origin::CrewTerminal { vehicle: own, .. } = &context.origin else {
        return Ok(());
    };
    match speaker(state, command) {
        Speaker::Centre => Err(Rejection::NotForCrews),
        Speaker::CrewOf(vehicle) if vehicle != own => {
            Err(Rejection::NotYourVehicle { vehicle: vehicle.clone() })
        }
        Speaker::CrewOf(_) | Speaker::CrewOfUnknownTask => Ok(()),
    }
}

/// Who may give an order besides the centre, which may give any.
enum Speaker<'a> {
    Centre,
    CrewOf(&'a VehicleId),
    CrewOfUnknownTask,
}

fn speaker<'a>(state: &'a CentreState, command: &'a Command) -> Speaker<'a> {
    match command {
        Command::RecordDeviceReceipt { task }
        | Command::ReachMilestone { task, .. }
        | Command::CorrectMilestone { task, .. }
        | Command::UndoMilestone { task, .. }
        | Command::AbortTask { task, .. } => match state.task(task) {
            Some((_, task)) => Speaker::CrewOf(&task.vehicle),
            None => Speaker::CrewOfUnknownTask,
        },
        Command::PauseVehicle { vehicle, .. }
        | Command::ResumeVehicle { vehicle }
        | Command::GoOffDuty { vehicle }
        | Command::GoOnDuty { vehicle }
        | Command::ReturnToStation { vehicle }
        | Command::AssignCrew { vehicle, .. }
        | Command::AcknowledgeFollowOn { vehicle, .. }
        | Command::RaiseSos { vehicle } => Speaker::CrewOf(vehicle),
        Command::TakeCall(_)
        | Command::AmendIncident { .. }
        | Command::SuspendIncident { .. }
        | Command::ResumeIncident { .. }
        | Command::RefuseIncident { .. }
        | Command::CancelIncident { .. }
        | Command::CloseIncident { .. }
        | Command::ReopenIncident { .. }
        | Command::AddNote { .. }
        | Command::DispatchVehicles { .. }
        | Command::RedirectVehicle { .. }
        | Command::HandOverVehicle { .. }
        | Command::TakeOverVehicle { .. }
        | Command::ConfirmHandOver { .. }
        | Command::ClearSos { .. }
        | Command::SettleCrewReport { .. }
        | Command::SeeRefusedPresses { .. }
        | Command::GiveFollowOn { .. }
        | Command::WithdrawFollowOn { .. }
        | Command::EnrolVehicle { .. }
        | Command::AmendVehicle { .. }
        | Command::RetireVehicle { .. }
        | Command::CorrectClock => Speaker::Centre,
    }
}
