//! What changes in the orders of crews that are under way: the order is compared as it was before an event
//! and after it, so that no kind of event can change it unsaid.

use super::vehicle_of;
use crate::model::*;
use crate::state::{CentreState, Incident, OrderSheet};

/// An order's sheet before an event, and the crew that told the event itself.
pub(super) struct Before {
    incident: IncidentId,
    sheet: OrderSheet,
    about: Option<TaskId>,
    told_by: Option<TaskId>,
}

/// The sheet of the incident whose orders the event may change; nothing where nobody has an order.
pub(super) fn before(state: &CentreState, event: &Event, by: &Origin) -> Option<Before> {
    let (incident, task) = may_change(event)?;
    let found = state.incidents.get(incident)?;
    let anybody = !found.promised.is_empty() || working(state, found).next().is_some();
    let by_crew = matches!(by, Origin::CrewTerminal { .. });
    anybody.then(|| Before {
        incident: found.id.clone(),
        sheet: found.order_sheet(),
        about: task.cloned(),
        told_by: task.filter(|_| by_crew).cloned(),
    })
}

/// Marks what changed on every task whose crew works on it, and asks those who are to come next anew.
pub(super) fn mark(state: &mut CentreState, before: Option<Before>, provenance: &Provenance) {
    let Some(Before { incident: id, sheet, about, told_by }) = before else { return };
    let Some(incident) = state.incidents.get(&id) else { return };
    let parts = sheet.parts_changed(&incident.order_sheet());
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
        let vehicle = state.vehicles.get(&task.vehicle);
        let report = vehicle.and_then(|vehicle| vehicle.standing_report());
        task.is_running() || report.is_some_and(|report| report.task == task.id)
    };
    incident.tasks.iter().filter(reported).map(|task| &task.id)
}

fn ask_anew(state: &mut CentreState, vehicle: &VehicleId, at: Timestamp) {
    if let Some(next) = vehicle_of(state, vehicle).follow_on.as_mut() {
        next.acknowledged = None;
        next.changed_at = Some(at);
    }
}

/// The incident whose orders an event may change, and the task it speaks of.
fn may_change(event: &Event) -> Option<(&str, Option<&TaskId>)> {
    let Subjects { incident, task, vehicle: _ } = event.subjects();
    let incident = incident.map(IncidentId::as_str).or_else(|| task?.incident());
    incident.filter(|_| event.may_change_orders()).map(|incident| (incident, task))
}
