//! What an event speaks of: which incident, which task, which vehicle.

use dispatch_core::model::{Event, IncidentId, TaskId, VehicleId};
use dispatch_core::state::CentreState;

/// What an event speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    /// The incident it changes or concerns.
    pub incident: Option<IncidentId>,
    /// The task.
    pub task: Option<TaskId>,
    /// The vehicle.
    pub vehicle: Option<VehicleId>,
}

impl Subjects {
    /// The subjects of an event; a task also names its incident and its vehicle, as far as the centre
    /// still remembers them.
    pub fn of(event: &Event, centre: &CentreState) -> Self {
        let named = event.subjects();
        let found = named.task.and_then(|task| centre.task(task));
        let incident = named.incident.cloned();
        let vehicle = named.vehicle.cloned();
        Self {
            incident: incident
                .or_else(|| found.map(|(incident, _)| incident.id.clone()))
                .or_else(|| named.task?.incident().map(IncidentId::from)),
            task: named.task.cloned(),
            vehicle: vehicle.or_else(|| found.map(|(_, task)| task.vehicle.clone())),
        }
    }
}
