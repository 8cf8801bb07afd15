//! What one event makes of one row: a new row, or what changes in it. The same times as the core's state shows.

use super::rows::{IncidentRow, TaskRow, Told};
use super::tally::{BY_AMENDMENT, Moment};
use dispatch_core::model::*;
use dispatch_core::state::{PatientsSaid, time_of_step};
use serde::Serialize;

pub(super) fn opened(
    centre: &CentreId,
    id: &IncidentId,
    facts: &IncidentFacts,
    opened_at: Timestamp,
    version: u64,
) -> IncidentRow {
    let mut row = IncidentRow {
        id: id.to_string(),
        centre: centre.to_string(),
        kind: word(&facts.kind),
        priority: word(&facts.priority),
        source: word(&facts.source),
        accident_level: word(&facts.accident_level),
        lon: None,
        lat: None,
        test: facts.test,
        appointment: facts.appointment_at.is_some(),
        calls: 0,
        tasks: 0,
        stage: "open".to_owned(),
        reason: None,
        opened_at,
        first_dispatch_at: None,
        over_at: None,
        version,
        appointment_at: facts.appointment_at,
        turn: 0,
        turn_began_at: Some(opened_at),
        calls_told: Vec::new(),
        counted: None,
        patients_reported: 0,
        carried_besides: 0,
        told: Told::default(),
    };
    row.stand_at(facts.scene.position);
    row
}

pub(super) fn amend(row: &mut IncidentRow, changes: &IncidentChanges, version: u64, at: Timestamp) {
    if let Some(kind) = &changes.kind {
        row.kind = word(kind);
    }
    if let Some(priority) = &changes.priority {
        row.priority = word(priority);
    }
    if let Some(level) = &changes.accident_level {
        row.accident_level = word(level);
    }
    if let Some(source) = &changes.source {
        row.source = word(source);
    }
    row.test = changes.test.unwrap_or(row.test);
    if let Some(scene) = &changes.scene {
        row.stand_at(scene.position);
    }
    match &changes.scene_point {
        Change::Keep => {}
        Change::Set(point) => row.stand_at(Some(point.position)),
        Change::Clear => row.stand_at(None),
    }
    row.appointment_at = changes.appointment_at.applied_to(row.appointment_at);
    row.appointment = row.appointment_at.is_some();
    if let Some(patients) = changes.patient_count {
        row.counted(BY_AMENDMENT, Change::Set(patients), Moment::of(version, at));
    }
    let call = changes.call.as_ref();
    let told = call.and_then(|call| call.call_id.as_ref().zip(call.patient_count));
    if let Some((call_id, patients)) = told {
        row.call_told(call_id, PatientsSaid { patients, version, at });
    }
    // Of a vehicle that stands by the first call tells of no patient.
    row.count();
}

pub(super) fn created(
    centre: &CentreId,
    (task, incident, vehicle): (&TaskId, &IncidentId, &VehicleId),
    from: SetOutFrom,
    station: Option<String>,
    at: Timestamp,
    version: u64,
) -> TaskRow {
    let mut reached = [None; 8];
    reached[Milestone::Created as usize] = Some(at);
    TaskRow {
        id: task.to_string(),
        incident: incident.to_string(),
        centre: centre.to_string(),
        vehicle: vehicle.to_string(),
        station,
        set_out_from: word(&from),
        reached,
        hospital: None,
        patients_carried: None,
        distance_km: None,
        ended: "running".to_owned(),
        reason: None,
        ended_at: None,
        version,
        turn: 0,
        turn_began_at: None,
        ordered_at: None,
        sent_at: None,
        receipt: false,
        told: Told::default(),
    }
}

/// A crew's words as PostgreSQL can store them: journals of earlier releases may hold the character it refuses.
fn storable(hospital: &HospitalId) -> String {
    hospital.as_str().replace('\0', "\u{fffd}")
}

/// At the time that the core's stamps show.
pub(super) fn reached(
    row: &mut TaskRow,
    milestone: Milestone,
    details: &MilestoneDetails,
    at: Timestamp,
) {
    let before = row.reached[..milestone as usize].iter().rev().find_map(|time| *time);
    row.reached[milestone as usize] = Some(time_of_step(at, before, None));
    learn(row, details);
    if milestone == Milestone::Finished {
        row.ended = "finished".to_owned();
    }
}

/// A press that came late: between its neighbours, and never over a time that is known.
pub(super) fn reported(
    row: &mut TaskRow,
    milestone: Milestone,
    details: &MilestoneDetails,
    at: Timestamp,
) {
    let before = row.reached[..milestone as usize].iter().rev().find_map(|time| *time);
    let after = row.reached[milestone as usize + 1..].iter().find_map(|time| *time);
    row.reached[milestone as usize].get_or_insert(time_of_step(at, before, after));
    learn(row, details);
}

/// The task goes on, or what the crew had told of it is struck.
pub(super) fn settled(row: &mut TaskRow, kept: bool, told: &[Milestone]) {
    if !kept {
        told.iter().for_each(|milestone| row.reached[*milestone as usize] = None);
    } else if told.contains(&Milestone::Finished) {
        (row.ended, row.reason, row.ended_at) = ("finished".to_owned(), None, None);
    } else {
        row.reached[Milestone::Finished as usize] = None;
        row.reached[Milestone::BackAtStation as usize] = None;
        (row.ended, row.reason, row.ended_at) = ("running".to_owned(), None, None);
    }
}

/// What a crew had told is put right.
pub(super) fn put_right(row: &mut TaskRow, changes: &DetailChanges) {
    let hospital = changes.hospital.as_set().map(storable);
    row.hospital = match changes.hospital {
        Change::Keep => row.hospital.take(),
        Change::Set(_) | Change::Clear => hospital,
    };
    row.patients_carried = changes.patients_carried.applied_to(row.patients_carried);
    row.distance_km = changes.distance_km.applied_to(row.distance_km);
    row.told.put_right(&changes.patients);
}

fn learn(row: &mut TaskRow, details: &MilestoneDetails) {
    row.hospital = details.hospital.as_ref().map(storable).or(row.hospital.take());
    row.patients_carried = details.patients_carried.or(row.patients_carried);
    row.distance_km = details.distance_km.or(row.distance_km);
    row.told.learn(&details.patients);
}

pub(super) fn end(row: &mut TaskRow, how: &str, reason: String, at: Timestamp) {
    (row.ended, row.reason, row.ended_at) = (how.to_owned(), Some(reason), Some(at));
}

/// A word of the model's vocabulary, as it is stored in the journal.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("a word of the vocabulary is written as text: {other:?}"),
    }
}
