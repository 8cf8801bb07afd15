//! What events change in a task and in the one vehicle that is on it. No other task is touched.

use super::{incident_of, incidents, task_of, vehicle_of};
use crate::model::*;
use crate::state::{
    CentreState, CrewAway, Duty, Milestones, NotComing, Stamp, Standby, Task, TaskEnd, TaskStage,
};

pub(super) struct NewTask<'a> {
    pub(super) task: &'a TaskId,
    pub(super) incident: &'a IncidentId,
    pub(super) vehicle: &'a VehicleId,
    pub(super) from: SetOutFrom,
    pub(super) crew: &'a [CrewMember],
    pub(super) order_expires_at: Timestamp,
    pub(super) previous_task: Option<&'a TaskId>,
}

pub(super) fn created(state: &mut CentreState, order: NewTask, provenance: &Provenance) {
    let vehicle = vehicle_of(state, order.vehicle);
    assert!(vehicle.state().is_available(), "only a free vehicle gets a task");
    super::follow_on::begun(state, order.vehicle, order.incident);
    let vehicle = vehicle_of(state, order.vehicle);
    vehicle.forget_moves();
    vehicle.duty = Duty::OnTask { task: order.task.clone(), stage: TaskStage::Assigned };
    vehicle.since = provenance.happened_at();
    vehicle.latest_task = Some(order.task.clone());
    let created_in = state.version;
    let incident = incident_of(state, order.incident);
    assert!(!incident.stage.is_over(), "only an open incident gets a vehicle");
    incident.first_dispatch_at.get_or_insert(provenance.happened_at());
    incident.tasks.push(Task {
        id: order.task.clone(),
        incident: order.incident.clone(),
        vehicle: order.vehicle.clone(),
        crew: order.crew.to_vec(),
        from: order.from,
        order_expires_at: order.order_expires_at,
        device_receipt: None,
        milestones: Milestones::created(Stamp::of(provenance)),
        details: MilestoneDetails::default(),
        end: TaskEnd::Running,
        previous_task: order.previous_task.cloned(),
        resent_at: None,
        lapsed_at: None,
        changes: Vec::new(),
        not_coming: None,
        created_in,
        departed_in: None,
        ended_early_in: None,
    });
}

pub(super) fn receipt(state: &mut CentreState, task: &TaskId, provenance: &Provenance) {
    let task = task_of(state, task);
    task.device_receipt.get_or_insert_with(|| Stamp::of(provenance));
    // A screen that shows it does not bring a crew back that has gone.
    if task.not_coming != Some(NotComing::Away) {
        task.lapsed_at = None;
    }
}

pub(super) fn resent(
    state: &mut CentreState,
    task: &TaskId,
    order_expires_at: Timestamp,
    provenance: &Provenance,
) {
    let task = task_of(state, task);
    task.order_expires_at = order_expires_at;
    task.resent_at = Some(provenance.recorded_at);
    task.lapsed_at = None;
}

pub(super) fn lapsed(state: &mut CentreState, task: &TaskId) {
    let task = task_of(state, task);
    assert!(task.is_running() && !task.is_received(), "only an unreceived order lapses");
    task.lapsed_at = Some(task.order_expires_at);
}

pub(super) fn reached(
    state: &mut CentreState,
    id: &TaskId,
    milestone: Milestone,
    details: &MilestoneDetails,
    provenance: &Provenance,
) {
    let version = state.version;
    let task = task_of(state, id);
    assert!(milestone > task.milestones.latest(), "milestones go forward only");
    let stamp = Stamp::following(task.milestones.before(milestone), provenance);
    task.milestones.set(milestone, stamp);
    task.details.learn(details);
    task.lapsed_at = None;
    // Whoever goes on with it is there.
    task.not_coming = task.not_coming.filter(|why| *why != NotComing::Away);
    if milestone == Milestone::Finished {
        task.end = TaskEnd::Finished;
    }
    if milestone >= Milestone::Departed {
        task.departed_in.get_or_insert(version);
    }
    // Who acknowledges an order for a crew reads it out as it stands.
    if milestone == Milestone::OrderReceived && matches!(provenance.origin, Origin::Person { .. }) {
        task.changes.clear();
    }
    if !details.patients.is_silent() {
        let incident = task.incident.clone();
        incidents::counted(incident_of(state, &incident), id, &details.patients, provenance);
    }
    follow(state, id);
}

