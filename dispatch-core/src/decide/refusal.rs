//! What a crew pressed is kept even when it cannot be carried out.

use super::draft::Draft;
use super::repeats::{self, Known};
use crate::model::*;
use crate::rules::Rules;
use crate::state::CentreState;

/// The event that keeps a refused act of a crew, also counting it as received.
///
/// Nothing when there is nothing to keep: the act was not a crew's, it is recorded already, it must
/// be sent again in order ([`Rejection::ActGap`]), or the vehicle is not at this centre.
pub fn refusal_event(
    state: &CentreState,
    rules: &Rules,
    command: &Command,
    context: &ActContext,
    rejection: &Rejection,
) -> Option<Recorded> {
    let Origin::CrewTerminal { vehicle, .. } = &context.origin else {
        return None;
    };
    if !matches!(repeats::known(state, command, context), Ok(Known::No)) {
        return None;
    }
    let (act, task) = act_name(command);
    let mut draft = Draft::new(state, rules, context);
    draft.push(Event::CrewActRefused {
        vehicle: vehicle.clone(),
        act: act.to_owned(),
        task: task.cloned(),
        code: rejection.code().to_owned(),
        to_see: tells_something(state, command, rejection),
    });
    draft.into_events().pop()
}

/// Whether a dispatcher must see a refused press. Not what the device says by itself or of changes that
/// concern nobody any more, and not what holds already: a second press of the same key, a pause of a paused
/// vehicle.
fn tells_something(state: &CentreState, command: &Command, rejection: &Rejection) -> bool {
    let holds_already = if let Command::ReachMilestone { task, milestone, .. } = command {
        let known = |(_, task): (_, &crate::state::Task)| task.milestones.get(*milestone).is_some();
        state.task(task).is_some_and(known)
    } else {
        matches!(rejection, Rejection::AlreadyInState { .. })
    };
    let says_little = matches!(
        command,
        Command::RecordDeviceReceipt { .. } | Command::AcknowledgeOrderChange { .. }
    );
    !holds_already && !says_little
}

/// What was pressed, and the task it spoke of.
fn act_name(command: &Command) -> (&'static str, Option<&TaskId>) {
    match command {
        Command::ReachMilestone { task, milestone, .. } => (milestone.name(), Some(task)),
        Command::RecordDeviceReceipt { task } => ("device_receipt", Some(task)),
        Command::CorrectMilestone { task, .. } => ("correct_milestone", Some(task)),
        Command::UndoMilestone { task, .. } => ("undo_milestone", Some(task)),
        Command::AbortTask { task, .. } => ("abort_task", Some(task)),
        Command::TakeCall(_) => ("take_call", None),
        Command::AmendIncident { .. } => ("amend_incident", None),
        Command::SeparateCall { .. } => ("separate_call", None),
        Command::SuspendIncident { .. } => ("suspend_incident", None),
        Command::ResumeIncident { .. } => ("resume_incident", None),
        Command::RefuseIncident { .. } => ("refuse_incident", None),
        Command::CancelIncident { .. } => ("cancel_incident", None),
        Command::CloseIncident { .. } => ("close_incident", None),
        Command::ReopenIncident { .. } => ("reopen_incident", None),
        Command::WantVehicles { .. } => ("want_vehicles", None),
        Command::AccountForPatients { .. } => ("account_for_patients", None),
        Command::ResendOrder { task } => ("resend_order", Some(task)),
        Command::LapseOrder { task } => ("lapse_order", Some(task)),
        Command::AcknowledgeOrderChange { task, .. } => ("acknowledge_order_change", Some(task)),
        Command::AddNote { .. } => ("add_note", None),
        Command::DispatchVehicles { .. } => ("dispatch_vehicles", None),
        Command::RedirectVehicle { .. } => ("redirect_vehicle", None),
        Command::PauseVehicle { .. } => ("pause_vehicle", None),
        Command::ResumeVehicle { .. } => ("resume_vehicle", None),
        Command::GoOffDuty { .. } => ("go_off_duty", None),
        Command::GoOnDuty { .. } => ("go_on_duty", None),
        Command::ReturnToStation { .. } => ("return_to_station", None),
        Command::AssignCrew { .. } => ("assign_crew", None),
        Command::HandOverVehicle { .. } => ("hand_over_vehicle", None),
        Command::TakeOverVehicle { .. } => ("take_over_vehicle", None),
        Command::ConfirmHandOver { .. } => ("confirm_hand_over", None),
        Command::RaiseSos { .. } => ("raise_sos", None),
        Command::ClearSos { .. } => ("clear_sos", None),
        Command::SettleCrewReport { .. } => ("settle_crew_report", None),
        Command::SeeRefusedPresses { .. } => ("see_refused_presses", None),
        Command::GiveFollowOn { .. } => ("give_follow_on", None),
        Command::AcknowledgeFollowOn { .. } => ("acknowledge_follow_on", None),
        Command::WithdrawFollowOn { .. } => ("withdraw_follow_on", None),
        Command::NoteTerminalTrouble { .. } => ("note_terminal_trouble", None),
        Command::EnrolVehicle { .. } => ("enrol_vehicle", None),
        Command::AmendVehicle { .. } => ("amend_vehicle", None),
        Command::RetireVehicle { .. } => ("retire_vehicle", None),
        Command::CorrectClock => ("correct_clock", None),
        Command::RecordSetBack { .. } => ("record_set_back", None),
    }
}
