//! The eight milestones of a task: forward only, skipping allowed, corrected by a second entry.

use super::by_rule::{close_if_done, reopen_if_left};
use super::check;
use super::draft::Draft;
use super::{follow_on, reports};
use crate::model::*;
use crate::state::{SceneCount, Stamp, Task, TaskEnd};

/// The terminal has the order on its screen.
pub(super) fn receive_order(draft: &mut Draft, task: &TaskId) -> Result<(), Rejection> {
    let (_, found) = draft.task(task)?;
    if !found.is_running() {
        return Err(Rejection::TaskOver { task: task.clone() });
    }
    draft.doubt_if_before(found.milestones.get(Milestone::Created));
    still_in_time(draft, found)?;
    draft.push(Event::DeviceReceiptRecorded { task: task.clone() });
    Ok(())
}

pub(super) fn reach(
    draft: &mut Draft,
    task: &TaskId,
    milestone: Milestone,
    details: &MilestoneDetails,
) -> Result<(), Rejection> {
    check::milestone_details(details, &draft.rules.limits)?;
    if milestone == Milestone::Created {
        draft.task(task)?;
        return Err(Rejection::CreationNotPressed);
    }
    if reports::take_late_press(draft, task, milestone, details)? {
        return Ok(());
    }
    let (incident, found) = draft.task(task)?;
    may_follow(draft, found, milestone)?;
    draft.doubt_if_before(found.milestones.before(milestone));
    // A dispatcher who was told by radio may acknowledge for a crew; a screen may not wake up late.
    if milestone == Milestone::OrderReceived && draft.by_crew() && found.device_receipt.is_none() {
        still_in_time(draft, found)?;
    }
    let counted = details.patients.counted_at_scene;
    let (version, provenance) = (draft.next_version(), draft.provenance());
    let count = SceneCount::told(Some(task), counted, version, &provenance);
    draft.push(Event::MilestoneReached { task: task.clone(), milestone, details: details.clone() });
    if milestone == Milestone::Finished {
        follow_on::begin_after_finish(draft, &found.vehicle);
    }
    let told = incident.once_told(task, milestone, details, count);
    if milestone == Milestone::Finished {
        close_if_done(draft, &told);
    }
    reopen_if_left(draft, incident, &told);
    Ok(())
}

/// A vehicle back at its station from a finished task.
pub(super) fn back_at_station(draft: &mut Draft, task: &TaskId) -> Result<(), Rejection> {
    reach(draft, task, Milestone::BackAtStation, &MilestoneDetails::default())
}

/// Writes a milestone's true time, or fills in one that was skipped. Works on ended tasks too.
pub(super) fn correct(
    draft: &mut Draft,
    task: &TaskId,
    milestone: Milestone,
    truly_at: Timestamp,
    note: &str,
) -> Result<(), Rejection> {
    check::note(note, &draft.rules.limits)?;
    let (incident, found) = draft.task(task)?;
    if milestone == Milestone::Created {
        return Err(Rejection::CreationNotPressed);
    }
    if milestone > found.milestones.latest() && !is_missed_return(draft, found, milestone) {
        return Err(out_of_order(found, milestone));
    }
    let after_previous = found.milestones.before(milestone).is_none_or(|s| s.at() <= truly_at);
    let before_next = found.milestones.after(milestone).is_none_or(|s| truly_at <= s.at());
    if !after_previous || !before_next || truly_at > draft.context.now {
        return Err(Rejection::TimeOutOfOrder { task: task.clone(), milestone });
    }
    draft.push(Event::MilestoneCorrected {
        task: task.clone(),
        milestone,
        was_at: found.milestones.get(milestone).map(|stamp| stamp.made_at),
        truly_at,
        note: note.to_owned(),
    });
    // That a patient was on board may be what was missing.
    let stamp = Stamp::corrected(truly_at, &draft.provenance());
    close_if_done(draft, &incident.once_corrected(task, milestone, stamp));
    Ok(())
}

/// Puts right what was told along with milestones, also of a task that ended. An incident that had closed itself is
/// open again when a patient turns out to be left.
pub(super) fn correct_details(
    draft: &mut Draft,
    task: &TaskId,
    changes: &DetailChanges,
    note: &str,
) -> Result<(), Rejection> {
    check::note(note, &draft.rules.limits)?;
    if changes.is_nothing() {
        return Err(check::bad("changes", "must change something"));
    }
    let (incident, found) = draft.task(task)?;
    let details = changes.applied_to(&found.details);
    check::milestone_details(&details, &draft.rules.limits)?;
    if details == found.details {
        return Ok(());
    }
    let mut told = incident.clone();
    told.correct_details(task, changes, draft.next_version(), &draft.provenance());
    // First, since an incident that ended long ago is forgotten with the next event about anything else.
    reopen_if_left(draft, incident, &told);
    draft.push(Event::TaskDetailsCorrected(TaskCorrection {
        task: task.clone(),
        changes: changes.clone(),
        note: note.to_owned(),
    }));
    close_if_done(draft, &told);
    Ok(())
}

fn may_follow(draft: &Draft, task: &Task, milestone: Milestone) -> Result<(), Rejection> {
    let over = || Rejection::TaskOver { task: task.id.clone() };
    let latest = task.milestones.latest();
    let follows = match &task.end {
        TaskEnd::Aborted { .. } | TaskEnd::Diverted { .. } => return Err(over()),
        TaskEnd::Finished if milestone > latest && !is_returning(draft, task) => return Err(over()),
        TaskEnd::Finished => milestone > latest,
        TaskEnd::Running => match milestone {
            Milestone::Created
            | Milestone::OrderReceived
            | Milestone::Departed
            | Milestone::AtScene
            | Milestone::LeftScene
            | Milestone::AtHospital => milestone > latest,
            // A run without a patient finishes at the scene; one that never got there is aborted.
            Milestone::Finished => latest >= Milestone::AtScene,
            Milestone::BackAtStation => false,
        },
    };
    if follows { Ok(()) } else { Err(out_of_order(task, milestone)) }
}

/// Whether the task's vehicle is still on its way back from it.
fn is_returning(draft: &Draft, task: &Task) -> bool {
    let vehicle = draft.state.vehicles.get(&task.vehicle);
    vehicle.and_then(|v| v.task_to_return_from()).is_some_and(|last| last == task.id)
}

/// Whether a return was never pressed and can be no more, because the vehicle has moved on.
fn is_missed_return(draft: &Draft, task: &Task, milestone: Milestone) -> bool {
    milestone == Milestone::BackAtStation
        && task.end == TaskEnd::Finished
        && !is_returning(draft, task)
}

/// An order that reaches its vehicle hours late must not be shown as new.
fn still_in_time(draft: &Draft, task: &Task) -> Result<(), Rejection> {
    if draft.provenance().happened_at() > task.order_expires_at {
        return Err(Rejection::OrderExpired { task: task.id.clone() });
    }
    Ok(())
}

fn out_of_order(task: &Task, asked: Milestone) -> Rejection {
    let reached = task.milestones.latest();
    Rejection::MilestoneOutOfOrder { task: task.id.clone(), reached, asked }
}
