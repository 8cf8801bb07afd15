//! What changes in the orders of crews that are under way: the order is compared as it was before an event
//! and after it, so that no kind of event can change it unsaid.

use super::vehicle_of;
use crate::model::*;
use crate::state::{CentreState, Incident, OrderSheet};

/// What orders said before an event, and the crew that told the event itself.
pub(super) struct Before {
    incident: IncidentId,
    said: Said,
    about: Option<TaskId>,
    told_by: Option<TaskId>,
}

/// As much of an order as the event may change.
enum Said {
    WhoComes(Vec<VehicleId>),
    Everything(Box<OrderSheet>),
}

impl Said {
    fn parts_changed(&self, incident: &Incident) -> Vec<OrderPart> {
        match self {
            Self::WhoComes(vehicles) if *vehicles == incident.with_vehicles() => Vec::new(),
            Self::WhoComes(_) => vec![OrderPart::WithVehicles],
            Self::Everything(sheet) => sheet.parts_changed(&incident.order_sheet()),
        }
    }
}

/// What orders say that the event may change, where anybody is to be told: those of its own incident, and of
/// the one its vehicle is on now.
pub(super) fn before(state: &CentreState, event: &Event, by: &Origin) -> [Option<Before>; 2] {
    [of_its_incident(state, event, by), of_other_task(state, event)]
}

fn of_its_incident(state: &CentreState, event: &Event, by: &Origin) -> Option<Before> {
    let task = event.subjects().task;
    let found = state.incidents.get(incident_of(event)?)?;
    let said = match event.order_effect() {
        OrderEffect::Nothing => None,
        OrderEffect::WhoComes => who_comes(state, found, task),
        OrderEffect::AnyPart => everything(state, found),
    };
    let by_crew = matches!(by, Origin::CrewTerminal { .. });
    Some(Before {
        incident: found.id.clone(),
        said: said?,
        about: task.cloned(),
        told_by: task.filter(|_| by_crew).cloned(),
    })
}

/// What a crew says of a former task can tell that it does not come, or comes again, to its present one.
fn of_other_task(state: &CentreState, event: &Event) -> Option<Before> {
    if event.order_effect() == OrderEffect::Nothing {
        return None;
    }
    let Subjects { vehicle, task, .. } = event.subjects();
    let of_task = || Some(&state.task(task?)?.1.vehicle);
    let (incident, task) = state.running_task_of(vehicle.or_else(of_task)?)?;
    if incident_of(event) == Some(incident.id.as_str()) {
        return None;
    }
    Some(Before {
        incident: incident.id.clone(),
        said: who_comes(state, incident, Some(&task.id))?,
        about: Some(task.id.clone()),
        told_by: None,
    })
}

fn incident_of(event: &Event) -> Option<&str> {
    let Subjects { incident, task, vehicle: _ } = event.subjects();
    incident.map(IncidentId::as_str).or_else(|| task?.incident())
}

/// Whether it comes itself is no news to a crew, and none to those who are to come next.
fn who_comes(state: &CentreState, incident: &Incident, about: Option<&TaskId>) -> Option<Said> {
    let others = working(state, incident).any(|task| Some(task) != about);
    others.then(|| Said::WhoComes(incident.with_vehicles()))
}

fn everything(state: &CentreState, incident: &Incident) -> Option<Said> {
    let anybody = !incident.promised.is_empty() || working(state, incident).next().is_some();
    anybody.then(|| Said::Everything(Box::new(incident.order_sheet())))
}

/// Marks what changed on every task whose crew works on it, and asks those who are to come next anew.
pub(super) fn mark(state: &mut CentreState, before: [Option<Before>; 2], provenance: &Provenance) {
    before.into_iter().flatten().for_each(|before| mark_one(state, before, provenance));
}

fn mark_one(state: &mut CentreState, before: Before, provenance: &Provenance) {
    let Before { incident: id, said, about, told_by } = before;
    let Some(incident) = state.incidents.get(&id) else { return };
    let parts = said.parts_changed(incident);
    if parts.is_empty() {
        return;
    }
    let working: Vec<TaskId> =
        working(state, incident).filter(|task| told_by.as_ref() != Some(*task)).cloned().collect();
    let next: Vec<VehicleId> = incident.promised.iter().map(|it| it.vehicle.clone()).collect();
    let (version, at) = (state.version, provenance.happened_at());
    if let Some(incident) = state.incidents.get_mut(&id) {
        for task in incident.tasks.iter_mut().filter(|task| working.contains(&task.id)) {
            // Whether it comes itself is no news of others to a crew.
            let of_others = |part: &&OrderPart| {
                **part != OrderPart::WithVehicles || about.as_ref() != Some(&task.id)
            };
            let news: Vec<OrderPart> = parts.iter().filter(of_others).copied().collect();
            news.iter().for_each(|part| task.mark_changed(*part, version, at));
        }
    }
    if parts.iter().any(|part| *part != OrderPart::WithVehicles) {
        next.iter().for_each(|vehicle| ask_anew(state, vehicle, at));
    }
}

/// The crew has seen every change up to a version.
pub(super) fn acknowledged(state: &mut CentreState, task: &TaskId, through: u64) {
    let task = super::task_of(state, task);
    task.changes.retain(|change| change.version > through);
}

/// The tasks whose crews work on them: those that run, and those that ended against their crew's word.
fn working<'a>(
    state: &'a CentreState,
    incident: &'a Incident,
) -> impl Iterator<Item = &'a TaskId> + use<'a> {
    let reported = |task: &&crate::state::Task| {
        let report = || state.vehicles.get(&task.vehicle)?.standing_report();
        task.is_running() || report().is_some_and(|report| report.task == task.id)
    };
    incident.tasks.iter().filter(reported).map(|task| &task.id)
}

fn ask_anew(state: &mut CentreState, vehicle: &VehicleId, at: Timestamp) {
    if let Some(next) = vehicle_of(state, vehicle).follow_on.as_mut() {
        next.acknowledged = None;
        next.changed_at = Some(at);
    }
}
