//! One line of the log: an event of a journal, for reading. Every kind of event has its line.

use super::words::word;
use super::{Subjects, ToWire};
use dispatch_core::model::{
    Away, CallOutcome, Change, Confirmation, Event, IncidentChanges, MilestoneDetails,
    PatientsTold, PlacePoint, Reasoned, Recorded, TerminalTrouble, VehicleId, VehicleNeeds,
};
use dispatch_core::state::CentreState;
use std::collections::BTreeMap;
use wire_protocol::views::LogEntry;

/// The line of an event of this centre. The state lends the vehicle of a task and should be one that
/// has the event applied; without it those columns stay empty.
pub fn log_entry(centre: &CentreState, recorded: &Recorded) -> LogEntry {
    let subjects = Subjects::of(&recorded.event, centre);
    let mut details = Details(BTreeMap::new());
    details.tell(&recorded.event);
    recorded.provenance.confirmed.iter().for_each(|danger| details.tell_confirmed(danger));
    LogEntry {
        centre: centre.centre.to_wire(),
        version: recorded.version,
        kind: recorded.event.kind().to_owned(),
        stamp: recorded.provenance.to_wire(),
        incident: subjects.incident.to_wire(),
        task: subjects.task.to_wire(),
        vehicle: subjects.vehicle.to_wire(),
        details: details.0,
    }
}

pub(super) struct Details(BTreeMap<String, String>);

impl Details {
    pub(super) fn put(&mut self, name: &str, text: impl ToString) {
        self.0.insert(name.to_owned(), text.to_string());
    }

