//! Dangers that a person is warned of before an order ends or diverts help. The warning is a refusal that
//! names every danger at once; the same order with the matching [`Confirmation`]s is carried out and records them.
//!
//! A crew is not asked: it stands beside its patient and knows. Nor is anybody asked about the crews of an exercise,
//! which have no patient.

use super::draft::Draft;
use crate::model::*;
use crate::state::{Incident, Task, TaskStage};

/// The dangers of one order. Asked about last, after everything that nobody can overrule.
#[derive(Default)]
pub(super) struct Dangers(Vec<Rejection>);

impl Dangers {
    /// Vehicles would be called away whose crews are at the scene: there may be a patient with them.
    pub(super) fn crews_at_scene<'a>(
        mut self,
        draft: &Draft,
        tasks: impl IntoIterator<Item = &'a Task>,
    ) -> Self {
        let at_scene = |task: &&Task| task.stage() == Some(TaskStage::AtScene);
        let vehicles = vehicles_of(draft, tasks.into_iter().filter(at_scene));
        if !vehicles.is_empty() {
            self.0.push(Rejection::CrewAtScene { vehicles });
        }
        self
    }

    /// Vehicles would be called away while one of their crews is out of touch: it may have pressed "patient on board"
    /// already. `told` is what clients of an earlier release say instead of naming the danger.
    pub(super) fn crews_out_of_touch<'a>(
        mut self,
        draft: &Draft,
        tasks: impl IntoIterator<Item = &'a Task>,
        told: bool,
    ) -> Self {
        let vehicles = vehicles_of(draft, tasks);
        if draft.context.vehicle_online == Some(false) && !told && !vehicles.is_empty() {
            self.0.push(Rejection::CrewOutOfTouch { vehicles });
        }
        self
    }

    /// A task would end whose vehicle has a patient on board or is handing one over.
    pub(super) fn patient_on_board(mut self, draft: &Draft, task: &Task) -> Self {
        if task.stage().is_some_and(TaskStage::has_patient) && !is_exercise(draft, task) {
            self.0.push(Rejection::AbortWithPatient { vehicle: task.vehicle.clone() });
        }
        self
    }

    /// An incident would end over the heads of patients of whom nobody has told.
    pub(super) fn patients_left(mut self, incident: &Incident) -> Self {
        let unaccounted = incident.patients_unaccounted();
        if unaccounted > 0 {
            let (incident, reported) = (incident.id.clone(), incident.patients_reported());
            self.0.push(Rejection::PatientsUnaccounted { incident, reported, unaccounted });
        }
        self
    }

    /// Asks about all that the sender has not confirmed, in one question.
    pub(super) fn ask(self, draft: &Draft) -> Result<(), Rejection> {
        let asked = match draft.context.origin {
            Origin::Person { .. } => true,
            Origin::CrewTerminal { .. } | Origin::Automatic { .. } => false,
        };
        let is_confirmed = |danger: &Rejection| {
            let needed = danger.confirmation();
            let given = &draft.context.confirmed;
            needed.is_some_and(|needed| given.iter().any(|given| covers(given, &needed)))
        };
        let mut open: Vec<_> = self.0.into_iter().filter(|it| asked && !is_confirmed(it)).collect();
        match open.len() {
            0 => Ok(()),
            1 => open.pop().map_or(Ok(()), Err),
            _ => Err(Rejection::SeveralDangers { dangers: open }),
        }
    }
}

/// The vehicles of tasks that are no exercise.
fn vehicles_of<'a>(draft: &Draft, tasks: impl IntoIterator<Item = &'a Task>) -> Vec<VehicleId> {
    let real = tasks.into_iter().filter(|task| !is_exercise(draft, task));
    real.map(|task| task.vehicle.clone()).collect()
}

fn is_exercise(draft: &Draft, task: &Task) -> bool {
    let incident = draft.state.incidents.get(&task.incident);
    incident.is_some_and(|incident| incident.facts.test)
}

/// Whether a confirmation names all of the danger.
fn covers(given: &Confirmation, needed: &Confirmation) -> bool {
    match (given, needed) {
        (
            Confirmation::CrewAtScene { vehicles: given },
            Confirmation::CrewAtScene { vehicles: needed },
        )
        | (
            Confirmation::CrewOutOfTouch { vehicles: given },
            Confirmation::CrewOutOfTouch { vehicles: needed },
        ) => needed.iter().all(|vehicle| given.contains(vehicle)),
        (
            Confirmation::CrewAtScene { .. }
            | Confirmation::CrewOutOfTouch { .. }
            | Confirmation::PatientOnBoard { .. }
            | Confirmation::PatientsUnaccounted { .. },
            _,
        ) => given == needed,
    }
}
