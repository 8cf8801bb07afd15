//! How many patients an incident is known to have, and how many of them are accounted for.

use super::patient_counts::patients_reported;
use super::{Incident, PatientAccount, PatientsSaid, SceneCount, Stamp, Task, TaskEnd};
use crate::model::*;

impl Incident {
    /// How many patients were reported: the largest number any call told, unless they were counted at the
    /// scene or a dispatcher amended the number; then what was said last, or a larger number told by a later call.
    pub fn patients_reported(&self) -> u16 {
        let counts = [self.scene_count(), self.amended_count.as_ref()].into_iter().flatten();
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

    /// The count at the scene that was told last; each source has one at most.
    pub fn scene_count(&self) -> Option<&SceneCount> {
        self.scene_counts.iter().max_by_key(|count| count.version)
    }

    /// How many patients were carried, or need no transport: told by finished tasks and by dispatchers.
    pub fn patients_accounted(&self) -> u16 {
        let finished = self.tasks.iter().filter(|task| task.end == TaskEnd::Finished);
        let by_crews: u32 = finished.map(Task::patients_dealt_with).sum();
        let account = &self.account;
        let in_all =
            by_crews + u32::from(account.carried.unwrap_or(0)) + account.patients.not_carried();
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
        self.once_learned(task, details, count, |task| {
            if milestone == Milestone::Finished {
                task.end = TaskEnd::Finished;
            }
        })
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
        self.once_learned(task, details, count, |task| {
            if task.milestones.get(milestone).is_none() {
                task.milestones.set(milestone, stamp);
            }
        })
    }

    fn once_learned(
        &self,
        task: &TaskId,
        details: &MilestoneDetails,
        count: Option<SceneCount>,
        step: impl FnOnce(&mut Task),
    ) -> Self {
        let mut told = self.clone();
        told.take_count(count);
        if let Some(task) = told.tasks.iter_mut().find(|one| one.id == *task) {
            task.details.learn(details);
            step(task);
        }
        told
    }

    /// Takes in a count in the place of what its source told before.
    pub(crate) fn take_count(&mut self, count: Option<SceneCount>) {
        let Some(count) = count else { return };
        self.scene_counts.retain(|before| before.task != count.task);
        self.scene_counts.push(count);
    }

    /// Takes in what a dispatcher told of patients besides the crews, or took back.
    pub(crate) fn account_for(
        &mut self,
        carried: Change<u16>,
        patients: &PatientChanges,
        version: u64,
        provenance: &Provenance,
    ) {
        let account = &mut self.account;
        account.carried = carried.applied_to(account.carried);
        account.patients = patients.applied_to(&account.patients);
        let is_told = account.carried.is_some() || !account.patients.is_silent();
        if !is_told {
            // All of it was taken back: it is as if nothing had ever been told.
            *account = PatientAccount::default();
        } else if carried.as_set().is_some() || patients.tells() {
            (account.version, account.at) = (version, provenance.happened_at());
        }
        if patients.counted_at_scene == Change::Clear {
            self.scene_counts.retain(|count| count.task.is_some());
        }
        let counted = patients.counted_at_scene.as_set().copied();
        self.take_count(SceneCount::told(None, counted, version, provenance));
    }

    /// Takes in what was put right of what a task told. A count that is put right stays as old as it was, so that
    /// it overrules nothing that was told after it.
    pub(crate) fn correct_details(
        &mut self,
        task: &TaskId,
        changes: &DetailChanges,
        version: u64,
        provenance: &Provenance,
    ) {
        if let Some(found) = self.tasks.iter_mut().find(|one| one.id == *task) {
            found.details = changes.applied_to(&found.details);
        }
        let is_its = |count: &SceneCount| count.task.as_ref() == Some(task);
        let before = self.scene_counts.iter_mut().find(|count| is_its(count));
        match (changes.patients.counted_at_scene, before) {
            (Change::Keep, _) => {}
            (Change::Clear, _) => self.scene_counts.retain(|count| !is_its(count)),
            (Change::Set(patients), Some(count)) => {
                (count.patients, count.by) = (patients, provenance.origin.clone());
            }
            (Change::Set(patients), None) => {
                self.take_count(SceneCount::told(Some(task), Some(patients), version, provenance));
            }
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
