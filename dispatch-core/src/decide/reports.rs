//! The crew's word against the centre's: a press is a fact at the time it was made, whatever the centre
//! did meanwhile. Where the two contradict each other the crew is believed until a person settles it.

use super::by_rule::{close_if_done, reopen_if_left, resume_if_suspended};
use super::calls::conclude_dispatched;
use super::check;
use super::draft::{Draft, in_state};
use super::follow_on_end;
use super::standing::{nothing_reported, nothing_stands};
use crate::model::*;
use crate::state::{CrewReport, Incident, SceneCount, Stamp, Task, TaskEnd, TaskStage, Vehicle};

/// Takes a crew's press about a task that ended, is not known here, or has gone further already. False
/// when the press is an ordinary one, to be decided as such.
pub(super) fn take_late_press(
    draft: &mut Draft,
    task: &TaskId,
    milestone: Milestone,
    details: &MilestoneDetails,
) -> Result<bool, Rejection> {
    let Origin::CrewTerminal { vehicle, .. } = &draft.context.origin else { return Ok(false) };
    let vehicle = draft.vehicle(vehicle)?;
    let found = draft.state.task(task).map(|(_, found)| found);
    if let Some(found) = found {
        draft.doubt_if_before(found.milestones.before(milestone));
    }
    let reported_before = vehicle.report.as_ref().filter(|report| report.task == *task);
    let press = Press { milestone, provenance: draft.provenance(), reported_before };
    let contradicts = match found.map(|found| press.against(found)) {
        Some(Late::Ordinary) => return Ok(false),
        Some(Late::FillsIn) => false,
        Some(Late::Contradicts) => true,
        // Lent since, or long ago: the patient is on board all the same.
        None if matches!(milestone, Milestone::LeftScene | Milestone::AtHospital) => true,
        None if milestone == Milestone::Finished && reported_before.is_some() => true,
        None => return Ok(false),
    };
    if contradicts && reported_before.is_none() {
        nothing_reported(vehicle)?;
    }
    let before_end = found.and_then(|found| press.before(found));
    let (version, provenance) = (draft.next_version(), draft.provenance());
    draft.push(Event::MilestoneReported {
        vehicle: vehicle.id.clone(),
        task: task.clone(),
        milestone,
        details: details.clone(),
        contradicts,
        before_end,
    });
    if let Some((incident, _)) = draft.state.task(task) {
        let count =
            SceneCount::told(Some(task), details.patients.counted_at_scene, version, &provenance);
        let stamp = (milestone, Stamp::of(&provenance));
        let told = incident.once_reported(task, stamp, details, count);
        if !contradicts {
            close_if_done(draft, &told);
        }
        reopen_if_left(draft, incident, &told);
    }
    Ok(true)
}

/// Takes "off duty" or a pause that was pressed before the order was given which the vehicle runs now, and has
/// not received. False when it is an ordinary press.
pub(super) fn take_away(
    draft: &mut Draft,
    vehicle: &VehicleId,
    away: &Away,
) -> Result<bool, Rejection> {
    let found = draft.vehicle(vehicle)?;
    let Some(task) = found.running_task().filter(|_| draft.by_crew()) else { return Ok(false) };
    let (_, task) = draft.task(task)?;
    let provenance = draft.provenance();
    let created = task.milestones.get(Milestone::Created);
    // Where no clock can tell it may have been before.
    let before = provenance.clock_doubtful
        || created.is_some_and(|created| provenance.made_at <= created.recorded_at);
    if task.is_received() || !before || nothing_stands(found).is_err() {
        return Ok(false);
    }
    if found.away.as_ref().is_some_and(|said| said.away == *away) {
        return Err(in_state(found));
    }
    let (vehicle, task, away) = (vehicle.clone(), task.id.clone(), away.clone());
    draft.push(Event::CrewAwayReported { vehicle, task, away });
    Ok(true)
}

