//! The running tasks that lead somewhere, and the way of each as it is now.

use crate::live::shared::Shared;
use crate::rank::driving_heading;
use crate::roads::Way;
use dispatch_core::CentreState;
use dispatch_core::model::{
    CentreId, HospitalId, IncidentId, Milestone, TaskId, Timestamp, VehicleId, Wgs84,
};
use dispatch_core::recommend::VehicleAt;
use dispatch_core::state::{Incident, Task, TaskStage};
use wire_protocol::route::{ArrivalGoal, RouteView};

/// A running task that leads somewhere.
#[derive(Clone, Debug)]
pub(in crate::live) struct Underway {
    pub(in crate::live) centre: CentreId,
    pub(in crate::live) incident: IncidentId,
    pub(in crate::live) task: TaskId,
    pub(in crate::live) vehicle: VehicleId,
    pub(in crate::live) goal: ArrivalGoal,
    pub(in crate::live) target: Wgs84,
    /// When the task was created.
    pub(in crate::live) created_at: Timestamp,
    /// When it set out; nothing while it has not.
    pub(in crate::live) departed_at: Option<Timestamp>,
}

/// Every running task that leads somewhere, in the order of centres and incidents.
pub(in crate::live) fn underway(shared: &Shared) -> Vec<Underway> {
    shared.desk.read_all(|centres| {
        let tasks = centres.values().flat_map(|state| {
            let incidents = state.incidents.values();
            incidents.flat_map(move |incident| {
                let tasks = incident.running_tasks();
                tasks.filter_map(move |task| of_task(shared, state, incident, task))
            })
        });
        tasks.collect()
    })
}

fn of_task(
    shared: &Shared,
    state: &CentreState,
    incident: &Incident,
    task: &Task,
) -> Option<Underway> {
    let (goal, target) = match task.stage()? {
        TaskStage::Assigned | TaskStage::OrderReceived | TaskStage::ToScene => {
            (ArrivalGoal::Scene, incident.facts.scene.position?)
        }
        TaskStage::PatientOnBoard => {
            let wanted = task.details.hospital.as_ref().or(incident.facts.destination.as_ref());
            (ArrivalGoal::Hospital, hospital(shared, wanted?)?)
        }
        TaskStage::AtScene | TaskStage::AtHospital => return None,
    };
    Some(Underway {
        centre: state.centre.clone(),
        incident: incident.id.clone(),
        task: task.id.clone(),
        vehicle: task.vehicle.clone(),
        goal,
        target,
        created_at: task.milestones.get(Milestone::Created)?.at(),
        departed_at: task.milestones.get(Milestone::Departed).map(|stamp| stamp.at()),
    })
}

fn hospital(shared: &Shared, id: &HospitalId) -> Option<Wgs84> {
    shared.region.hospital(id.as_str()).map(|hospital| hospital.position)
}

/// Where a vehicle is: its newest fix, else its station while it has not set out.
pub(super) fn vehicle_at(shared: &Shared, journey: &Underway) -> Option<VehicleAt> {
    if let Some(live) = shared.tracker.find(&journey.vehicle).and_then(|cell| cell.live_fix()) {
        let heading_deg = driving_heading(&live.fix);
        return Some(VehicleAt { position: live.fix.position, heading_deg });
    }
    if journey.departed_at.is_some() {
        return None;
    }
    let known = shared.region.vehicles.iter().find(|it| it.id == journey.vehicle.as_str())?;
    let station = shared.region.station(&known.station)?;
    Some(VehicleAt { position: station.position, heading_deg: None })
}

/// The way of a task from where its vehicle is.
pub(in crate::live) fn way(shared: &Shared, journey: &Underway, now: Timestamp) -> Option<Way> {
    way_from(shared, journey, &vehicle_at(shared, journey)?, now)
}

/// The way of a task from a place.
pub(super) fn way_from(
    shared: &Shared,
    journey: &Underway,
    from: &VehicleAt,
    now: Timestamp,
) -> Option<Way> {
    shared.roads.travel(now)?.way(from, journey.target)
}

/// A way as consoles and crews are shown it.
pub(in crate::live) fn route_view(journey: &Underway, way: &Way, now: Timestamp) -> RouteView {
    RouteView {
        task: Some(journey.task.as_str().to_owned()),
        vehicle: Some(journey.vehicle.as_str().to_owned()),
        goal: Some(journey.goal),
        seconds: way.seconds.round() as u32,
        metres: way.metres.round() as u32,
        method: way.method,
        made_at: now.0,
        points: way.points.clone(),
        steps: way.steps.clone(),
    }
}
