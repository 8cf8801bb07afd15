//! The running tasks that lead somewhere, and the route of each as it is now.

use crate::live::arrivals::Underway;
use crate::live::shared::Shared;
use crate::roads::VehicleRoute;
use dispatch_core::CentreState;
use dispatch_core::destination::{Destination, destination};
use dispatch_core::model::{HospitalId, Milestone, Timestamp, Wgs84};
use dispatch_core::recommend::{VehicleAt, Whereabouts};
use dispatch_core::state::{Incident, Task};
use wire_protocol::route::{ArrivalGoal, RouteView};

/// Every running task that leads somewhere, in the order of centres and incidents.
pub(in crate::live) fn underway(shared: &Shared) -> Vec<Underway> {
    shared.desk.read_all(|centres| {
        let tasks = centres.values().flat_map(|state| {
            let incidents = state.incidents.values();
            incidents.flat_map(move |incident| {
                let tasks = incident.running_tasks().filter(move |task| goes_there(state, task));
                tasks.filter_map(move |task| of_task(shared, state, incident, task))
            })
        });
        tasks.collect()
    })
}

/// Whether the vehicle is on the route of its task: not while its crew reports a patient of another one.
fn goes_there(state: &CentreState, task: &Task) -> bool {
    let vehicle = state.vehicles.get(&task.vehicle);
    vehicle.is_some_and(|vehicle| vehicle.standing_report().is_none())
}

fn of_task(
    shared: &Shared,
    state: &CentreState,
    incident: &Incident,
    task: &Task,
) -> Option<Underway> {
    // An order that nobody has received moves no vehicle: there is no time of arrival to tell.
    if !task.is_under_way() {
        return None;
    }
    let (goal, target) = match destination(incident, task)? {
        Destination::Meeting(meeting) => (ArrivalGoal::Scene, meeting.position?),
        Destination::Hospital(id) => (ArrivalGoal::Hospital, hospital(shared, id)?),
    };
    Some(Underway {
        centre: state.centre.clone(),
        incident: incident.id.clone(),
        task: task.id.clone(),
        vehicle: task.vehicle.clone(),
        goal,
        target,
        response: shared.views.due.response(incident),
        created_at: task.milestones.get(Milestone::Created)?.at(),
        departed_at: task.milestones.get(Milestone::Departed).map(|stamp| stamp.at()),
    })
}

fn hospital(shared: &Shared, id: &HospitalId) -> Option<Wgs84> {
    shared.region.hospital(id.as_str()).map(|hospital| hospital.position)
}

/// Where a vehicle is believed to be; nothing while nobody knows.
pub(super) fn whereabouts(
    shared: &Shared,
    journey: &Underway,
    now: Timestamp,
) -> Option<Whereabouts> {
    let found = shared.desk.read(&journey.centre, |state| {
        let vehicle = state.vehicles.get(&journey.vehicle)?;
        Some(shared.fleet.whereabouts(&shared.region, state, vehicle, now))
    });
    // A terminal that never spoke may stand anywhere, whatever its station.
    let spoke = shared
        .fleet
        .find(&journey.vehicle)
        .is_some_and(|cell| cell.link().is_some() || cell.live_fix().is_some());
    found.flatten().filter(|at| spoke && at.is_believed())
}

/// The place to drive from.
pub(super) fn start(at: &Whereabouts) -> Option<VehicleAt> {
    Some(VehicleAt { position: at.position?, heading_deg: at.heading_deg })
}

/// The route of a task from where its vehicle is.
pub(in crate::live) fn current_route(
    shared: &Shared,
    journey: &Underway,
    now: Timestamp,
) -> Option<VehicleRoute> {
    route_from(shared, journey, &start(&whereabouts(shared, journey, now)?)?, now)
}

/// The route of a task from a place.
pub(super) fn route_from(
    shared: &Shared,
    journey: &Underway,
    from: &VehicleAt,
    now: Timestamp,
) -> Option<VehicleRoute> {
    shared.roads.travel(now)?.route(from, journey.target)
}

/// A route as consoles and crews are shown it.
pub(in crate::live) fn route_view(
    journey: &Underway,
    route: &VehicleRoute,
    now: Timestamp,
) -> RouteView {
    RouteView {
        task: Some(journey.task.as_str().to_owned()),
        vehicle: Some(journey.vehicle.as_str().to_owned()),
        goal: Some(journey.goal),
        seconds: route.seconds.round() as u32,
        metres: route.metres.round() as u32,
        method: route.method,
        made_at: now.0,
        points: route.points.clone(),
        steps: route.steps.clone(),
    }
}
