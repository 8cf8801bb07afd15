//! Taking back the latest milestone: a second entry, never a deletion.

use super::draft::{Draft, not_available, on_task};
use super::incidents::resume_if_suspended;
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
    let over = matches!(found.end, TaskEnd::Aborted { .. } | TaskEnd::Redirected { .. });
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
        still_on_the_way_back(draft, found)?;
        open_again(draft, incident)?;
    }
    draft.push(Event::MilestoneUndone { task: task.clone(), milestone });
    Ok(())
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
