//! Whom a command affects: the vehicles it is about, and whether it takes help away from somebody. The question of
//! who may give it is asked outside the core.

use crate::model::*;
use crate::state::CentreState;

/// Whether a command would end or divert a running task, judged by the state as it is now. Who may only
/// write down calls may give it exactly when this is false.
pub fn takes_help_away(state: &CentreState, command: &Command) -> bool {
    let row = command.row();
    if !row.ends_tasks {
        return false;
    }
    match row.about {
        About::Incident(incident) => {
            let incident = state.incidents.get(incident);
            incident.is_some_and(|incident| incident.running_tasks().next().is_some())
        }
        About::Vehicle(vehicle) => {
            state.vehicles.get(vehicle).is_some_and(|vehicle| vehicle.running_task().is_some())
        }
        About::Task(task) => state.task(task).is_some_and(|(_, task)| task.is_running()),
        About::Centre | About::Vehicles(_) => false,
    }
}

/// The vehicles a command is about: named in it, by its task, or those that serve the incident it calls them back
/// from.
pub fn vehicles_of(state: &CentreState, command: &Command) -> Vec<VehicleId> {
    let row = command.row();
    match row.about {
        About::Vehicles(vehicles) => vehicles.to_vec(),
        About::Vehicle(vehicle) => vec![vehicle.clone()],
        About::Task(task) => {
            state.task(task).map(|(_, task)| task.vehicle.clone()).into_iter().collect()
        }
        About::Incident(incident) if row.ends_tasks => {
            let incident = state.incidents.get(incident);
            let tasks = incident.into_iter().flat_map(|incident| incident.running_tasks());
            tasks.map(|task| task.vehicle.clone()).collect()
        }
        About::Incident(_) | About::Centre => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadlines::test_centre::{TestCentre, facts};

    #[test]
    fn only_an_incident_with_a_vehicle_on_it_loses_help() {
        let mut centre = TestCentre::with(&["a"]);
        let waiting = centre.call(facts(None), None);
        let served = centre.call(facts(None), None);
        let task = centre.send(&served, "a");
        let cancel = |incident: &IncidentId| Command::CancelIncident {
            incident: incident.clone(),
            reason: CancelReason::Other.into(),
            confirmed: false,
        };
        assert!(!takes_help_away(&centre.state, &cancel(&waiting)));
        assert!(takes_help_away(&centre.state, &cancel(&served)));
        let abort =
            Command::AbortTask { task, reason: AbortReason::Other.into(), confirmed: false };
        assert!(takes_help_away(&centre.state, &abort));
        centre.execute(abort.clone());
        assert!(!takes_help_away(&centre.state, &abort));
        assert!(!takes_help_away(&centre.state, &cancel(&served)));
    }
}
