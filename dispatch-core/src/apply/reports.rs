//! What a crew's word changes that comes against, or after, what the centre did.

use super::{incident_of, incidents, task_of, vehicle_of};
use crate::model::*;
use crate::state::{
    CentreState, CrewAway, CrewReport, Duty, NotComing, RefusedPress, SceneCount, Stamp, Task,
    TaskEnd, TaskStage,
};

pub(super) struct Reported<'a> {
    pub(super) task: &'a TaskId,
    pub(super) milestone: Milestone,
    pub(super) before_end: Option<bool>,
}

pub(super) struct Refused<'a> {
    pub(super) command: &'a str,
    pub(super) task: Option<&'a TaskId>,
    pub(super) code: &'a str,
    pub(super) to_see: bool,
}

pub(super) fn refused(
    state: &mut CentreState,
    vehicle: &VehicleId,
    pressed: Refused,
    provenance: &Provenance,
) {
    // The press of a vehicle that left service is only kept.
    if !state.vehicles.contains_key(vehicle) {
        return;
    }
    let vehicle = vehicle_of(state, vehicle);
    if pressed.to_see {
        let before = vehicle.refused.as_ref().map_or(0, |refused| refused.count);
        vehicle.refused = Some(RefusedPress {
            command: pressed.command.to_owned(),
            task: pressed.task.cloned(),
            code: pressed.code.to_owned(),
            pressed_at: provenance.happened_at(),
            count: before.saturating_add(1),
        });
    }
}

pub(super) fn reported(
    state: &mut CentreState,
    vehicle: &VehicleId,
    report: Reported,
    details: &MilestoneDetails,
    contradicts: bool,
    provenance: &Provenance,
) {
    let is_new = write_down(state, &report, details, provenance);
    let (id, version) = (vehicle, state.version);
    let vehicle = vehicle_of(state, vehicle);
    if contradicts {
        let reported = vehicle.report.get_or_insert_with(|| CrewReport {
            task: report.task.clone(),
            reached: report.milestone,
            told: Vec::new(),
            pressed_at: provenance.happened_at(),
            recorded_at: provenance.recorded_at,
            before_end: report.before_end,
            version,
        });
        reported.reached = reported.reached.max(report.milestone);
        if is_new && !reported.told.contains(&report.milestone) {
            reported.told.push(report.milestone);
        }
        vehicle.since = provenance.happened_at();
    }
    if report.milestone >= Milestone::Departed
        && report.milestone < Milestone::BackAtStation
        && vehicle.duty.group() == StateGroup::AtStation
        && vehicle.latest_task.as_ref() == Some(report.task)
    {
        // It had left its station when it was called back.
        vehicle.duty = Duty::AvailableOnRoad { last_task: None };
    }
    hold_up(state, id);
}

/// While its crew reports a patient of another task, a vehicle is not on the way of the one it runs. One whose
/// crew has gone is not either, whatever else it reports.
pub(super) fn hold_up(state: &mut CentreState, vehicle: &VehicleId) {
    let Some(vehicle) = state.vehicles.get(vehicle) else { return };
    let Some(running) = vehicle.running_task().cloned() else { return };
    let is_held = vehicle.standing_report().is_some_and(|report| report.task != running);
    let is_noted = |task: &Task| task.not_coming == Some(NotComing::OtherPatient);
    let is_away = vehicle.away.is_some();
    if !is_away && state.task(&running).is_some_and(|(_, task)| is_noted(task) != is_held) {
        let task = task_of(state, &running);
        task.not_coming = is_held.then_some(NotComing::OtherPatient);
    }
}

/// The crew had gone before its order was given: nobody has received it, and its incident waits again.
pub(super) fn away(
    state: &mut CentreState,
    vehicle: &VehicleId,
    task: &TaskId,
    away: &Away,
    provenance: &Provenance,
) {
    let task = task_of(state, task);
    task.not_coming = Some(NotComing::Away);
    task.lapsed_at.get_or_insert(provenance.recorded_at);
    let (away, pressed_at) = (away.clone(), provenance.happened_at());
    let vehicle = vehicle_of(state, vehicle);
    vehicle.away = Some(CrewAway { away, pressed_at });
    vehicle.since = pressed_at;
}

/// It is there after all; the order stands as it stood, and is to be received.
pub(super) fn back(
    state: &mut CentreState,
    vehicle: &VehicleId,
    task: &TaskId,
    provenance: &Provenance,
) {
    let task = task_of(state, task);
    task.not_coming = None;
    if task.device_receipt.is_some() {
        task.lapsed_at = None;
    }
    let vehicle = vehicle_of(state, vehicle);
    vehicle.away = None;
    vehicle.since = provenance.happened_at();
    let vehicle = vehicle.id.clone();
    hold_up(state, &vehicle);
}

