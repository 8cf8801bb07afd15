//! What each event changes in the rows. Pure: rows in, rows out; the same times as the core's state shows.

use super::rows::{IncidentRow, TaskRow, VehicleRow};
use dispatch_core::model::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// The rows that some events touch, by their ids.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) incidents: BTreeMap<String, IncidentRow>,
    pub(super) tasks: BTreeMap<String, TaskRow>,
    pub(super) vehicles: BTreeMap<String, VehicleRow>,
}

/// The incident and the vehicle an event is about, so that their rows can be at hand.
pub(super) fn subjects(event: &Event) -> (Option<&str>, Option<&TaskId>, Option<&VehicleId>) {
    match event {
        Event::IncidentOpened { incident, .. }
        | Event::CallTaken { incident, .. }
        | Event::CallSeparated { incident, .. }
        | Event::IncidentAmended { incident, .. }
        | Event::IncidentSuspended { incident, .. }
        | Event::IncidentResumed { incident }
        | Event::IncidentRefused { incident, .. }
        | Event::IncidentCancelled { incident, .. }
        | Event::IncidentClosed { incident }
        | Event::IncidentReopened { incident, .. } => (Some(incident.as_str()), None, None),
        Event::TaskCreated { task, incident, vehicle, .. } => {
            (Some(incident.as_str()), Some(task), Some(vehicle))
        }
        Event::MilestoneReached { task, .. }
        | Event::MilestoneReported { task, .. }
        | Event::CrewReportSettled { task, .. }
        | Event::MilestoneCorrected { task, .. }
        | Event::MilestoneUndone { task, .. }
        | Event::TaskAborted { task, .. }
        | Event::TaskRedirected { task, .. } => (None, Some(task), None),
        Event::VehicleEnrolled { vehicle, .. }
        | Event::VehicleAmended { vehicle, .. }
        | Event::VehicleRetired { vehicle } => (None, None, Some(vehicle)),
        Event::VehicleTakenOver { hand_over } => (None, None, Some(&hand_over.vehicle)),
        Event::CallConcluded { .. }
        | Event::VehiclesWanted { .. }
        | Event::PatientsAccounted { .. }
        | Event::OrderResent { .. }
        | Event::OrderLapsed { .. }
        | Event::NoteAdded { .. }
        | Event::DeviceReceiptRecorded { .. }
        | Event::VehiclePaused { .. }
        | Event::VehicleResumed { .. }
        | Event::VehicleWentOffDuty { .. }
        | Event::VehicleCameOnDuty { .. }
        | Event::VehicleReturnedToStation { .. }
        | Event::CrewAssigned { .. }
        | Event::VehicleHandedOver { .. }
        | Event::HandOverConfirmed { .. }
        | Event::SosRaised { .. }
        | Event::SosCleared { .. }
        | Event::RefusedPressesSeen { .. }
        | Event::FollowOnGiven { .. }
        | Event::FollowOnAcknowledged { .. }
        | Event::FollowOnEnded { .. }
        | Event::TerminalTroubleNoted { .. }
        | Event::CrewActRefused { .. }
        | Event::ClockCorrected { .. }
        | Event::JournalSetBack { .. } => (None, None, None),
    }
}

