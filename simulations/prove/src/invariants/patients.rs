//! No incident closes by itself while fewer patients are accounted for than were told of.

use super::Violation;
use dispatch_core::CentreState;
use dispatch_core::model::{Event, Milestone, Recorded};
use dispatch_core::state::{Incident, Task, TaskEnd};

/// Looks at an event, and at the incident that it closes as it was before.
///
/// # Errors
/// A patient nobody accounts for in an incident that a rule closed.
pub(crate) fn event(before: &CentreState, recorded: &Recorded) -> Result<(), Violation> {
    let Event::IncidentClosed { incident } = &recorded.event else { return Ok(()) };
    if !recorded.provenance.origin.is_automatic() {
        return Ok(());
    }
    let Some(closed) = before.incidents.get(incident) else {
        return Err(Violation::new("patients", format!("{incident} closes and was never open")));
    };
    let (told, accounted) = (told(closed), accounted(closed));
    if accounted < told {
        let what = format!("{incident} closes itself: {told} patients told of, {accounted} found");
        return Err(Violation::new("patients", what));
    }
    match closed.running_tasks().next() {
        None => Ok(()),
        Some(task) => {
            let what = format!("{incident} closes itself while {} runs", task.id);
            Err(Violation::new("patients", what))
        }
    }
}

/// The most patients that any caller told of, counted apart from the core's own rule. A count at the scene, or one by
/// a person, stands above the callers'.
fn told(incident: &Incident) -> u32 {
    if incident.amended_count.is_some() || !incident.scene_counts.is_empty() {
        return 0;
    }
    let calls = incident.calls.iter().filter(|call| call.separated_to.is_none());
    calls.map(|call| u32::from(call.details.patient_count)).max().unwrap_or(0)
}

fn accounted(incident: &Incident) -> u32 {
    let finished = incident.tasks.iter().filter(|task| task.end == TaskEnd::Finished);
    let by_crews: u32 = finished.map(found).sum();
    let account = &incident.account;
    by_crews + u32::from(account.carried.unwrap_or(0)) + account.patients.not_carried()
}

/// A crew that left the scene and says no number has one patient on board.
fn found(task: &Task) -> u32 {
    let steps = [Milestone::LeftScene, Milestone::AtHospital];
    let has_left = steps.iter().any(|step| task.milestones.get(*step).is_some());
    let carried = task.details.patients_carried.unwrap_or(u16::from(has_left));
    u32::from(carried) + task.details.patients.not_carried()
}
