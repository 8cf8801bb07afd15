//! A second telling of what the journal says of patients, to hold the rules against.

use crate::world::Centre;
use dispatch_core::model::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
struct Known {
    /// What each call told last, with the version that told it.
    by_calls: BTreeMap<CallId, (u64, u16)>,
    /// Counts at the scene with the version of each: by task, by dispatchers (nothing), and amendments.
    counted: BTreeMap<Option<TaskId>, (u64, u16)>,
    amended: Option<(u64, u16)>,
    tasks: BTreeMap<TaskId, Run>,
    account: (Option<u16>, PatientsTold),
}

#[derive(Default)]
struct Run {
    reached: BTreeSet<Milestone>,
    carried: Option<u16>,
    told: PatientsTold,
    /// The centre has it as finished.
    ended: bool,
    /// What the crew reports against the end of its task; nobody has settled yet whether it counts.
    unsettled: bool,
}

/// No incident that vehicles served was closed while a reported patient was unaccounted for, unless a
/// person confirmed exactly so many.
pub(crate) fn nobody_was_forgotten(centre: &Centre, events: &[Recorded]) {
    for recorded in events {
        let Event::IncidentClosed { incident } = &recorded.event else {
            continue;
        };
        let known = known(&centre.journal, incident, recorded.version);
        let left = known.reported().saturating_sub(known.accounted());
        if known.tasks.is_empty() || left == 0 {
            continue;
        }
        let confirmed = &recorded.provenance.confirmed;
        let left = Confirmation::PatientsUnaccounted { patients: left };
        assert!(confirmed.contains(&left), "{incident} was closed over {left:?}");
    }
}

fn known(journal: &[Recorded], incident: &IncidentId, until: u64) -> Known {
    let mut known = Known::default();
    let of = |task: &TaskId| task.as_str().starts_with(&format!("{incident}.t"));
    for recorded in journal.iter().filter(|recorded| recorded.version < until) {
        if let Event::CallTaken { incident: about, call_id, details, .. } = &recorded.event
            && about == incident
        {
            let told = (recorded.version, details.patient_count);
            known.by_calls.insert(call_id.clone(), told);
        } else if let Event::CallSeparated { incident: about, call_id, .. } = &recorded.event
            && about == incident
        {
            known.by_calls.remove(call_id);
        } else if let Event::IncidentAmended { incident: about, changes } = &recorded.event
            && about == incident
        {
            known.amend(changes, recorded.version);
        } else if let Event::PatientsAccounted { incident: about, carried, patients, .. } =
            &recorded.event
            && about == incident
        {
            known.account.0 = carried.applied_to(known.account.0);
            known.account.1 = patients.applied_to(&known.account.1);
            known.count(None, patients.counted_at_scene, recorded.version);
        } else if let Event::TaskCreated { task, .. } = &recorded.event
            && of(task)
        {
            known.tasks.insert(task.clone(), Run::default());
        } else if let Event::MilestoneReached { task, milestone, details } = &recorded.event
            && let Some(run) = known.tasks.get_mut(task)
        {
            run.press(*milestone, details);
            run.ended |= *milestone == Milestone::Finished;
            let counted = PatientChanges::from(&details.patients).counted_at_scene;
            known.count(Some(task), counted, recorded.version);
        } else if let Event::MilestoneCorrected { task, milestone, .. } = &recorded.event
            && let Some(run) = known.tasks.get_mut(task)
        {
            run.reached.insert(*milestone);
        } else if let Event::TaskDetailsCorrected(TaskCorrection { task, changes, .. }) =
            &recorded.event
            && let Some(run) = known.tasks.get_mut(task)
        {
            run.put_right(changes);
            let counted = changes.patients.counted_at_scene;
            let before = known.counted.get(&Some(task.clone())).map(|(version, _)| *version);
            known.count(Some(task), counted, before.unwrap_or(recorded.version));
        } else if let Event::MilestoneUndone { task, milestone } = &recorded.event
            && let Some(run) = known.tasks.get_mut(task)
        {
            run.reached.remove(milestone);
            run.ended &= *milestone != Milestone::Finished;
        } else if let Event::MilestoneReported { task, milestone, details, contradicts, .. } =
            &recorded.event
            && let Some(run) = known.tasks.get_mut(task)
        {
            // Written on the task; whether it counts is settled later.
            run.press(*milestone, details);
            // A crew that says it is done, as the centre has it, leaves nothing to settle.
            let agrees = run.ended && *milestone == Milestone::Finished;
            run.unsettled = !agrees && (run.unsettled || *contradicts);
        } else if let Event::CrewReportSettled { task, kept, told, .. } = &recorded.event
            && let Some(run) = known.tasks.get_mut(task)
        {
            run.settle(*kept, told);
        }
    }
    known
}

