//! No incident closes while fewer patients are accounted for than were told of: never by itself, and by a person only
//! when that person confirmed how many are left.

use super::Violation;
use dispatch_core::CentreState;
use dispatch_core::model::{Confirmation, Event, Milestone, Recorded};
use dispatch_core::state::{Incident, Task, TaskEnd};

/// Looks at an event, and at the incident that it closes as it was before.
///
/// # Errors
/// A patient nobody accounts for in an incident that a rule closed, or a person who was not asked about him.
pub(crate) fn event(before: &CentreState, recorded: &Recorded) -> Result<(), Violation> {
    let Event::IncidentClosed { incident } = &recorded.event else { return Ok(()) };
    let Some(closed) = before.incidents.get(incident) else {
        return Err(Violation::new("patients", format!("{incident} closes and was never open")));
    };
    let (told, accounted) = (told(closed), accounted(closed));
    let by_itself = recorded.provenance.origin.is_automatic();
    if accounted < told && (by_itself || !is_confirmed(recorded, told - accounted)) {
        let who = if by_itself { "closes itself" } else { "is closed by one who was not asked" };
        let what = format!("{incident} {who}: {told} patients told of, {accounted} found");
        return Err(Violation::new("patients", what));
    }
    match closed.running_tasks().next() {
        Some(task) if by_itself => {
            let what = format!("{incident} closes itself while {} runs", task.id);
            Err(Violation::new("patients", what))
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether the person said that at least so many patients are left.
fn is_confirmed(recorded: &Recorded, left: u32) -> bool {
    recorded.provenance.confirmed.iter().any(|danger| {
        matches!(danger, Confirmation::PatientsUnaccounted { patients } if u32::from(*patients) >= left)
    })
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

#[cfg(test)]
mod tests {
    use super::super::examples::{
        by_rule, called, enrolled, fold, opened, reached, recorded, sent,
    };
    use super::*;

    fn closed() -> Event {
        Event::IncidentClosed { incident: "a-1".into() }
    }

    fn before_the_end(patients: u16, finished: bool) -> CentreState {
        let course = [enrolled("v"), opened("a-1"), called(patients), sent("a-1.t1", "v")];
        let carried = [Milestone::LeftScene, Milestone::Finished];
        let carried = carried.map(|step| reached("a-1.t1", step));
        fold(course.into_iter().chain(carried.into_iter().filter(|_| finished)))
    }

    #[test]
    fn an_incident_that_closes_itself_over_a_patient_is_seen() {
        assert_eq!(event(&before_the_end(1, true), &by_rule(9, closed())), Ok(()));
        let found = event(&before_the_end(3, true), &by_rule(9, closed())).unwrap_err();
        assert_eq!(found.what, "a-1 closes itself: 3 patients told of, 1 found");
    }

    #[test]
    fn an_incident_that_closes_itself_over_a_running_task_is_seen() {
        let mut before = before_the_end(1, false);
        before.incidents.values_mut().next().unwrap().account.carried = Some(1);
        let found = event(&before, &by_rule(9, closed())).unwrap_err();
        assert_eq!(found.what, "a-1 closes itself while a-1.t1 runs");
    }

    #[test]
    fn a_person_who_closes_over_patients_must_have_confirmed_how_many() {
        let before = before_the_end(3, true);
        let mut by_hand = recorded(9, closed());
        assert!(event(&before, &by_hand).unwrap_err().what.contains("who was not asked"));
        by_hand.provenance.confirmed = vec![Confirmation::PatientsUnaccounted { patients: 1 }];
        assert!(event(&before, &by_hand).is_err(), "one was confirmed, and two are left");
        by_hand.provenance.confirmed = vec![Confirmation::PatientsUnaccounted { patients: 2 }];
        assert_eq!(event(&before, &by_hand), Ok(()));
    }

    #[test]
    fn an_incident_that_was_never_open_is_seen() {
        assert!(event(&CentreState::new("a".into()), &by_rule(1, closed())).is_err());
    }
}
