//! Past incidents out of a centre's events: each as it stood when it was last changed, folded with the rules' own `apply`.

use super::{Outcome, PastIncident, PastRun};
use dispatch_core::model::{
    CancelReason, CentreId, Milestone, Recorded, Timestamp, VehicleId, VehicleRecord,
};
use dispatch_core::state::{Incident, IncidentStage, Milestones, Task, TaskEnd};
use dispatch_core::{CentreState, apply};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use wire_protocol::vocabulary::{IncidentKind, Priority};

/// One centre's events being folded.
pub struct Harvest {
    state: Option<CentreState>,
    kept: BTreeMap<String, PastIncident>,
    unplaced: BTreeSet<String>,
    exercises: BTreeSet<String>,
}

/// What was found.
pub struct Harvested {
    /// The incidents that have a position and are no exercise, by id.
    pub incidents: Vec<PastIncident>,
    /// Incidents without a position.
    pub unplaced: u64,
    /// Exercises and line tests.
    pub exercises: u64,
}

impl Harvest {
    /// Before the first event.
    pub fn new(centre: &CentreId) -> Self {
        let state = Some(CentreState::new(centre.clone()));
        let (unplaced, exercises) = (BTreeSet::new(), BTreeSet::new());
        Self { state, kept: BTreeMap::new(), unplaced, exercises }
    }

    /// Takes the next event.
    ///
    /// # Errors
    /// When it does not follow from the ones before.
    pub fn take(&mut self, recorded: &Recorded) -> Result<(), String> {
        let wrong = || format!("event {} does not follow from the ones before", recorded.version);
        let mut state = self.state.take().ok_or_else(wrong)?;
        if recorded.version != state.version + 1 {
            return Err(format!("event {} is missing", state.version + 1));
        }
        // `apply` panics on an event that does not follow, which a file from outside may hold.
        let applied = catch_unwind(AssertUnwindSafe(move || {
            apply(&mut state, recorded);
            state
        }));
        let state = applied.map_err(|_| wrong())?;
        let subjects = recorded.event.subjects();
        let of_task = subjects.task.and_then(|task| task.incident());
        let incident = subjects.incident.map(|incident| incident.as_str()).or(of_task);
        if let Some(incident) = incident.and_then(|id| state.incidents.get(id)) {
            self.keep(incident);
        }
        self.state = Some(state);
        Ok(())
    }

    fn keep(&mut self, incident: &Incident) {
        let id = incident.id.to_string();
        set(&mut self.exercises, &id, incident.facts.test);
        let is_placed = incident.facts.meeting_place().position.is_some();
        set(&mut self.unplaced, &id, !is_placed && !incident.facts.test);
        match past(incident) {
            Some(past) => drop(self.kept.insert(id, past)),
            None => drop(self.kept.remove(&id)),
        }
    }

    /// The vehicles that the centre has now, by id.
    pub fn vehicles(&self) -> Vec<(VehicleId, VehicleRecord)> {
        let vehicles = self.state.iter().flat_map(|state| state.vehicles.values());
        vehicles.map(|vehicle| (vehicle.id.clone(), vehicle.record.clone())).collect()
    }

    /// What was found.
    pub fn finish(self) -> Harvested {
        let incidents = self.kept.into_values().collect();
        let (unplaced, exercises) = (self.unplaced.len() as u64, self.exercises.len() as u64);
        Harvested { incidents, unplaced, exercises }
    }
}

fn set(ids: &mut BTreeSet<String>, id: &str, holds: bool) {
    if holds {
        ids.insert(id.to_owned());
    } else {
        ids.remove(id);
    }
}

/// An incident of a state as one of the past. Nothing for an exercise, for one without a position, and for one that was
/// refused: no vehicle was ever to come.
pub fn past(incident: &Incident) -> Option<PastIncident> {
    let refused = matches!(incident.stage, IncidentStage::Refused { .. });
    let place = incident.facts.meeting_place().position?;
    if incident.facts.test || refused {
        return None;
    }
    let rang = incident.calls().next().and_then(|call| call.details.rang_at);
    let received = rang.unwrap_or(incident.opened_at).min(incident.opened_at);
    let runs: Vec<PastRun> = incident.tasks.iter().map(run).collect();
    Some(PastIncident {
        id: incident.id.to_string(),
        line: 0,
        received: received.0,
        priority: twin(&incident.facts.priority).unwrap_or(Priority::Urgent),
        kind: twin(&incident.facts.kind).unwrap_or(IncidentKind::Other),
        place,
        address: incident.facts.scene.address.clone(),
        complaint: incident.facts.complaint.clone(),
        outcome: outcome(incident, &runs),
        runs,
    })
}

fn run(task: &Task) -> PastRun {
    let at = |milestone| stamp(&task.milestones, milestone);
    let ended = match &task.end {
        TaskEnd::Running => None,
        TaskEnd::Finished => at(Milestone::Finished),
        TaskEnd::Aborted { at, .. } | TaskEnd::Diverted { at, .. } => Some(at.0),
    };
    PastRun {
        vehicle: task.vehicle.to_string(),
        dispatched: at(Milestone::Created),
        en_route: at(Milestone::Departed),
        at_scene: at(Milestone::AtScene),
        left_scene: at(Milestone::LeftScene),
        at_hospital: at(Milestone::AtHospital),
        free: ended,
        hospital: task.details.hospital.as_ref().map(ToString::to_string),
    }
}

fn stamp(milestones: &Milestones, milestone: Milestone) -> Option<i64> {
    milestones.get(milestone).map(|stamp| stamp.at()).map(|Timestamp(millis)| millis)
}

fn outcome(incident: &Incident, runs: &[PastRun]) -> Outcome {
    match &incident.stage {
        IncidentStage::Cancelled { reason, .. } => match reason.reason {
            CancelReason::GoneOnArrival | CancelReason::WentByThemselves => Outcome::NobodyThere,
            CancelReason::CallerCancelled
            | CancelReason::Nuisance
            | CancelReason::Duplicate
            | CancelReason::DealtWithByOthers
            | CancelReason::Other => Outcome::Cancelled,
        },
        IncidentStage::Open
        | IncidentStage::Suspended { .. }
        | IncidentStage::Refused { .. }
        | IncidentStage::Closed { .. } => PastIncident::outcome_by_steps(runs),
    }
}

/// The wire's word for a word of the core: both are written alike.
pub(crate) fn twin<A: serde::Serialize, B: serde::de::DeserializeOwned>(word: &A) -> Option<B> {
    serde_json::from_value(serde_json::to_value(word).ok()?).ok()
}
