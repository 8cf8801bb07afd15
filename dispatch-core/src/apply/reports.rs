//! What a crew's word changes that comes against, or after, what the centre did.

use super::tasks::task_of;
use super::vehicle_of;
use crate::model::*;
use crate::state::{CentreState, CrewReport, Duty, RefusedPress, Stamp, TaskEnd, TaskStage};

pub(super) struct Reported<'a> {
    pub(super) task: &'a TaskId,
    pub(super) milestone: Milestone,
    pub(super) before_end: Option<bool>,
}

pub(super) struct Refused<'a> {
    pub(super) act: &'a str,
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
    let vehicle = vehicle_of(state, vehicle);
    if pressed.to_see {
        let before = vehicle.refused.as_ref().map_or(0, |refused| refused.count);
        vehicle.refused = Some(RefusedPress {
            act: pressed.act.to_owned(),
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
    let vehicle = vehicle_of(state, vehicle);
    if contradicts {
        let reported = vehicle.report.get_or_insert_with(|| CrewReport {
            task: report.task.clone(),
            reached: report.milestone,
            told: Vec::new(),
            pressed_at: provenance.happened_at(),
            recorded_at: provenance.recorded_at,
            before_end: report.before_end,
        });
        reported.reached = reported.reached.max(report.milestone);
        if is_new && !reported.told.contains(&report.milestone) {
            reported.told.push(report.milestone);
        }
        vehicle.since = provenance.happened_at();
    }
    if report.milestone >= Milestone::Departed
        && report.milestone < Milestone::BackAtStation
        && vehicle.duty == Duty::AvailableAtStation
        && vehicle.latest_task.as_ref() == Some(report.task)
    {
        // It had left its station when it was called back.
        vehicle.duty = Duty::AvailableOnRoad { last_task: None };
    }
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
    if state.task(task).is_none() {
        return;
    }
    if kept { keep(state, vehicle, &report) } else { strike(state, &report) }
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
    vehicle.duty = Duty::OnTask { task: report.task.clone(), stage };
    vehicle.latest_task = Some(report.task.clone());
    vehicle.since = since.unwrap_or(vehicle.since);
}

/// The press was wrong: what it wrote on the task is taken off again.
fn strike(state: &mut CentreState, report: &CrewReport) {
    let task = task_of(state, &report.task);
    for milestone in &report.told {
        task.milestones.clear(*milestone);
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
    true
}
