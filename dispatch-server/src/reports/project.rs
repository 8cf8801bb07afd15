//! What each event changes in the rows. Pure: rows in, rows out; the same times as the core's state shows.

use super::change::{amend, created, end, opened, put_right, reached, reported, settled, word};
use super::rows::{IncidentRow, StayRow, TaskRow, VehicleRow};
use super::tally::{BY_ACCOUNT, Moment};
use dispatch_core::model::*;
use dispatch_core::state::PatientsSaid;
use std::collections::BTreeMap;

/// The rows that some events touch, by their ids.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) incidents: BTreeMap<String, IncidentRow>,
    pub(super) tasks: BTreeMap<String, TaskRow>,
    pub(super) vehicles: BTreeMap<String, VehicleRow>,
    /// Stays that began or ended, in order; all of one centre.
    pub(super) stays: Vec<StayRow>,
}

/// The coming (true) or going of a vehicle that an event tells.
fn coming(event: &Event) -> Option<(&VehicleId, bool)> {
    if let Event::VehicleEnrolled { vehicle, .. } = event {
        Some((vehicle, true))
    } else if let Event::VehicleTakenOver { transfer } = event {
        Some((&transfer.vehicle, true))
    } else if let Event::VehicleHandedOver { transfer } = event {
        Some((&transfer.vehicle, false))
    } else if let Event::VehicleRetired { vehicle } = event {
        Some((vehicle, false))
    } else {
        None
    }
}

impl Rows {
    /// Brings the rows up to an event. A row that is not there is passed over: somebody emptied a table,
    /// and a rebuild brings it back.
    pub(super) fn take_over(&mut self, centre: &CentreId, recorded: &Recorded) {
        let (at, version) = (recorded.provenance.happened_at(), recorded.version);
        if let Some((vehicle, came)) = coming(&recorded.event) {
            self.stay(centre, vehicle, came, recorded.provenance.recorded_at);
        }
        match &recorded.event {
            Event::IncidentOpened { incident, facts } => {
                let row = opened(centre, incident, facts, at, version);
                self.incidents.insert(row.id.clone(), row);
            }
            Event::CallTaken { incident, call_id, details, .. } => {
                let said = PatientsSaid { patients: details.patient_count, version, at };
                self.incident(incident, version, |row| {
                    row.calls += 1;
                    row.call_told(call_id, said);
                });
            }
            Event::CallSeparated { incident, call_id, .. } => {
                self.incident(incident, version, |row| {
                    row.calls = row.calls.saturating_sub(1);
                    row.without_call(call_id);
                });
            }
            Event::PatientsAccounted { incident, carried, patients, note: _ } => {
                self.incident(incident, version, |row| {
                    row.accounted(*carried, patients);
                    row.counted(BY_ACCOUNT, patients.counted_at_scene, Moment::of(version, at));
                });
            }
            Event::IncidentAmended { incident, changes } => {
                self.incident(incident, version, |row| amend(row, changes, version, at));
            }
            Event::IncidentSuspended { incident, reason } => {
                self.stage(incident, version, "suspended", Some(word(&reason.reason)), None);
            }
            Event::IncidentResumed { incident } => {
                self.stage(incident, version, "open", None, None);
            }
            Event::IncidentReopened { incident, .. } => {
                self.stage(incident, version, "open", None, None);
                if !recorded.provenance.origin.is_automatic() {
                    self.incident(incident, version, |row| row.begin_turn(at));
                }
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
                let sent_at = recorded.provenance.recorded_at;
                let mut row =
                    created(centre, (task, incident, vehicle), *from, station, at, version);
                (row.ordered_at, row.sent_at) = (Some(sent_at), Some(sent_at));
                if let Some(incident) = self.incidents.get(incident.as_str()) {
                    (row.turn, row.turn_began_at) = (incident.turn, incident.turn_began_at);
                }
                self.tasks.insert(row.id.clone(), row);
            }
            Event::DeviceReceiptRecorded { task } => {
                self.task(task, version, |row| row.receipt = true);
            }
            Event::OrderResent { task, .. } => {
                let sent_at = recorded.provenance.recorded_at;
                self.task(task, version, |row| row.sent_again(sent_at));
            }
            Event::MilestoneReached { task, milestone, details } => {
                self.task(task, version, |row| reached(row, *milestone, details, at));
                self.counted(task, &details.patients, Moment::of(version, at));
            }
            Event::MilestoneReported { task, milestone, details, contradicts, .. } => {
                self.task(task, version, |row| reported(row, *milestone, details, at));
                let told = Moment { struck_with_report: *contradicts, ..Moment::of(version, at) };
                self.counted(task, &details.patients, told);
            }
            Event::CrewReportSettled { task, kept, told, .. } => {
                self.task(task, version, |row| settled(row, *kept, told));
                if let Some(row) = self.incident_of(task).filter(|_| !kept) {
                    row.strike(task.as_str());
                }
            }
            Event::MilestoneCorrected { task, milestone, truly_at, .. } => {
                self.task(task, version, |row| row.reached[*milestone as usize] = Some(*truly_at));
            }
            Event::TaskDetailsCorrected(TaskCorrection { task, changes, note: _ }) => {
                self.task(task, version, |row| put_right(row, changes));
                let told = Moment { keeps_its_age: true, ..Moment::of(version, at) };
                if let Some(row) = self.incident_of(task) {
                    row.counted(task.as_str(), changes.patients.counted_at_scene, told);
                }
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
            Event::VehicleTakenOver { transfer } => {
                self.vehicle(centre, &transfer.vehicle, &transfer.record);
            }
            Event::VehicleRetired { vehicle } => {
                if let Some(row) = self.vehicles.get_mut(vehicle.as_str()) {
                    row.in_service = false;
                }
            }
            dispatch_core::events_without_figures!() => {}
        }
    }

    fn stay(&mut self, centre: &CentreId, vehicle: &VehicleId, came: bool, at: Timestamp) {
        let of_it = self.stays.iter_mut().filter(|stay| stay.vehicle == vehicle.as_str());
        let (began_at, ended_at) = if came { (Some(at), None) } else { (None, Some(at)) };
        // The end of one that began among these events, or the same moment once more.
        let known = if came {
            |stay: &StayRow, at| stay.began_at == Some(at)
        } else {
            |stay: &StayRow, _| stay.ended_at.is_none()
        };
        if let Some(stay) = of_it.rev().find(|stay| known(stay, at)) {
            stay.ended_at = ended_at;
        } else {
            let (centre, vehicle) = (centre.to_string(), vehicle.to_string());
            self.stays.push(StayRow { centre, vehicle, began_at, ended_at });
        }
    }

    fn incident_of(&mut self, task: &TaskId) -> Option<&mut IncidentRow> {
        task.incident().and_then(|id| self.incidents.get_mut(id))
    }

    /// The crew of a task told how many patients there are, if it did.
    fn counted(&mut self, task: &TaskId, patients: &PatientsTold, told: Moment) {
        let counted = PatientChanges::from(patients).counted_at_scene;
        if let Some(row) = self.incident_of(task) {
            row.counted(task.as_str(), counted, told);
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
