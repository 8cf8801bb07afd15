//! What an amendment changes in an incident and in its calls.

use super::{Call, Incident, SceneCount};
use crate::model::*;

impl Incident {
    /// Takes in what was amended.
    pub(crate) fn amend(
        &mut self,
        changes: &IncidentChanges,
        version: u64,
        provenance: &Provenance,
    ) {
        let at = provenance.happened_at();
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
        } = changes.clone();
        let facts = &mut self.facts;
        facts.kind = kind.unwrap_or(facts.kind);
        facts.priority = priority.unwrap_or(facts.priority);
        facts.accident_level = accident_level.unwrap_or(facts.accident_level);
        facts.source = source.unwrap_or(facts.source);
        facts.test = test.unwrap_or(facts.test);
        if let Some(scene) = scene {
            facts.scene = scene;
        }
        if let Some(address) = scene_address {
            facts.scene.address = address;
        }
        facts.scene = moved(facts.scene.clone(), scene_point);
        facts.waiting = waiting.applied_to(facts.waiting.take());
        facts.waiting = other_waiting(facts.waiting.take(), waiting_address, waiting_point);
        if let Some(complaint) = complaint {
            facts.complaint = complaint;
        }
        facts.destination = destination.applied_to(facts.destination.take());
        facts.appointment_at = appointment_at.applied_to(facts.appointment_at);
        facts.needs = needs.applied_to(Some(std::mem::take(&mut facts.needs))).unwrap_or_default();
        if let Some(hazards) = hazards {
            facts.hazards = hazards;
        }
        if let Some(vehicles) = vehicles_wanted {
            self.want(vehicles, version, at);
        }
        if let Some(patients) = patient_count {
            let by = provenance.origin.clone();
            self.amended_count = Some(SceneCount { task: None, patients, by, at, version });
        }
        if let Some(call) = call {
            let named = call.call_id.clone();
            let found = self.calls.iter_mut().find(|it| Some(&it.id) == named.as_ref());
            found.expect("an amendment names a call of its incident").amend(call, version, at);
        }
    }
}

impl Call {
    fn amend(&mut self, changes: CallChanges, version: u64, at: Timestamp) {
        let CallChanges {
            call_id: _,
            caller_number,
            contact_name,
            contact_phone,
            patient_name,
            patient_sex,
            patient_age_years,
            patient_count,
            stretcher,
            special_needs,
        } = changes;
        let details = &mut self.details;
        details.caller_number = caller_number.applied_to(details.caller_number.take());
        details.contact_name = contact_name.applied_to(details.contact_name.take());
        details.contact_phone = contact_phone.applied_to(details.contact_phone.take());
        let patient = &mut details.patient;
        patient.name = patient_name.applied_to(patient.name.take());
        patient.sex = patient_sex.applied_to(patient.sex);
        patient.age_years = patient_age_years.applied_to(patient.age_years);
        details.stretcher = stretcher.unwrap_or(details.stretcher);
        if let Some(words) = special_needs {
            details.special_needs = words;
        }
        if let Some(patients) = patient_count {
            details.patient_count = patients;
            (self.patients_told_in, self.patients_told_at) = (version, at);
        }
    }
}

fn moved(place: Place, point: Change<PlacePoint>) -> Place {
    match point {
        Change::Keep => place,
        Change::Set(point) => place.at(Some(point)),
        Change::Clear => place.at(None),
    }
}

/// The waiting place with other words or at another position; with neither there is none.
fn other_waiting(
    before: Option<Place>,
    address: Change<String>,
    point: Change<PlacePoint>,
) -> Option<Place> {
    if address.is_keep() && point.is_keep() {
        return before;
    }
    let nowhere = Place {
        address: String::new(),
        position: None,
        source: PlaceSource::CallerWords,
        error_radius_m: None,
        measured_at: None,
    };
    let mut place = moved(before.unwrap_or(nowhere), point);
    place.address = address.applied_to(Some(place.address)).unwrap_or_default();
    (place.position.is_some() || !place.address.is_empty()).then_some(place)
}
