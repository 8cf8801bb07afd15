//! What a crew pressed is kept even when it cannot be carried out.

use super::draft::Draft;
use super::repeats::{self, Known};
use crate::model::*;
use crate::rules::Rules;
use crate::state::CentreState;

/// The event that keeps a refused command of a crew, also counting it as received.
///
/// Nothing when there is nothing to keep: the command was not a crew's, it is recorded already, it must
/// be sent again in order ([`Rejection::CommandGap`]), or the vehicle is not at this centre.
pub fn refusal_event(
    state: &CentreState,
    rules: &Rules,
    command: &Command,
    context: &CommandContext,
    rejection: &Rejection,
) -> Option<Recorded> {
    let Origin::CrewTerminal { vehicle, .. } = &context.origin else {
        return None;
    };
    if !matches!(repeats::known(state, command, context), Ok(Known::No)) {
        return None;
    }
    let (name, task) = command_name(command);
    let mut draft = Draft::new(state, rules, context);
    draft.push(Event::CrewActRefused {
        vehicle: vehicle.clone(),
        command: name.to_owned(),
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
    let holds_already = if let Command::RecordMilestone { task, milestone, .. } = command {
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
fn command_name(command: &Command) -> (&'static str, Option<&TaskId>) {
    let row = command.row();
    let task = if let About::Task(task) = row.about { Some(task) } else { None };
    let name = if let Command::RecordMilestone { milestone, .. } = command {
        milestone.name()
    } else {
        row.name
    };
    (name, task)
}
