//! What a crew's order says of its incident, put together in one place: terminals are sent it, and whatever
//! changes in it is a change that the crew has to be told of.

use super::{Call, Incident, OrderChange, Task, TaskEnd};
use crate::model::*;

/// Notes an order carries, the latest ones; a crew on the move reads no more.
const NOTES_IN_ORDER: usize = 10;

/// What an order says of its incident.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderSheet {
    /// What is known of the incident.
    pub facts: IncidentFacts,
    /// Contact's name.
    pub contact_name: Option<String>,
    /// The number to ring.
    pub phone: Option<String>,
    /// The patient, each field as the newest call that told it has it.
    pub patient: PatientDescription,
    /// How many are hurt or ill, at least 1.
    pub patient_count: u16,
    /// Whether a stretcher is needed.
    pub stretcher: bool,
    /// Special needs, of all calls.
    pub special_needs: String,
    /// The latest notes, newest last.
    pub notes: Vec<String>,
    notes_written: usize,
    with_vehicles: Vec<VehicleId>,
}

impl Incident {
    /// What every order of this incident says.
    pub fn order_sheet(&self) -> OrderSheet {
        OrderSheet {
            facts: self.facts.clone(),
            contact_name: self.newest(|call| call.details.contact_name.as_ref()),
            phone: self.newest(|call| {
                let details = &call.details;
                details.contact_phone.as_ref().or(details.caller_number.as_ref())
            }),
            patient: PatientDescription {
                name: self.newest(|call| call.details.patient.name.as_ref()),
                sex: self.newest(|call| call.details.patient.sex.as_ref()),
                age_years: self.newest(|call| call.details.patient.age_years.as_ref()),
            },
            patient_count: self.patients_reported().max(1),
            stretcher: self.calls().any(|call| call.details.stretcher),
            special_needs: self.special_needs(),
            notes: self.notes[self.notes.len().saturating_sub(NOTES_IN_ORDER)..]
                .iter()
                .map(|note| note.text.clone())
                .collect(),
            notes_written: self.notes.len(),
            with_vehicles: self.with_vehicles(),
        }
    }

    /// The vehicles that come or came for it, in the order they were sent.
    pub(crate) fn with_vehicles(&self) -> Vec<VehicleId> {
        let comes = |task: &&Task| match task.end {
            TaskEnd::Running => task.is_coming(),
            TaskEnd::Finished => true,
            TaskEnd::Aborted { .. } | TaskEnd::Diverted { .. } => false,
        };
        self.tasks.iter().filter(comes).map(|task| task.vehicle.clone()).collect()
    }

    fn newest<'a, T: Clone + 'a>(&'a self, told: impl Fn(&'a Call) -> Option<&'a T>) -> Option<T> {
        self.calls().rev().find_map(told).cloned()
    }

    fn special_needs(&self) -> String {
        let mut told: Vec<&str> = Vec::new();
        for call in self.calls() {
            let needs = call.details.special_needs.trim();
            if !needs.is_empty() && !told.contains(&needs) {
                told.push(needs);
            }
        }
        told.join("；")
    }
}

impl OrderSheet {
    /// The parts that another sheet has otherwise.
    pub fn parts_changed(&self, after: &Self) -> Vec<OrderPart> {
        let (was, is) = (&self.facts, &after.facts);
        let place = |place: &Place| (place.address.clone(), place.position);
        let all = [
            (OrderPart::Kind, (was.kind, was.test) != (is.kind, is.test)),
            (OrderPart::Priority, was.priority != is.priority),
            (OrderPart::Scene, place(&was.scene) != place(&is.scene)),
            (OrderPart::Waiting, was.waiting.as_ref().map(place) != is.waiting.as_ref().map(place)),
            (OrderPart::Destination, was.destination != is.destination),
            (OrderPart::Complaint, was.complaint != is.complaint),
            (OrderPart::Appointment, was.appointment_at != is.appointment_at),
            (
                OrderPart::Contact,
                (&self.contact_name, &self.phone) != (&after.contact_name, &after.phone),
            ),
            (OrderPart::Patient, self.patient != after.patient),
            (OrderPart::PatientCount, self.patient_count != after.patient_count),
            (OrderPart::Stretcher, self.stretcher != after.stretcher),
            (
                OrderPart::SpecialNeeds,
                (&self.special_needs, &was.hazards) != (&after.special_needs, &is.hazards),
            ),
            (OrderPart::Notes, self.notes_written != after.notes_written),
            (OrderPart::WithVehicles, self.with_vehicles != after.with_vehicles),
        ];
        all.into_iter().filter(|(_, changed)| *changed).map(|(part, _)| part).collect()
    }
}

impl Task {
    /// Marks a part of its order as changed. Who else comes is part of an order once that is
    /// acknowledged, and of no more use once the patient is on board.
    pub(crate) fn mark_changed(&mut self, part: OrderPart, version: u64, at: Timestamp) {
        let latest = self.milestones.latest();
        let with_others = latest >= Milestone::OrderReceived && latest < Milestone::LeftScene;
        if part == OrderPart::WithVehicles && !with_others {
            return;
        }
        match self.changes.iter_mut().find(|change| change.part == part) {
            Some(change) => change.version = version,
            None => self.changes.push(OrderChange { part, version, since: at }),
        }
    }

    /// Since when its crew has not acknowledged what changed.
    pub fn changed_since(&self) -> Option<Timestamp> {
        self.changes.iter().map(|change| change.since).min()
    }

    /// The journal version of its newest change that is not acknowledged.
    pub fn changed_in(&self) -> Option<u64> {
        self.changes.iter().map(|change| change.version).max()
    }
}
