//! Deadlines of an order: the terminal's receipt, the crew's acknowledgement, departure, and the crew's
//! acknowledgement of what changed in it.

use super::deadline::{Deadline, DeadlineKind, Subject};
use super::figures::departure;
use super::norms::Norms;
use crate::state::{Incident, Task, TaskStage};

/// What should happen next on a task: until its vehicle has departed, later steps being watched by
/// [`super::deadlines_of_vehicle`], and whenever its order changed.
pub fn deadlines_of_task(incident: &Incident, task: &Task, norms: &Norms) -> Vec<Deadline> {
    let Some((sent_at, departure)) = task.sent_at().zip(departure(incident, task, norms)) else {
        return Vec::new();
    };
    // An order sent again has its receipt and its answer due anew; its departure is as late as it is.
    let deadline = |start, seconds, kind| Deadline {
        test: incident.facts.test,
        ..Deadline::after(start, seconds, kind, Subject::Task(task.id.clone()), norms)
    };
    let departure = || deadline(departure.from, norms.departure_seconds, DeadlineKind::Departure);
    // Before the order itself is acknowledged its own deadline says all.
    let change = task.changed_since().map(|since| {
        deadline(since, norms.crew_acknowledgement_seconds, DeadlineKind::OrderChange)
    });
    match task.stage() {
        Some(TaskStage::Assigned) => {
            let receipt = task.device_receipt.is_none();
            receipt
                .then(|| {
                    deadline(sent_at, norms.device_receipt_seconds, DeadlineKind::DeviceReceipt)
                })
                .into_iter()
                .chain([
                    deadline(
                        sent_at,
                        norms.crew_acknowledgement_seconds,
                        DeadlineKind::CrewAcknowledgement,
                    ),
                    departure(),
                ])
                .collect()
        }
        Some(TaskStage::OrderReceived) => [departure()].into_iter().chain(change).collect(),
        Some(
            TaskStage::ToScene
            | TaskStage::AtScene
            | TaskStage::PatientOnBoard
            | TaskStage::AtHospital,
        ) => change.into_iter().collect(),
        None => Vec::new(),
    }
}