pub(super) fn corrected(
    state: &mut CentreState,
    id: &TaskId,
    milestone: Milestone,
    truly_at: Timestamp,
    provenance: &Provenance,
) {
    let task = task_of(state, id);
    task.milestones.set(milestone, Stamp::corrected(truly_at, provenance));
    let (vehicle, latest) = (task.vehicle.clone(), task.milestones.latest());
    let shows_it = |v: &&mut crate::state::Vehicle| {
        v.running_task() == Some(id) || v.task_to_return_from().as_ref() == Some(id)
    };
    if milestone == latest
        && let Some(vehicle) = state.vehicles.get_mut(&vehicle).filter(shows_it)
        && is_since_a_step(vehicle.duty.group())
    {
        vehicle.since = truly_at;
        vehicle.last_version = state.version;
    }
}

/// Whether what a vehicle does began with a step of a task.
const fn is_since_a_step(group: StateGroup) -> bool {
    match group {
        StateGroup::OnTask | StateGroup::OnRoad => true,
        StateGroup::AtStation | StateGroup::OffDuty | StateGroup::Paused => false,
    }
}

pub(super) fn details_corrected(
    state: &mut CentreState,
    correction: &TaskCorrection,
    provenance: &Provenance,
) {
    let version = state.version;
    let TaskCorrection { task, changes, note: _ } = correction;
    let incident = task_of(state, task).incident.clone();
    incident_of(state, &incident).correct_details(task, changes, version, provenance);
}

pub(super) fn undone(state: &mut CentreState, id: &TaskId, milestone: Milestone) {
    let task = task_of(state, id);
    assert_eq!(milestone, task.milestones.latest(), "only the latest milestone is taken back");
    task.milestones.clear(milestone);
    if milestone == Milestone::Finished {
        task.end = TaskEnd::Running;
    }
    if !task.has_departed() {
        task.departed_in = None;
    }
    follow(state, id);
}

pub(super) fn aborted(
    state: &mut CentreState,
    id: &TaskId,
    reason: &Reasoned<AbortReason>,
    provenance: &Provenance,
) {
    let at = provenance.happened_at();
    release(state, id, TaskEnd::Aborted { reason: reason.clone(), at }, at);
    // A vehicle sent by mistake was not wanted.
    if reason.reason == AbortReason::SentByMistake
        && let Some(incident) = id.incident().and_then(|of| state.incidents.get_mut(of))
    {
        incident.vehicles_wanted = incident.vehicles_wanted.saturating_sub(1).max(1);
    }
}

pub(super) fn diverted(
    state: &mut CentreState,
    id: &TaskId,
    to: &IncidentId,
    reason: &Reasoned<DivertReason>,
    provenance: &Provenance,
) {
    let at = provenance.happened_at();
    let end = TaskEnd::Diverted { to: to.clone(), reason: reason.clone(), at };
    release(state, id, end, at);
}

/// Ends a task before its normal end and frees its vehicle where it stands.
fn release(state: &mut CentreState, id: &TaskId, end: TaskEnd, at: Timestamp) {
    let version = state.version;
    let task = task_of(state, id);
    assert!(task.is_running(), "only a running task ends");
    // It may run again by a crew's report, and whoever reports from it is there.
    task.not_coming = None;
    task.end = end;
    task.ended_early_in = Some(version);
    let (vehicle, stands_at) = (task.vehicle.clone(), task.stands_at());
    let vehicle = vehicle_of(state, &vehicle);
    assert_eq!(vehicle.running_task(), Some(id), "the vehicle is on the task that ends");
    let standby = match stands_at {
        SetOutFrom::Station => Standby::AtStation,
        SetOutFrom::Road => Standby::OnRoad { last_task: None },
    };
    (vehicle.duty, vehicle.since) = match vehicle.away.take() {
        None => (Duty::available(standby), at),
        Some(CrewAway { away: Away::OffDuty, pressed_at }) => (Duty::OffDuty, pressed_at),
        Some(CrewAway { away: Away::Paused { reason }, pressed_at }) => {
            (Duty::Paused { reason, standby }, pressed_at)
        }
    };
}

/// Brings the vehicle's duty to what its task's latest milestone says.
fn follow(state: &mut CentreState, id: &TaskId) {
    let task = task_of(state, id);
    let (vehicle, latest) = (task.vehicle.clone(), task.milestones.latest());
    let since = task.milestones.get(latest).map(Stamp::at);
    let is_noted = task.not_coming.is_some();
    let (id, name) = (id.clone(), vehicle);
    let vehicle = vehicle_of(state, &name);
    vehicle.away = None;
    let standby = match TaskStage::after(latest) {
        Some(stage) => {
            vehicle.forget_moves();
            vehicle.duty = Duty::OnTask { task: id, stage };
            vehicle.since = since.unwrap_or(vehicle.since);
            if is_noted || vehicle.standing_report().is_some() {
                super::reports::hold_up(state, &name);
            }
            return;
        }
        None if latest == Milestone::Finished => Standby::OnRoad { last_task: Some(id) },
        None => Standby::AtStation,
    };
    vehicle.wait_at(standby, since);
}