/// A crew that was away before its order was given is back. False when it was not away so.
pub(super) fn take_back_away(
    draft: &mut Draft,
    vehicle: &VehicleId,
    from: VehicleState,
) -> Result<bool, Rejection> {
    let found = draft.vehicle(vehicle)?;
    let is_away = found.away.as_ref().is_some_and(|said| said.away.state() == from);
    let Some(task) = found.running_task().filter(|_| is_away) else { return Ok(false) };
    draft.push(Event::CrewBackReported { vehicle: vehicle.clone(), task: task.clone() });
    Ok(true)
}

/// What a press is, seen from its task.
enum Late {
    Ordinary,
    FillsIn,
    Contradicts,
}

struct Press<'a> {
    milestone: Milestone,
    provenance: Provenance,
    reported_before: Option<&'a CrewReport>,
}

impl Press<'_> {
    fn against(&self, task: &Task) -> Late {
        let known = task.milestones.get(self.milestone).is_some();
        let goes_on = self.reported_before.is_some_and(|report| report.reached < self.milestone);
        match &task.end {
            _ if goes_on && self.milestone <= Milestone::Finished => Late::Contradicts,
            _ if self.milestone == Milestone::BackAtStation => Late::Ordinary,
            TaskEnd::Aborted { .. } | TaskEnd::Diverted { .. } if known => self.said_again(task),
            TaskEnd::Finished if known && self.is_after_a_finish_by_others(task) => {
                if self.before(task) == Some(true) { Late::FillsIn } else { Late::Contradicts }
            }
            TaskEnd::Finished | TaskEnd::Running if self.was_told_by_others(task) => Late::FillsIn,
            _ if known => Late::Ordinary,
            TaskEnd::Aborted { .. } | TaskEnd::Diverted { .. } => {
                if self.milestone >= Milestone::AtScene { Late::Contradicts } else { Late::FillsIn }
            }
            TaskEnd::Finished if self.is_after_a_finish_by_others(task) => Late::Contradicts,
            TaskEnd::Finished | TaskEnd::Running if self.fits_before_the_next(task) => {
                Late::FillsIn
            }
            TaskEnd::Finished | TaskEnd::Running => Late::Ordinary,
        }
    }

    /// What a step says that the centre had from elsewhere, by radio say. Whoever ended the task knew of it; only when it
    /// was pressed after that does it say that there is a patient all the same.
    fn said_again(&self, task: &Task) -> Late {
        let tells_of_patient =
            matches!(self.milestone, Milestone::LeftScene | Milestone::AtHospital);
        let was_known = self.before(task) == Some(true);
        if tells_of_patient && !was_known { Late::Contradicts } else { Late::FillsIn }
    }

    /// Whether the centre has the step from elsewhere: the crew's own press then is no step, and a fact all the same.
    fn was_told_by_others(&self, task: &Task) -> bool {
        let known = task.milestones.get(self.milestone);
        known.is_some_and(|known| !matches!(known.origin, Origin::CrewTerminal { .. }))
    }

    /// Whether the crew has a patient on board of a task that somebody at the centre finished for it.
    fn is_after_a_finish_by_others(&self, task: &Task) -> bool {
        let Some(finished) = task.milestones.get(Milestone::Finished) else { return false };
        let by_crew = matches!(finished.origin, Origin::CrewTerminal { .. });
        let delivered = task.milestones.get(Milestone::AtHospital).is_some();
        let later = self.provenance.clock_doubtful || self.provenance.made_at > finished.at();
        let on_board = self.milestone == Milestone::LeftScene
            || (self.milestone == Milestone::AtHospital && later);
        !by_crew && !delivered && on_board
    }

    /// Whether a step that was passed over was pressed before the one that follows it.
    fn fits_before_the_next(&self, task: &Task) -> bool {
        let next = task.milestones.after(self.milestone);
        next.is_some_and(|next| self.provenance.happened_at() <= next.at())
    }

    /// Whether the press was made before the task's end was recorded; nothing when no clock can tell.
    fn before(&self, task: &Task) -> Option<bool> {
        let ended_at = match &task.end {
            TaskEnd::Running => return None,
            TaskEnd::Aborted { at, .. } | TaskEnd::Diverted { at, .. } => *at,
            TaskEnd::Finished => task.milestones.get(Milestone::Finished)?.recorded_at,
        };
        (!self.provenance.clock_doubtful).then(|| self.provenance.made_at <= ended_at)
    }
}