impl Known {
    /// A number for the whole incident stands for all that was told; one for a call stands as told now.
    fn amend(&mut self, changes: &IncidentChanges, version: u64) {
        self.amended = changes.patient_count.map(|told| (version, told)).or(self.amended);
        if let Some(call) = &changes.call
            && let Some((named, patients)) = call.call_id.clone().zip(call.patient_count)
        {
            self.by_calls.insert(named, (version, patients));
        }
    }

    fn count(&mut self, task: Option<&TaskId>, told: Change<u16>, version: u64) {
        match told {
            Change::Keep => {}
            Change::Set(patients) => {
                self.counted.insert(task.cloned(), (version, patients));
            }
            Change::Clear => drop(self.counted.remove(&task.cloned())),
        }
    }

    fn reported(&self) -> u16 {
        let count = self.counted.values().copied().chain(self.amended).max();
        let calls = self.by_calls.values().copied();
        let after =
            calls.filter(|(version, _)| count.is_none_or(|(counted, _)| *version > counted));
        after.chain(count).map(|(_, patients)| patients).max().unwrap_or(0)
    }

    fn accounted(&self) -> u16 {
        let carried = |run: &Run| run.carried.unwrap_or(u16::from(run.loaded()));
        let finished = self.tasks.values().filter(|run| run.finished());
        let by_crews: u16 = finished.map(|run| carried(run) + left_well(&run.told)).sum();
        by_crews + self.account.0.unwrap_or(0) + left_well(&self.account.1)
    }
}

impl Run {
    fn press(&mut self, milestone: Milestone, details: &MilestoneDetails) {
        self.reached.insert(milestone);
        self.carried = details.patients_carried.or(self.carried);
        merge(&mut self.told, &details.patients);
    }

    fn put_right(&mut self, changes: &DetailChanges) {
        let told = MilestoneDetails {
            patients_carried: self.carried,
            patients: self.told.clone(),
            ..MilestoneDetails::default()
        };
        let told = changes.applied_to(&told);
        (self.carried, self.told) = (told.patients_carried, told.patients);
    }

    /// A press that was right makes the task go on from there; one that was wrong is taken off.
    fn settle(&mut self, kept: bool, told: &[Milestone]) {
        self.unsettled = false;
        if !kept {
            self.reached.retain(|milestone| !told.contains(milestone));
        } else if !told.contains(&Milestone::Finished) {
            self.reached.remove(&Milestone::Finished);
        }
        self.ended &= self.reached.contains(&Milestone::Finished);
    }

    fn loaded(&self) -> bool {
        [Milestone::LeftScene, Milestone::AtHospital].iter().any(|it| self.reached.contains(it))
    }

    fn finished(&self) -> bool {
        self.reached.contains(&Milestone::Finished) && !self.unsettled
    }
}

fn left_well(told: &PatientsTold) -> u16 {
    [told.treated_at_scene, told.refused_transport].into_iter().flatten().sum()
}

/// The players tell no more than these.
fn merge(told: &mut PatientsTold, now: &PatientsTold) {
    told.treated_at_scene = now.treated_at_scene.or(told.treated_at_scene);
    told.refused_transport = now.refused_transport.or(told.refused_transport);
}
