//! One vehicle's task as consoles hold it.

use super::{ToWire, words::word};
use dispatch_core::state::{NotComing, Task, TaskEnd};
use wire_protocol::details;
use wire_protocol::views::{Deadline, MilestoneView, TaskStage, TaskView};

/// A task with what is due on it. What was offered when its vehicle was chosen stands in the log,
/// not here: the state does not keep it.
pub fn task(task: &Task, deadlines: Vec<Deadline>) -> TaskView {
    let (stage, end_reason, end_note) = ending(&task.end);
    let milestones = task
        .milestones
        .iter()
        .map(|(milestone, stamp)| MilestoneView {
            milestone: milestone.to_wire(),
            stamp: stamp.to_wire(),
        })
        .collect();
    TaskView {
        id: task.id.to_wire(),
        vehicle: task.vehicle.to_wire(),
        stage,
        end_reason,
        end_note,
        milestones,
        device_receipt: task.device_receipt.to_wire(),
        lapsed_at: task.lapsed_at.to_wire(),
        not_coming: task.not_coming.map(|why| match why {
            NotComing::Away => details::NotComing::Away,
            NotComing::OtherPatient => details::NotComing::OtherPatient,
        }),
        changes: task.changes.to_wire(),
        order_expires_at: task.order_expires_at.0,
        details: task.details.to_wire(),
        crew: task.crew.to_wire(),
        previous_task: task.previous_task.to_wire(),
        offer: None,
        deadlines,
    }
}

fn ending(end: &TaskEnd) -> (TaskStage, Option<String>, Option<String>) {
    match end {
        TaskEnd::Running => (TaskStage::Running, None, None),
        TaskEnd::Finished => (TaskStage::Finished, None, None),
        TaskEnd::Aborted { reason, at: _ } => {
            (TaskStage::Aborted, Some(word(reason.reason.to_wire())), some_words(&reason.note))
        }
        TaskEnd::Diverted { to: _, reason, at: _ } => {
            (TaskStage::Diverted, Some(word(reason.reason.to_wire())), some_words(&reason.note))
        }
    }
}

/// Words, unless there are none.
pub(super) fn some_words(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