impl Rows {
    /// Brings the rows up to an event. A row that is not there is passed over: somebody emptied a table,
    /// and a rebuild brings it back.
    pub(super) fn take_over(&mut self, centre: &CentreId, recorded: &Recorded) {
        let (at, version) = (recorded.provenance.happened_at(), recorded.version);
        match &recorded.event {
            Event::IncidentOpened { incident, facts } => {
                let row = opened(centre, incident, facts, at, version);
                self.incidents.insert(row.id.clone(), row);
            }
            Event::CallTaken { incident, .. } => {
                self.incident(incident, version, |row| row.calls += 1)
            }
            Event::CallSeparated { incident, .. } => {
                self.incident(incident, version, |row| row.calls = row.calls.saturating_sub(1));
            }
            Event::IncidentAmended { incident, changes } => {
                self.incident(incident, version, |row| amend(row, changes));
            }
            Event::IncidentSuspended { incident, reason } => {
                self.stage(incident, version, "suspended", Some(word(&reason.reason)), None);
            }
            Event::IncidentResumed { incident } | Event::IncidentReopened { incident, .. } => {
                self.stage(incident, version, "open", None, None);
            }
            Event::IncidentRefused { incident, reason } => {
                let over_at = Some(recorded.provenance.recorded_at);
                self.stage(incident, version, "refused", Some(word(&reason.reason)), over_at);
            }
            Event::IncidentCancelled { incident, reason } => {
                let over_at = Some(recorded.provenance.recorded_at);
                self.stage(incident, version, "cancelled", Some(word(&reason.reason)), over_at);
            }
            Event::IncidentClosed { incident } => {
                let over_at = Some(recorded.provenance.recorded_at);
                self.stage(incident, version, "closed", None, over_at);
            }
            Event::TaskCreated { task, incident, vehicle, from, .. } => {
                self.incident(incident, version, |row| {
                    row.tasks += 1;
                    row.first_dispatch_at.get_or_insert(at);
                });
                let station = self.vehicles.get(vehicle.as_str()).map(|v| v.station.clone());
                let row = created(centre, (task, incident, vehicle), *from, station, at, version);
                self.tasks.insert(row.id.clone(), row);
            }
            Event::MilestoneReached { task, milestone, details } => {
                self.task(task, version, |row| reached(row, *milestone, details, at));
            }
            Event::MilestoneReported { task, milestone, details, .. } => {
                self.task(task, version, |row| reported(row, *milestone, details, at));
            }
            Event::CrewReportSettled { task, kept, told, .. } => {
                self.task(task, version, |row| settled(row, *kept, told));
            }
            Event::MilestoneCorrected { task, milestone, truly_at, .. } => {
                self.task(task, version, |row| row.reached[*milestone as usize] = Some(*truly_at));
            }
            Event::MilestoneUndone { task, milestone } => self.task(task, version, |row| {
                row.reached[*milestone as usize] = None;
                if *milestone == Milestone::Finished && row.ended == "finished" {
                    row.ended = "running".to_owned();
                }
            }),
            Event::TaskAborted { task, reason } => {
                self.task(task, version, |row| end(row, "aborted", word(&reason.reason), at));
            }
            Event::TaskRedirected { task, reason, .. } => {
                self.task(task, version, |row| end(row, "redirected", word(&reason.reason), at));
            }
            Event::VehicleEnrolled { vehicle, record }
            | Event::VehicleAmended { vehicle, record } => {
                self.vehicle(centre, vehicle, record);
            }
            Event::VehicleTakenOver { hand_over } => {
                self.vehicle(centre, &hand_over.vehicle, &hand_over.record);
            }
            Event::VehicleRetired { vehicle } => {
                if let Some(row) = self.vehicles.get_mut(vehicle.as_str()) {
                    row.in_service = false;
                }
            }
            Event::CallConcluded { .. }
            | Event::VehiclesWanted { .. }
            | Event::PatientsAccounted { .. }
            | Event::OrderResent { .. }
            | Event::OrderLapsed { .. }
            | Event::NoteAdded { .. }
            | Event::DeviceReceiptRecorded { .. }
            | Event::VehiclePaused { .. }
            | Event::VehicleResumed { .. }
            | Event::VehicleWentOffDuty { .. }
            | Event::VehicleCameOnDuty { .. }
            | Event::VehicleReturnedToStation { .. }
            | Event::CrewAssigned { .. }
            | Event::VehicleHandedOver { .. }
            | Event::HandOverConfirmed { .. }
            | Event::SosRaised { .. }
            | Event::SosCleared { .. }
            | Event::RefusedPressesSeen { .. }
            | Event::FollowOnGiven { .. }
            | Event::FollowOnAcknowledged { .. }
            | Event::FollowOnEnded { .. }
            | Event::TerminalTroubleNoted { .. }
            | Event::CrewActRefused { .. }
            | Event::ClockCorrected { .. }
            | Event::JournalSetBack { .. } => {}
        }
    }

