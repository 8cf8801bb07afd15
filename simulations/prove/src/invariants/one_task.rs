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
