//! A vehicle has at most one running task, and counts as being on exactly that.

use super::Violation;
use dispatch_core::CentreState;
use std::collections::BTreeMap;

/// Looks at all vehicles and running tasks of a centre.
///
/// # Errors
/// A vehicle with two tasks, or on another than it counts as being on.
pub(crate) fn state(state: &CentreState) -> Result<(), Violation> {
    let mut tasks = BTreeMap::new();
    for task in state.incidents.values().flat_map(|incident| incident.running_tasks()) {
        if let Some(other) = tasks.insert(&task.vehicle, &task.id) {
            let what = format!("{} is on {other} and on {}", task.vehicle, task.id);
            return Err(Violation::new("one_task", what));
        }
    }
    for vehicle in state.vehicles.values() {
        let (counted, runs) = (vehicle.running_task(), tasks.remove(&vehicle.id));
        if counted != runs {
            let what = format!("{} counts as on {counted:?}, and {runs:?} runs", vehicle.id);
            return Err(Violation::new("one_task", what));
        }
    }
    match tasks.first_key_value() {
        None => Ok(()),
        Some((vehicle, task)) => {
            let what = format!("{task} runs, and its vehicle {vehicle} is not of {}", state.centre);
            Err(Violation::new("one_task", what))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{enrolled, fold, opened, sent};
    use super::*;
    use dispatch_core::state::Duty;

    fn on_its_way() -> CentreState {
        fold([enrolled("v"), opened("a-1"), sent("a-1.t1", "v")])
    }

    #[test]
    fn a_vehicle_on_one_task_is_well() {
        assert_eq!(state(&on_its_way()), Ok(()));
    }

    #[test]
    fn a_second_task_of_a_vehicle_is_seen() {
        let mut centre = on_its_way();
        let incident = centre.incidents.values_mut().next().unwrap();
        let second =
            dispatch_core::state::Task { id: "a-1.t2".into(), ..incident.tasks[0].clone() };
        incident.tasks.push(second);
        assert_eq!(state(&centre).unwrap_err().what, "v is on a-1.t1 and on a-1.t2");
    }

    #[test]
    fn a_vehicle_that_counts_as_free_with_a_task_is_seen() {
        let mut centre = on_its_way();
        centre.vehicles.values_mut().next().unwrap().duty = Duty::AvailableAtStation;
        assert!(state(&centre).unwrap_err().what.starts_with("v counts as on None"));
    }

    #[test]
    fn a_task_of_a_vehicle_that_is_not_there_is_seen() {
        let mut centre = on_its_way();
        centre.vehicles.clear();
        assert!(state(&centre).unwrap_err().what.contains("is not of a"));
    }
}