    fn incident(&mut self, id: &IncidentId, version: u64, change: impl FnOnce(&mut IncidentRow)) {
        if let Some(row) = self.incidents.get_mut(id.as_str()) {
            row.version = version;
            change(row);
        }
    }

    fn stage(
        &mut self,
        id: &IncidentId,
        version: u64,
        stage: &str,
        reason: Option<String>,
        over_at: Option<Timestamp>,
    ) {
        self.incident(id, version, |row| {
            (row.stage, row.reason, row.over_at) = (stage.to_owned(), reason, over_at);
        });
    }

    fn task(&mut self, id: &TaskId, version: u64, change: impl FnOnce(&mut TaskRow)) {
        if let Some(row) = self.tasks.get_mut(id.as_str()) {
            row.version = version;
            change(row);
        }
    }

    fn vehicle(&mut self, centre: &CentreId, id: &VehicleId, record: &VehicleRecord) {
        let row = VehicleRow {
            id: id.to_string(),
            centre: centre.to_string(),
            home_centre: record.home_centre.to_string(),
            station: record.station.to_string(),
            kind: word(&record.kind),
            plate: record.plate.clone(),
            call_sign: record.call_sign.clone(),
            in_service: true,
        };
        self.vehicles.insert(row.id.clone(), row);
    }
}

fn opened(
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
    };
    row.stand_at(facts.scene.position);
    row
}

fn amend(row: &mut IncidentRow, changes: &IncidentChanges) {
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
    match &changes.appointment_at {
        Change::Keep => {}
        Change::Set(_) => row.appointment = true,
        Change::Clear => row.appointment = false,
    }
}

fn created(
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
    }
}

/// A crew's words as PostgreSQL can store them: journals of earlier releases may hold the character it refuses.
fn storable(hospital: &HospitalId) -> String {
    hospital.as_str().replace('\0', "\u{fffd}")
}

/// As the core's stamps: never before the step it follows.
fn reached(row: &mut TaskRow, milestone: Milestone, details: &MilestoneDetails, at: Timestamp) {
    let before = row.reached[..milestone as usize].iter().rev().find_map(|time| *time);
    row.reached[milestone as usize] = Some(before.map_or(at, |before| at.max(before)));
    learn(row, details);
    if milestone == Milestone::Finished {
        row.ended = "finished".to_owned();
    }
}

/// A press that came late: between its neighbours, and never over a time that is known.
fn reported(row: &mut TaskRow, milestone: Milestone, details: &MilestoneDetails, at: Timestamp) {
    let before = row.reached[..milestone as usize].iter().rev().find_map(|time| *time);
    let after = row.reached[milestone as usize + 1..].iter().find_map(|time| *time);
    let at = before.map_or(at, |before| at.max(before));
    row.reached[milestone as usize].get_or_insert(after.map_or(at, |after| at.min(after)));
    learn(row, details);
}

/// The task goes on, or what the crew had told of it is struck.
fn settled(row: &mut TaskRow, kept: bool, told: &[Milestone]) {
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

fn learn(row: &mut TaskRow, details: &MilestoneDetails) {
    row.hospital = details.hospital.as_ref().map(storable).or(row.hospital.take());
    row.patients_carried = details.patients_carried.or(row.patients_carried);
    row.distance_km = details.distance_km.or(row.distance_km);
}

fn end(row: &mut TaskRow, how: &str, reason: String, at: Timestamp) {
    (row.ended, row.reason, row.ended_at) = (how.to_owned(), Some(reason), Some(at));
}

/// A word of the model's vocabulary, as it is stored in the journal.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("a word of the vocabulary is written as text: {other:?}"),
    }
}