/// Writes the press on its task, which may be of another centre's journal, or forgotten. Says whether it
/// tells something new.
fn write_down(
    state: &mut CentreState,
    report: &Reported,
    details: &MilestoneDetails,
    provenance: &Provenance,
) -> bool {
    if state.task(report.task).is_none() {
        return true;
    }
    let task = task_of(state, report.task);
    let is_new = task.milestones.get(report.milestone).is_none();
    if is_new {
        let (before, after) =
            (task.milestones.before(report.milestone), task.milestones.after(report.milestone));
        let stamp = Stamp::reported(before, after, provenance);
        task.milestones.set(report.milestone, stamp);
    }
    task.details.learn(details);
    let incident = task.incident.clone();
    incidents::counted(incident_of(state, &incident), report.task, &details.patients, provenance);
    is_new
}

pub(super) fn settled(
    state: &mut CentreState,
    vehicle: &VehicleId,
    task: &TaskId,
    kept: bool,
    provenance: &Provenance,
) {
    let found = vehicle_of(state, vehicle);
    let report = found.report.take().expect("a report is settled");
    found.since = provenance.happened_at();
    // A number that was given again after the journal was set back names the task of another.
    if state.task(task).is_none_or(|(_, task)| task.vehicle != *vehicle) {
        return hold_up(state, vehicle);
    }
    if kept {
        keep(state, vehicle, &report)
    } else {
        strike(state, vehicle, &report)
    }
    hold_up(state, vehicle);
}

/// The task goes on from where its crew says it is; one that its crew has finished meanwhile counts as
/// finished, wherever its vehicle is now.
fn keep(state: &mut CentreState, vehicle: &VehicleId, report: &CrewReport) {
    let version = state.version;
    let task = task_of(state, &report.task);
    task.ended_early_in = None;
    task.lapsed_at = None;
    if report.reached >= Milestone::Departed {
        task.departed_in.get_or_insert(version);
    }
    let Some(stage) = TaskStage::after(report.reached) else {
        task.end = TaskEnd::Finished;
        let vehicle = vehicle_of(state, vehicle);
        if vehicle.duty == (Duty::AvailableOnRoad { last_task: None })
            && vehicle.latest_task.as_ref() == Some(&report.task)
        {
            vehicle.duty = Duty::AvailableOnRoad { last_task: Some(report.task.clone()) };
        }
        return;
    };
    task.milestones.clear(Milestone::Finished);
    task.milestones.clear(Milestone::BackAtStation);
    task.end = TaskEnd::Running;
    // The press may have told a step that had been passed over: the task is as far as it was.
    let latest = task.milestones.latest();
    let stage = TaskStage::after(latest).unwrap_or(stage);
    let since = task.milestones.get(latest).map(Stamp::at);
    let vehicle = vehicle_of(state, vehicle);
    vehicle.forget_moves();
    vehicle.duty = Duty::OnTask { task: report.task.clone(), stage };
    vehicle.latest_task = Some(report.task.clone());
    vehicle.since = since.unwrap_or(vehicle.since);
}

/// The press was wrong: what it wrote on the task is taken off again, and so is what it counted.
fn strike(state: &mut CentreState, vehicle: &VehicleId, report: &CrewReport) {
    let task = task_of(state, &report.task);
    for milestone in &report.told {
        task.milestones.clear(*milestone);
    }
    let incident = task.incident.clone();
    let incident = incident_of(state, &incident);
    let is_by_it = |count: &SceneCount| {
        let of_vehicle =
            matches!(&count.by, Origin::CrewTerminal { vehicle: by, .. } if by == vehicle);
        of_vehicle && count.task.as_ref() == Some(&report.task) && count.version >= report.version
    };
    let counts = incident.scene_counts.len();
    incident.scene_counts.retain(|count| !is_by_it(count));
    if incident.scene_counts.len() < counts {
        task_of(state, &report.task).details.patients.counted_at_scene = None;
    }
}

/// A crew takes back what it reported against the centre. False when the milestone is none of that.
pub(super) fn taken_back(state: &mut CentreState, task: &TaskId, milestone: Milestone) -> bool {
    let Some((_, found)) = state.task(task) else { return false };
    let vehicle = found.vehicle.clone();
    let is_that = |report: &CrewReport| report.task == *task && report.reached == milestone;
    let reports = state.vehicles.get(&vehicle).and_then(|vehicle| vehicle.report.clone());
    let Some(mut report) = reports.filter(is_that) else { return false };
    let task = task_of(state, task);
    if report.told.contains(&milestone) {
        task.milestones.clear(milestone);
    }
    report.told.retain(|told| *told != milestone);
    report.reached = report.told.iter().copied().max().unwrap_or(Milestone::Created);
    let since = task.milestones.get(report.reached).map(Stamp::at);
    let vehicle = vehicle_of(state, &vehicle);
    vehicle.since = since.unwrap_or(vehicle.since);
    vehicle.report = Some(report).filter(|report| report.state().is_some());
    let vehicle = vehicle.id.clone();
    hold_up(state, &vehicle);
    true
}
