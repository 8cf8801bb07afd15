//! What was put right of a task, an incident or a call, as a line of the log tells it.

use super::ToWire;
use super::log_entry::Details;
use super::words::word;
use dispatch_core::model::{CallChanges, Hazards, PatientChanges, TaskCorrection};

impl Details {
    pub(super) fn tell_correction(&mut self, correction: &TaskCorrection) {
        let changes = &correction.changes;
        self.put_change("hospital", &changes.hospital, ToString::to_string);
        self.put_change("distance_km", &changes.distance_km, ToString::to_string);
        self.put_change("patients_carried", &changes.patients_carried, ToString::to_string);
        self.put_patient_changes(&changes.patients);
        self.put_words("note", &correction.note);
    }

    pub(super) fn tell_hazards(&mut self, hazards: Option<&Hazards>) {
        let Some(hazards) = hazards else { return };
        let hazards: Vec<String> = hazards.iter().map(|it| word(it.to_wire())).collect();
        self.put("hazards", hazards.join(", "));
    }

    pub(super) fn put_patient_changes(&mut self, changes: &PatientChanges) {
        for (name, change) in changes.fields() {
            self.put_change(name, &change, ToString::to_string);
        }
    }

    /// Names and numbers of people stand with the call, not in the log, which only says that they changed.
    pub(super) fn tell_call_changes(&mut self, changes: &CallChanges) {
        let CallChanges {
            call_id,
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
        if let Some(call_id) = call_id {
            self.put("call_id", call_id);
        }
        if let Some(patients) = patient_count {
            self.put("patient_count", patients);
        }
        let fields = [
            ("caller_number", !caller_number.is_keep()),
            ("contact_name", !contact_name.is_keep()),
            ("contact_phone", !contact_phone.is_keep()),
            ("patient_name", !patient_name.is_keep()),
            ("patient_sex", !patient_sex.is_keep()),
            ("patient_age_years", !patient_age_years.is_keep()),
            ("stretcher", stretcher.is_some()),
            ("special_needs", special_needs.is_some()),
        ];
        let changed = fields.into_iter().filter_map(|(name, changed)| changed.then_some(name));
        self.put_words("changed", &changed.collect::<Vec<_>>().join(", "));
    }
}
