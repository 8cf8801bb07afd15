//! Dangers that a person is warned of before an order ends or diverts help. The warning is a refusal that
//! names the danger; the same order with the matching [`Confirmation`] is carried out and records it.
//!
//! A crew is not asked: it stands beside its patient and knows.

use super::draft::Draft;
use crate::model::*;
use crate::state::{Task, TaskStage};

/// Asks before vehicles are called away whose crews are at the scene: there may be a patient with them.
pub(super) fn crews_at_scene<'a>(
    draft: &Draft,
    tasks: impl Iterator<Item = &'a Task>,
) -> Result<(), Rejection> {
    let vehicles: Vec<VehicleId> = tasks
        .filter(|task| task.stage() == Some(TaskStage::AtScene) && !is_exercise(draft, task))
        .map(|task| task.vehicle.clone())
        .collect();
    if vehicles.is_empty() {
        return Ok(());
    }
    unless_confirmed(draft, Rejection::CrewAtScene { vehicles })
}

/// Asks before a task is ended whose vehicle has a patient on board or is handing one over.
pub(super) fn patient_on_board(draft: &Draft, task: &Task) -> Result<(), Rejection> {
    if !task.stage().is_some_and(TaskStage::has_patient) || is_exercise(draft, task) {
        return Ok(());
    }
    unless_confirmed(draft, Rejection::AbortWithPatient { vehicle: task.vehicle.clone() })
}

/// An exercise has no patient: its vehicles are called away without a question.
fn is_exercise(draft: &Draft, task: &Task) -> bool {
    let incident = draft.state.incidents.get(&task.incident);
    incident.is_some_and(|incident| incident.facts.test)
}

/// The warning, unless it was confirmed or a crew or a rule gave the order.
pub(super) fn unless_confirmed(draft: &Draft, warning: Rejection) -> Result<(), Rejection> {
    let Some(needed) = warning.confirmation() else {
        return Err(warning);
    };
    let asked = match draft.context.origin {
        Origin::Person { .. } => true,
        Origin::CrewTerminal { .. } | Origin::Automatic { .. } => false,
    };
    if asked && !draft.context.confirmed.iter().any(|given| covers(given, &needed)) {
        return Err(warning);
    }
    Ok(())
}

/// Whether a confirmation names all of the danger.
fn covers(given: &Confirmation, needed: &Confirmation) -> bool {
    match (given, needed) {
        (
            Confirmation::CrewAtScene { vehicles: given },
            Confirmation::CrewAtScene { vehicles: needed },
        ) => needed.iter().all(|vehicle| given.contains(vehicle)),
        (
            Confirmation::CrewAtScene { .. }
            | Confirmation::PatientOnBoard { .. }
            | Confirmation::PatientsUnaccounted { .. },
            _,
        ) => given == needed,
    }
}