/// A crew takes back its "finished" after the vehicle was sent on, or its incident closed by hand: it still has
/// its patient.
pub(super) fn not_finished(draft: &mut Draft, task: &Task) -> Result<(), Rejection> {
    let vehicle = draft.vehicle(&task.vehicle)?;
    nothing_reported(vehicle)?;
    let before = task.milestones.iter().take_while(|(it, _)| *it < Milestone::Finished).last();
    let (milestone, _) = before.ok_or_else(|| Rejection::TaskOver { task: task.id.clone() })?;
    draft.push(Event::MilestoneReported {
        vehicle: vehicle.id.clone(),
        task: task.id.clone(),
        milestone,
        details: MilestoneDetails::default(),
        contradicts: true,
        before_end: None,
    });
    Ok(())
}

/// Settles a report: the patient is kept, and the task goes on, or the press was wrong.
pub(super) fn settle(
    draft: &mut Draft,
    vehicle: &VehicleId,
    keep: bool,
    note: &str,
) -> Result<(), Rejection> {
    check::note(note, &draft.rules.limits)?;
    let found = draft.vehicle(vehicle)?;
    let Some(report) = &found.report else {
        return Err(Rejection::NothingToSettle { vehicle: vehicle.clone() });
    };
    if keep {
        let (incident, task) = draft.task(&report.task)?;
        if task.vehicle != *vehicle {
            // Its number was given again after the journal was set back: the task that the crew means is not here.
            return Err(Rejection::UnknownTask { task: report.task.clone() });
        }
        if TaskStage::after(report.reached).is_some() {
            // First, since an incident that ended long ago is forgotten with the next event about anything else.
            open_again(draft, incident);
            free_for(draft, found, &report.task)?;
        }
    }
    let (task, told) = (report.task.clone(), report.told.clone());
    let (vehicle, note) = (vehicle.clone(), note.to_owned());
    draft.push(Event::CrewReportSettled { vehicle, task, kept: keep, told, note });
    Ok(())
}

/// A vehicle that was sent elsewhere meanwhile is taken off that task; its other patient waits again.
fn free_for(draft: &mut Draft, vehicle: &Vehicle, kept: &TaskId) -> Result<(), Rejection> {
    let Some(other) = vehicle.running_task().filter(|running| *running != kept) else {
        return Ok(());
    };
    let (_, other) = draft.task(other)?;
    if other.stage().is_some_and(TaskStage::has_patient) {
        return Err(Rejection::PatientOnBoard { vehicle: vehicle.id.clone() });
    }
    follow_on_end::lapse(draft, vehicle);
    let (task, reason) = (other.id.clone(), AbortReason::Other.into());
    draft.push_by_rule(Origin::CREW_REPORT_KEPT, Event::TaskAborted { task, reason });
    Ok(())
}

fn open_again(draft: &mut Draft, incident: &Incident) {
    if incident.stage.is_over() {
        let (incident, note) = (incident.id.clone(), String::new());
        let reopened = Event::IncidentReopened { incident, note };
        draft.push_by_rule(Origin::CREW_REPORT_KEPT, reopened);
    }
    resume_if_suspended(draft, incident);
    conclude_dispatched(draft, incident);
}

/// A dispatcher has seen to what was refused.
pub(super) fn see_refused(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    if draft.vehicle(vehicle)?.refused.is_none() {
        return Err(Rejection::NothingToSettle { vehicle: vehicle.clone() });
    }
    draft.push(Event::RefusedPressesSeen { vehicle: vehicle.clone() });
    Ok(())
}