    pub(super) fn put_words(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.put(name, text);
        }
    }

    pub(super) fn put_reason<R>(&mut self, why: &Reasoned<R>)
    where
        R: ToWire,
        R::Wire: serde::Serialize,
    {
        self.put("reason", word(why.reason.to_wire()));
        self.put_words("note", &why.note);
    }

    fn tell_confirmed(&mut self, danger: &Confirmation) {
        let names = |vehicles: &[VehicleId]| {
            vehicles.iter().map(VehicleId::as_str).collect::<Vec<_>>().join(", ")
        };
        match danger {
            Confirmation::PatientsUnaccounted { patients } => self.put("unaccounted", patients),
            Confirmation::CrewAtScene { vehicles } => self.put("at_scene", names(vehicles)),
            Confirmation::CrewOutOfTouch { vehicles } => self.put("out_of_touch", names(vehicles)),
            Confirmation::PatientOnBoard { vehicle } => self.put("on_board", vehicle),
        }
    }

    fn put_patients(&mut self, told: &PatientsTold) {
        for (name, patients) in told.fields() {
            if let Some(patients) = patients {
                self.put(name, patients);
            }
        }
    }

    fn tell(&mut self, event: &Event) {
        match event {
            Event::IncidentOpened { incident: _, facts } => {
                self.put("kind", word(facts.kind.to_wire()));
                self.put("priority", word(facts.priority.to_wire()));
                self.put_words("address", &facts.scene.address);
            }
            Event::CallTaken { incident: _, call_id, details: _, said } => {
                self.put("call_id", call_id);
                if let Some(said) = said {
                    self.put("priority", word(said.facts.priority.to_wire()));
                    self.put_words("address", &said.facts.scene.address);
                    self.put_words("complaint", &said.facts.complaint);
                }
            }
            Event::CallSeparated { incident: _, call_id, to } => {
                self.put("call_id", call_id);
                self.put("to", to);
            }
            Event::CallConcluded { incident: _, call_id, outcome } => {
                self.put("call_id", call_id);
                self.tell_outcome(outcome);
            }
            Event::IncidentAmended { incident: _, changes } => self.tell_changes(changes),
            Event::IncidentSuspended { incident: _, reason } => self.put_reason(reason),
            Event::IncidentRefused { incident: _, reason } => self.put_reason(reason),
            Event::IncidentCancelled { incident: _, reason } => self.put_reason(reason),
            Event::IncidentReopened { incident: _, note } => self.put_words("note", note),
            Event::VehiclesWanted { incident: _, vehicles } => self.put("vehicles", vehicles),
            Event::PatientsAccounted { incident: _, carried, patients, note } => {
                self.put_change("patients_carried", carried, ToString::to_string);
                self.put_patient_changes(patients);
                self.put_words("note", note);
            }
            Event::OrderResent { task: _, order_expires_at } => {
                self.put("order_expires_at", order_expires_at.0);
            }
            Event::NoteAdded { incident: _, text } => self.put_words("note", text),
            Event::TaskCreated { from, previous_task, offer, vehicle, .. } => {
                self.put("from", word(from));
                if let Some(previous) = previous_task {
                    self.put("previous_task", previous);
                }
                if let Some(offer) = offer {
                    self.put("offered", offer.offered.len());
                    self.put("method", &offer.method);
                    if let Some(line) = offer.offered.iter().find(|line| line.vehicle == *vehicle) {
                        self.put("rank", line.rank);
                        self.put("total_seconds", line.total_seconds);
                    }
                }
            }
            Event::MilestoneReached { task: _, milestone, details } => {
                self.put("milestone", word(milestone.to_wire()));
                self.tell_details(details);
            }
            Event::MilestoneCorrected { task: _, milestone, was_at, truly_at, note } => {
                self.put("milestone", word(milestone.to_wire()));
                if let Some(was_at) = was_at {
                    self.put("was_at", was_at.0);
                }
                self.put("truly_at", truly_at.0);
                self.put_words("note", note);
            }
            Event::TaskDetailsCorrected(correction) => self.tell_correction(correction),
            Event::MilestoneUndone { task: _, milestone } => {
                self.put("milestone", word(milestone.to_wire()));
            }
            Event::TaskAborted { task: _, reason } => self.put_reason(reason),
            Event::TaskRedirected { task: _, to_incident, reason } => {
                self.put("to", to_incident);
                self.put_reason(reason);
            }
            Event::VehiclePaused { vehicle: _, reason } => self.put_reason(reason),
            Event::CrewAssigned { vehicle: _, crew } => {
                let names: Vec<&str> = crew.iter().map(|member| member.name.as_str()).collect();
                self.put("crew", names.join(", "));
            }
            Event::VehicleHandedOver { transfer } => {
                self.put("to", &transfer.to);
                self.put_words("note", &transfer.note);
            }
            Event::VehicleTakenOver { transfer } => {
                self.put("from", &transfer.from);
                self.put_words("note", &transfer.note);
            }
            Event::SosCleared { vehicle: _, note } => self.put_words("note", note),
            Event::VehicleLogged { vehicle: _, entry } => self.tell_vehicle_log(entry),
            Event::CameraWatched { channel, .. } => self.put("channel", channel),
            Event::MessageSent { text, .. } | Event::CrewAnswered { text, .. } => {
                self.put_words("text", text);
            }
            Event::CrewWrote { need, text, .. } => {
                if let Some(need) = need {
                    self.put("need", word(need.to_wire()));
                }
                self.put_words("text", text);
            }
            Event::MilestoneReported { milestone, details, contradicts, .. } => {
                self.put("milestone", word(milestone.to_wire()));
                self.put("contradicts", contradicts);
                self.tell_details(details);
            }
            Event::CrewReportSettled { vehicle: _, task: _, kept, told: _, note } => {
                self.put("kept", kept);
                self.put_words("note", note);
            }
            Event::CrewAwayReported { away, .. } => {
                self.put("state", word(away.state().to_wire()));
                if let Away::Paused { reason } = away {
                    self.put_reason(reason);
                }
            }
            Event::FollowOnGiven { expires_at, .. } => self.put("expires_at", expires_at.0),
            Event::FollowOnEnded { why, .. } => self.put("why", word(why)),
            Event::MoveAdviceSet { .. }
            | Event::MoveSuggested { .. }
            | Event::MoveSuggestionEnded { .. }
            | Event::MoveGiven { .. }
            | Event::MoveAcknowledged { .. }
            | Event::StandbyReached { .. }
            | Event::MoveWithdrawn { .. } => self.tell_move(event),
            Event::CrewActRefused { vehicle: _, command, task: _, code, to_see: _ } => {
                self.put("command", command);
                self.put("code", code);
            }
            Event::MovementNoted { vehicle: _, movement, since, over } => {
                self.tell_movement(movement, since.0, *over);
            }
            Event::TerminalTroubleNoted { vehicle: _, trouble } => self.tell_trouble(trouble),
            Event::VehicleEnrolled { vehicle: _, record }
            | Event::VehicleAmended { vehicle: _, record } => {
                self.put("station", &record.station);
                self.put_words("call_sign", &record.call_sign);
            }
            Event::ClockCorrected { newest } => self.put("newest", newest.0),
            Event::JournalSetBack { set_back } => {
                // Nothing is known to be lost where a copy was put into an empty place.
                if set_back.from_version > set_back.to_version {
                    self.put("from_version", set_back.from_version);
                }
                self.put("to_version", set_back.to_version);
                let incidents: Vec<&str> =
                    set_back.incidents.iter().map(|it| it.as_str()).collect();
                self.put_words("incidents", &incidents.join(", "));
            }
            dispatch_core::events_told_by_their_name!() => {}
        }
    }

    fn tell_details(&mut self, details: &MilestoneDetails) {
        if let Some(hospital) = &details.hospital {
            self.put("hospital", hospital);
        }
        if let Some(patients) = details.patients_carried {
            self.put("patients_carried", patients);
        }
        self.put_patients(&details.patients);
        if let Some(distance_km) = details.distance_km {
            self.put("distance_km", distance_km);
        }
    }

    /// What may be cleared is told as an empty value then.
    pub(super) fn put_change<T>(
        &mut self,
        name: &str,
        change: &Change<T>,
        text: impl Fn(&T) -> String,
    ) {
        match change {
            Change::Keep => {}
            Change::Set(value) => self.put(name, text(value)),
            Change::Clear => self.put(name, ""),
        }
    }

    fn tell_trouble(&mut self, trouble: &TerminalTrouble) {
        self.put("trouble", trouble.kind());
        match trouble {
            TerminalTrouble::OutboxRenewed {
                outbox: _,
                previous: _,
                terminal_through,
                centre_through,
                moved,
                cause,
            } => {
                self.put("cause", cause.name());
                self.put("moved", moved);
                if centre_through < terminal_through {
                    self.put("missing", format!("{}-{terminal_through}", centre_through + 1));
                }
            }
            TerminalTrouble::ActsMissing { outbox: _, from, through, passed_over: _ } => {
                self.put("missing", format!("{from}-{through}"));
            }
            TerminalTrouble::NumberUsedTwice { outbox: _, number } => self.put("number", number),
            TerminalTrouble::LinksTakeTurns { in_a_minute } => self.put("number", in_a_minute),
            TerminalTrouble::PressRepeated
            | TerminalTrouble::StorageFailing
            | TerminalTrouble::StorageRecovered
            | TerminalTrouble::ReceiverDateWrong
            | TerminalTrouble::ReceiverDateRight => {}
        }
    }

    fn tell_outcome(&mut self, outcome: &CallOutcome) {
        let name = match outcome {
            CallOutcome::Open => "open",
            CallOutcome::Dispatched => "dispatched",
            CallOutcome::Suspended(why) => {
                self.put_reason(why);
                "suspended"
            }
            CallOutcome::Refused(why) => {
                self.put_reason(why);
                "refused"
            }
            CallOutcome::Cancelled(why) => {
                self.put_reason(why);
                "cancelled"
            }
            CallOutcome::Reassigned(why) => {
                self.put_reason(why);
                "reassigned"
            }
            CallOutcome::Consultation => "consultation",
            CallOutcome::Nuisance => "nuisance",
            CallOutcome::Repeat => "repeat",
        };
        self.put("outcome", name);
    }

    fn tell_changes(&mut self, changes: &IncidentChanges) {
        let IncidentChanges {
            kind,
            priority,
            accident_level,
            scene,
            scene_address,
            scene_point,
            waiting,
            waiting_address,
            waiting_point,
            destination,
            complaint,
            appointment_at,
            needs,
            hazards,
            source,
            test,
            vehicles_wanted,
            patient_count,
            call,
        } = changes;
        if let Some(source) = source {
            self.put("source", word(source.to_wire()));
        }
        if let Some(test) = test {
            self.put("exercise", test);
        }
        if let Some(vehicles) = vehicles_wanted {
            self.put("vehicles", vehicles);
        }
        if let Some(patients) = patient_count {
            self.put("patient_count", patients);
        }
        if let Some(call) = call {
            self.tell_call_changes(call);
        }
        self.tell_hazards(hazards.as_ref());
        if let Some(kind) = kind {
            self.put("kind", word(kind.to_wire()));
        }
        if let Some(priority) = priority {
            self.put("priority", word(priority.to_wire()));
        }
        if let Some(level) = accident_level {
            self.put("accident_level", word(level.to_wire()));
        }
        if let Some(scene) = scene {
            self.put("address", &scene.address);
        }
        if let Some(address) = scene_address {
            self.put("address", address);
        }
        let point = |point: &PlacePoint| format!("{}, {}", point.position.lon, point.position.lat);
        self.put_change("position", scene_point, point);
        self.put_change("waiting", waiting, |place| place.address.clone());
        self.put_change("waiting", waiting_address, String::clone);
        self.put_change("waiting_position", waiting_point, point);
        self.put_change("destination", destination, ToString::to_string);
        if let Some(complaint) = complaint {
            self.put("complaint", complaint);
        }
        self.put_change("appointment_at", appointment_at, |wanted| wanted.0.to_string());
        let kind =
            |needs: &VehicleNeeds| needs.kind.map_or_else(String::new, |kind| word(kind.to_wire()));
        self.put_change("vehicle_kind", needs, kind);
        self.put_change("equipment", needs, |needs| needs.equipment.join(", "));
    }
}
