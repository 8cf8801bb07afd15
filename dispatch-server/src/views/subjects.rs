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
        let named = Self::named(event);
        let Some(task) = &named.task else { return named };
        let found = centre.task(task);
        let incident = named
            .incident
            .or_else(|| found.map(|(incident, _)| incident.id.clone()))
            .or_else(|| Some(IncidentId::from(task.as_str().rsplit_once(".t")?.0)));
        let vehicle = named.vehicle.or_else(|| found.map(|(_, task)| task.vehicle.clone()));
        Self { incident, task: named.task, vehicle }
    }

    fn named(event: &Event) -> Self {
        match event {
            Event::IncidentOpened { incident, .. }
            | Event::CallTaken { incident, .. }
            | Event::CallConcluded { incident, .. }
            | Event::CallSeparated { incident, .. }
            | Event::IncidentAmended { incident, .. }
            | Event::IncidentSuspended { incident, .. }
            | Event::IncidentResumed { incident }
            | Event::IncidentRefused { incident, .. }
            | Event::IncidentCancelled { incident, .. }
            | Event::IncidentClosed { incident }
            | Event::IncidentReopened { incident, .. }
            | Event::VehiclesWanted { incident, .. }
            | Event::PatientsAccounted { incident, .. }
            | Event::NoteAdded { incident, .. } => {
                Self { incident: Some(incident.clone()), ..Self::default() }
            }
            Event::TaskCreated { task, incident, vehicle, .. } => Self {
                incident: Some(incident.clone()),
                task: Some(task.clone()),
                vehicle: Some(vehicle.clone()),
            },
            Event::DeviceReceiptRecorded { task }
            | Event::OrderResent { task, .. }
            | Event::OrderLapsed { task }
            | Event::OrderChangeAcknowledged { task, .. }
            | Event::MilestoneReached { task, .. }
            | Event::MilestoneCorrected { task, .. }
            | Event::MilestoneUndone { task, .. }
            | Event::TaskAborted { task, .. }
            | Event::TaskRedirected { task, .. } => {
                Self { task: Some(task.clone()), ..Self::default() }
            }
            Event::MilestoneReported { vehicle, task, .. }
            | Event::CrewReportSettled { vehicle, task, .. }
            | Event::CrewAwayReported { vehicle, task, .. }
            | Event::CrewBackReported { vehicle, task } => {
                let (vehicle, task) = (Some(vehicle.clone()), Some(task.clone()));
                Self { vehicle, task, incident: None }
            }
            Event::FollowOnGiven { vehicle, incident, .. }
            | Event::FollowOnAcknowledged { vehicle, incident }
            | Event::FollowOnEnded { vehicle, incident, .. } => {
                let (vehicle, incident) = (Some(vehicle.clone()), Some(incident.clone()));
                Self { vehicle, incident, task: None }
            }
            Event::CrewActRefused { vehicle, task, .. } => {
                Self { vehicle: Some(vehicle.clone()), task: task.clone(), incident: None }
            }
            Event::VehiclePaused { vehicle, .. }
            | Event::VehicleResumed { vehicle }
            | Event::VehicleWentOffDuty { vehicle }
            | Event::VehicleCameOnDuty { vehicle }
            | Event::VehicleReturnedToStation { vehicle }
            | Event::CrewAssigned { vehicle, .. }
            | Event::HandOverConfirmed { vehicle, .. }
            | Event::SosRaised { vehicle }
            | Event::RefusedPressesSeen { vehicle }
            | Event::SosCleared { vehicle, .. }
            | Event::TerminalTroubleNoted { vehicle, .. }
            | Event::VehicleEnrolled { vehicle, .. }
            | Event::VehicleAmended { vehicle, .. }
            | Event::VehicleRetired { vehicle } => {
                Self { vehicle: Some(vehicle.clone()), ..Self::default() }
            }
            Event::VehicleHandedOver { hand_over } | Event::VehicleTakenOver { hand_over } => {
                Self { vehicle: Some(hand_over.vehicle.clone()), ..Self::default() }
            }
            Event::ClockCorrected { .. } => Self::default(),
            Event::JournalSetBack { .. } => Self::default(),
        }
    }
}
