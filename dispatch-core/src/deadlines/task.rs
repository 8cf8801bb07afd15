//! Deadlines of an order: the terminal's receipt, the crew's acknowledgement, departure.

use super::deadline::{Deadline, DeadlineKind, Subject};
use super::measure::departure;
use super::norms::Norms;
use crate::state::{Incident, Task, TaskStage};

/// What should happen next on a task until its vehicle has departed; later steps are watched by
/// [`super::deadlines_of_vehicle`].
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
        Some(TaskStage::OrderReceived) => vec![departure()],
        Some(
            TaskStage::ToScene
            | TaskStage::AtScene
            | TaskStage::PatientOnBoard
            | TaskStage::AtHospital,
        )
        | None => Vec::new(),
    }
}
