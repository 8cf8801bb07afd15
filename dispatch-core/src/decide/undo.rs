//! Taking back the latest milestone: a second entry, never a deletion.

use super::by_rule::resume_if_suspended;
use super::draft::{Draft, not_available, on_task};
use super::{reports, standing};
use crate::model::*;
use crate::state::{Duty, Incident, IncidentStage, Standby, Task, TaskEnd};

pub(super) fn take_back(
    draft: &mut Draft,
    task: &TaskId,
    milestone: Milestone,
) -> Result<(), Rejection> {
    let (incident, found) = draft.task(task)?;
    if milestone == Milestone::Created {
        return Err(Rejection::CreationNotPressed);
    }
    if is_reported(draft, found, milestone) {
        draft.push(Event::MilestoneUndone { task: task.clone(), milestone });
        return Ok(());
    }
    let over = matches!(found.end, TaskEnd::Aborted { .. } | TaskEnd::Diverted { .. });
    if over {
        return Err(Rejection::TaskOver { task: task.clone() });
    }
    if milestone != found.milestones.latest() {
        return Err(Rejection::NotLatestMilestone { task: task.clone(), milestone });
    }
    if milestone == Milestone::BackAtStation {
        still_at_station(draft, found)?;
    }
    if milestone == Milestone::Finished {
        let runs_again =
            still_on_the_way_back(draft, found).and_then(|()| open_again(draft, incident));
        if let Err(refusal) = runs_again {
            let by_crew = draft.by_crew();
            return if by_crew { reports::not_finished(draft, found) } else { Err(refusal) };
        }
    }
    draft.push(Event::MilestoneUndone { task: task.clone(), milestone });
    Ok(())
}

/// The crew takes back what it reported against the centre, its own word.
fn is_reported(draft: &Draft, task: &Task, milestone: Milestone) -> bool {
    let vehicle = draft.state.vehicles.get(&task.vehicle);
    let report = vehicle.and_then(|vehicle| vehicle.report.as_ref());
    let is_that = report.is_some_and(|it| it.task == task.id && it.reached == milestone);
    is_that && draft.by_crew()
}

/// The vehicle came back from this very task and has done nothing since.
fn still_at_station(draft: &Draft, task: &Task) -> Result<(), Rejection> {
    let vehicle = draft.vehicle(&task.vehicle)?;
    let same = vehicle.latest_task.as_ref() == Some(&task.id);
    if same && vehicle.standby() == Some(Standby::AtStation) {
        return Ok(());
    }
    Err(moved_on(draft, task))
}

/// The vehicle finished this very task and has done nothing since.
fn still_on_the_way_back(draft: &Draft, task: &Task) -> Result<(), Rejection> {
    let vehicle = draft.vehicle(&task.vehicle)?;
    standing::nothing_reported(vehicle)?;
    let on_the_way = Duty::AvailableOnRoad { last_task: Some(task.id.clone()) };
    if vehicle.duty == on_the_way { Ok(()) } else { Err(moved_on(draft, task)) }
}

fn moved_on(draft: &Draft, task: &Task) -> Rejection {
    let over = || Rejection::TaskOver { task: task.id.clone() };
    let Some(vehicle) = draft.state.vehicles.get(&task.vehicle) else {
        return over();
    };
    match &vehicle.duty {
        Duty::OnTask { task: next, .. } => on_task(&vehicle.id, next),
        Duty::Paused { .. } | Duty::OffDuty => not_available(vehicle),
        Duty::AvailableOnRoad { .. } | Duty::AvailableAtStation => over(),
    }
}

/// A task that runs again needs an incident that is open.
fn open_again(draft: &mut Draft, incident: &Incident) -> Result<(), Rejection> {
    match &incident.stage {
        IncidentStage::Open | IncidentStage::Suspended { .. } => {
            resume_if_suspended(draft, incident);
            Ok(())
        }
        IncidentStage::Closed { by_itself: true, .. } => {
            let (incident, note) = (incident.id.clone(), String::new());
            draft.push_by_rule(
                Origin::FINISH_TAKEN_BACK,
                Event::IncidentReopened { incident, note },
            );
            Ok(())
        }
        IncidentStage::Closed { by_itself: false, .. }
        | IncidentStage::Refused { .. }
        | IncidentStage::Cancelled { .. } => {
            Err(Rejection::IncidentOver { incident: incident.id.clone() })
        }
    }
}
