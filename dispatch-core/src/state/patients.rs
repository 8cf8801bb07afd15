//! How many patients an incident is known to have, and how many of them are accounted for.

use super::{Incident, Stamp, Task, TaskEnd};
use crate::model::*;
use serde::{Deserialize, Serialize};

/// How many patients there are, as counted at the scene or amended by a dispatcher. It overrules what callers said
/// before, also downwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneCount {
    /// How many.
    pub patients: u16,
    /// Who counted, or told what was counted.
    pub by: Origin,
    /// When.
    pub at: Timestamp,
    /// The journal version of the event that told it.
    pub version: u64,
}

impl SceneCount {
    /// The count that is told, if one is.
    pub(crate) fn told(told: &PatientsTold, version: u64, provenance: &Provenance) -> Option<Self> {
        let patients = told.counted_at_scene?;
        let (by, at) = (provenance.origin.clone(), provenance.happened_at());
        Some(Self { patients, by, at, version })
    }
}

/// What was told of patients besides what crews told of their own tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientAccount {
    /// Patients carried whom no crew told of.
    pub carried: u16,
    /// What became of those not carried.
    pub patients: PatientsTold,
    /// When it was last told.
    pub at: Timestamp,
    /// The journal version of the event that last told it; 0 when none did.
    pub version: u64,
}

/// A number of patients as somebody told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientsSaid {
    /// How many.
    pub patients: u16,
    /// The journal version of the event that told it.
    pub version: u64,
    /// When it was told.
    pub at: Timestamp,
}

/// How many patients were reported: the largest number any call told, in the order of the calls, unless a later
/// `counted` overrules them; then that, or a larger number told after it by the journal's order or by the clocks.
pub fn patients_reported(
    standby: bool,
    calls: impl Iterator<Item = PatientsSaid>,
    counted: Option<PatientsSaid>,
) -> u16 {
    // A vehicle standing by at an event has no patient yet; a further call is about one.
    let calls = calls.skip(usize::from(standby));
    let after = |said: &PatientsSaid| {
        counted.is_none_or(|count| said.version > count.version || said.at > count.at)
    };
    calls.filter(after).chain(counted).map(|said| said.patients).max().unwrap_or(0)
}

impl Incident {
    /// How many patients were reported: the largest number any call told, unless they were counted at the
    /// scene or a dispatcher amended the number; then what was said last, or a larger number told by a later call.
    pub fn patients_reported(&self) -> u16 {
        let counts = [&self.scene_count, &self.amended_count].into_iter().flatten();
        let counted = counts.max_by_key(|count| count.version);
        let counted = counted.map(|count| PatientsSaid {
            patients: count.patients,
            version: count.version,
            at: count.at,
        });
        let calls = self.calls().map(|call| PatientsSaid {
            patients: call.details.patient_count,
            version: call.patients_told_in,
            at: call.patients_told_at,
        });
        patients_reported(self.facts.kind == IncidentKind::Standby, calls, counted)
    }

    /// How many patients were carried, or need no transport: told by finished tasks and by dispatchers.
    pub fn patients_accounted(&self) -> u16 {
        let finished = self.tasks.iter().filter(|task| task.end == TaskEnd::Finished);
        let by_crews: u32 = finished.map(Task::patients_dealt_with).sum();
        let account = &self.account;
        let in_all = by_crews + u32::from(account.carried) + account.patients.not_carried();
        u16::try_from(in_all).unwrap_or(u16::MAX)
    }

    /// How many reported patients nobody has told of.
    pub fn patients_unaccounted(&self) -> u16 {
        self.patients_reported().saturating_sub(self.patients_accounted())
    }

    /// This incident as it will be once a task has told this with a milestone.
    pub(crate) fn once_told(
        &self,
        task: &TaskId,
        milestone: Milestone,
        details: &MilestoneDetails,
        count: Option<SceneCount>,
    ) -> Self {
        let mut told = self.clone();
        told.scene_count = count.or(told.scene_count);
        if let Some(task) = told.tasks.iter_mut().find(|one| one.id == *task) {
            task.details.learn(details);
            if milestone == Milestone::Finished {
                task.end = TaskEnd::Finished;
            }
        }
        told
    }

    /// This incident as it will be once a press that came late has told this of a task: one that ended stays
    /// as it ended.
    pub(crate) fn once_reported(
        &self,
        task: &TaskId,
        (milestone, stamp): (Milestone, Stamp),
        details: &MilestoneDetails,
        count: Option<SceneCount>,
    ) -> Self {
        let mut told = self.clone();
        told.scene_count = count.or(told.scene_count);
        if let Some(task) = told.tasks.iter_mut().find(|one| one.id == *task) {
            task.details.learn(details);
            if task.milestones.get(milestone).is_none() {
                task.milestones.set(milestone, stamp);
            }
        }
        told
    }

    /// Takes in what was put right of what a task told.
    pub(crate) fn correct_details(&mut self, task: &TaskId, changes: &DetailChanges) {
        if let Some(found) = self.tasks.iter_mut().find(|one| one.id == *task) {
            found.details = changes.applied_to(&found.details);
        }
    }

    /// This incident as it will be once a milestone of a task has this stamp.
    pub(crate) fn once_corrected(&self, task: &TaskId, milestone: Milestone, stamp: Stamp) -> Self {
        let mut corrected = self.clone();
        if let Some(task) = corrected.tasks.iter_mut().find(|one| one.id == *task) {
            task.milestones.set(milestone, stamp);
        }
        corrected
    }
}

impl Task {
    /// Patients this task carried or otherwise dealt with. One that left the scene with its patient on
    /// board carried at least one, also when the crew did not tell how many.
    pub fn patients_dealt_with(&self) -> u32 {
        let reached = |milestone| self.milestones.get(milestone).is_some();
        let loaded = reached(Milestone::LeftScene) || reached(Milestone::AtHospital);
        let carried = self.details.patients_carried.unwrap_or(u16::from(loaded));
        u32::from(carried) + self.details.patients.not_carried()
    }
}
