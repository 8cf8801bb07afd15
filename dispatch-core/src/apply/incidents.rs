//! What events change in an incident, its calls and its notes.

use super::incident_of;
use crate::model::*;
use crate::state::{
    Call, CentreState, Incident, IncidentStage, Note, PatientAccount, RaisedFrom, Reopening,
    SceneCount,
};

pub(super) fn opened(
    state: &mut CentreState,
    id: &IncidentId,
    facts: &IncidentFacts,
    provenance: &Provenance,
) {
    assert_eq!(*id, state.next_incident_id(), "incidents are numbered without gaps");
    state.incidents_opened += 1;
    let incident = Incident {
        id: id.clone(),
        facts: facts.clone(),
        stage: IncidentStage::Open,
        calls: Vec::new(),
        tasks: Vec::new(),
        notes: Vec::new(),
        opened_at: provenance.happened_at(),
        first_dispatch_at: None,
        reopened: false,
        promised: Vec::new(),
        reopenings: Vec::new(),
        vehicles_wanted: 1,
        wanted_since: provenance.happened_at(),
        fewer_wanted_in: 0,
        scene_counts: Vec::new(),
        amended_count: None,
        account: PatientAccount::default(),
        last_version: state.version,
    };
    state.incidents.insert(id.clone(), incident);
}

pub(super) fn call_taken(
    state: &mut CentreState,
    incident: &IncidentId,
    call_id: &CallId,
    (details, said): (&CallDetails, Option<&CallerWords>),
    provenance: &Provenance,
) {
    let version = state.version;
    let incident = incident_of(state, incident);
    let wanted = incident.vehicles_wanted;
    let raised = said.map(|said| RaisedFrom::by(said, wanted)).unwrap_or_default();
    incident.calls.push(Call {
        id: call_id.clone(),
        details: details.clone(),
        said: said.cloned().map(Box::new),
        raised,
        separated_to: None,
        outcome: CallOutcome::Open,
        concluded_at: None,
        order_sent_at: None,
        taken_at: provenance.happened_at(),
        taken_by: provenance.origin.clone(),
        version,
        patients_told_in: version,
        patients_told_at: provenance.happened_at(),
    });
}

pub(super) fn call_separated(
    state: &mut CentreState,
    incident: &IncidentId,
    call_id: &CallId,
    to: &IncidentId,
) {
    let calls = &mut incident_of(state, incident).calls;
    let call = calls.iter_mut().find(|call| call.id == *call_id).expect("the call was taken");
    call.separated_to = Some(to.clone());
}

pub(super) fn call_concluded(
    state: &mut CentreState,
    incident: &IncidentId,
    call_id: &CallId,
    outcome: &CallOutcome,
    provenance: &Provenance,
) {
    let calls = &mut incident_of(state, incident).calls;
    let call = calls.iter_mut().find(|call| call.id == *call_id).expect("the call was taken");
    call.outcome = outcome.clone();
    call.concluded_at = Some(provenance.happened_at());
    if *outcome == CallOutcome::Dispatched {
        call.order_sent_at.get_or_insert(provenance.happened_at());
    }
}

pub(super) fn amended(
    state: &mut CentreState,
    incident: &IncidentId,
    changes: &IncidentChanges,
    provenance: &Provenance,
) {
    let version = state.version;
    let incident = incident_of(state, incident);
    if provenance.origin.is_rule(Origin::CALL_MORE_URGENT)
        && let Some(call) = incident.calls.last_mut()
    {
        call.raised.priority = Some(incident.facts.priority);
    }
    incident.amend(changes, version, provenance);
}

pub(super) fn suspended(
    state: &mut CentreState,
    incident: &IncidentId,
    reason: &Reasoned<SuspendReason>,
    provenance: &Provenance,
) {
    let incident = incident_of(state, incident);
    assert!(incident.running_tasks().next().is_none(), "a served incident does not wait");
    let since = provenance.happened_at();
    incident.stage = IncidentStage::Suspended { reason: reason.clone(), since };
}

pub(super) fn resumed(state: &mut CentreState, incident: &IncidentId) {
    incident_of(state, incident).stage = IncidentStage::Open;
}

pub(super) fn refused(
    state: &mut CentreState,
    incident: &IncidentId,
    reason: &Reasoned<RefuseReason>,
    provenance: &Provenance,
) {
    let at = provenance.recorded_at;
    end(state, incident, IncidentStage::Refused { reason: reason.clone(), at }, at);
}

pub(super) fn cancelled(
    state: &mut CentreState,
    incident: &IncidentId,
    reason: &Reasoned<CancelReason>,
    provenance: &Provenance,
) {
    let at = provenance.recorded_at;
    end(state, incident, IncidentStage::Cancelled { reason: reason.clone(), at }, at);
}

pub(super) fn closed(state: &mut CentreState, incident: &IncidentId, provenance: &Provenance) {
    let at = provenance.recorded_at;
    let by_itself = provenance.origin.is_rule(Origin::LAST_TASK_ENDED);
    end(state, incident, IncidentStage::Closed { at, by_itself }, at);
}

pub(super) fn reopened(state: &mut CentreState, id: &IncidentId, provenance: &Provenance) {
    let incident = incident_of(state, id);
    let since = incident.stage.over_since().expect("only what is over is reopened");
    incident.stage = IncidentStage::Open;
    if !provenance.origin.is_automatic() {
        let at = provenance.happened_at();
        incident.reopened = true;
        incident.reopenings.push(Reopening { at, version: incident.last_version });
        incident.vehicles_wanted = 1;
        incident.wanted_since = at;
    }
    state.over.remove(since, id);
}

pub(super) fn vehicles_wanted(
    state: &mut CentreState,
    incident: &IncidentId,
    vehicles: u16,
    provenance: &Provenance,
) {
    let version = state.version;
    incident_of(state, incident).want(vehicles, version, provenance.happened_at());
}

pub(super) fn patients_accounted(
    state: &mut CentreState,
    incident: &IncidentId,
    (carried, patients): (Change<u16>, &PatientChanges),
    provenance: &Provenance,
) {
    let version = state.version;
    incident_of(state, incident).account_for(carried, patients, version, provenance);
}

/// Keeps how many patients the crew of a task counted at the scene, if that was told.
pub(super) fn counted(
    incident: &mut Incident,
    task: &TaskId,
    told: &PatientsTold,
    provenance: &Provenance,
) {
    let (counted, version) = (told.counted_at_scene, incident.last_version);
    incident.take_count(SceneCount::told(Some(task), counted, version, provenance));
}

pub(super) fn note_added(
    state: &mut CentreState,
    incident: &IncidentId,
    text: &str,
    provenance: &Provenance,
) {
    incident_of(state, incident).notes.push(Note {
        text: text.to_owned(),
        by: provenance.origin.clone(),
        written_at: provenance.happened_at(),
    });
}

fn end(state: &mut CentreState, id: &IncidentId, stage: IncidentStage, at: Timestamp) {
    let incident = incident_of(state, id);
    assert!(incident.running_tasks().next().is_none(), "a served incident is not over");
    assert!(!incident.stage.is_over(), "what is over does not end again");
    incident.stage = stage;
    state.over.add(at, id);
}
