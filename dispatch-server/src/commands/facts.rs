//! What is known of an incident and of a call, from wire to core.

use super::check::{Checks, id, moment, optional_moment};
use crate::api_error::ApiError;
use crate::views::FromWire;
use dispatch_core::model;
use wire_protocol::commands::{
    CallDetails, CallOutcome, Change, DetailChanges, IncidentChanges, IncidentFacts, VehicleNeeds,
};

impl Checks<'_> {
    pub(super) fn facts(&self, facts: IncidentFacts) -> Result<model::IncidentFacts, ApiError> {
        Ok(model::IncidentFacts {
            kind: facts.kind.to_core(),
            priority: facts.priority.to_core(),
            source: facts.source.to_core(),
            accident_level: facts.accident_level.to_core(),
            scene: self.place("scene", facts.scene)?,
            waiting: facts.waiting.map(|place| self.place("waiting", place)).transpose()?,
            destination: self.hospital("destination", facts.destination)?,
            complaint: self.text("complaint", facts.complaint)?,
            appointment_at: optional_moment("appointment_at", facts.appointment_at)?,
            test: facts.test,
            needs: facts.needs.map(|needs| self.needs(needs)).transpose()?.unwrap_or_default(),
            hazards: facts.hazards.into_iter().map(FromWire::to_core).collect(),
        })
    }

    pub(super) fn changes(
        &self,
        changes: IncidentChanges,
    ) -> Result<model::IncidentChanges, ApiError> {
        let text =
            |field, text: Option<String>| text.map(|text| self.text(field, text)).transpose();
        Ok(model::IncidentChanges {
            kind: changes.kind.map(FromWire::to_core),
            priority: changes.priority.map(FromWire::to_core),
            accident_level: changes.accident_level.map(FromWire::to_core),
            scene: changes.scene.map(|place| self.place("scene", place)).transpose()?,
            scene_address: changes
                .scene_address
                .map(|address| self.address("scene_address", address))
                .transpose()?,
            scene_point: change(changes.scene_point, |it| self.point("scene_point", it))?,
            waiting: change(changes.waiting, |place| self.place("waiting", place))?,
            waiting_address: change(changes.waiting_address, |address| {
                self.address("waiting_address", address)
            })?,
            waiting_point: change(changes.waiting_point, |it| self.point("waiting_point", it))?,
            destination: change(changes.destination, |id| self.known_hospital("destination", &id))?,
            complaint: text("complaint", changes.complaint)?,
            appointment_at: change(changes.appointment_at, |at| moment("appointment_at", at))?,
            needs: change(changes.needs, |needs| self.needs(needs))?,
            hazards: changes
                .hazards
                .map(|hazards| hazards.into_iter().map(FromWire::to_core).collect()),
            source: changes.source.map(FromWire::to_core),
            test: changes.test,
            vehicles_wanted: changes.vehicles_wanted,
            // Without a call named it is the number of the incident.
            patient_count: changes.patient_count.filter(|_| changes.call_id.is_none()),
            call: Some(model::CallChanges {
                patient_count: changes.patient_count.filter(|_| changes.call_id.is_some()),
                call_id: changes.call_id.map(|it| id("call_id", &it)).transpose()?,
                caller_number: self.line("caller_number", changes.caller_number)?,
                contact_name: self.line("contact_name", changes.contact_name)?,
                contact_phone: self.line("contact_phone", changes.contact_phone)?,
                patient_name: self.line("patient_name", changes.patient_name)?,
                patient_sex: change(changes.patient_sex, |sex| Ok(sex.to_core()))?,
                patient_age_years: change(changes.patient_age_years, Ok)?,
                stretcher: changes.stretcher,
                special_needs: text("special_needs", changes.special_needs)?,
            })
            .filter(|call| !call.is_nothing()),
        })
    }

    pub(super) fn detail_changes(
        &self,
        changes: DetailChanges,
    ) -> Result<model::DetailChanges, ApiError> {
        let patients = changes.patient_changes();
        Ok(model::DetailChanges {
            hospital: change(changes.hospital, |id| self.known_hospital("hospital", &id))?,
            patients_carried: changes.patients_carried.to_core(),
            distance_km: change(changes.distance_km, Ok)?,
            patients: patients.to_core(),
        })
    }

    /// A change to one line of text that may be absent.
    fn line(
        &self,
        field: &'static str,
        text: Change<String>,
    ) -> Result<model::Change<String>, ApiError> {
        Ok(match change(text, |text| self.name(field, text))? {
            // What looks empty is none.
            model::Change::Set(text) if text.is_empty() => model::Change::Clear,
            model::Change::Set(text) => model::Change::Set(text),
            model::Change::Clear => model::Change::Clear,
            model::Change::Keep => model::Change::Keep,
        })
    }

    /// How many codes there may be the core says.
    fn needs(&self, needs: VehicleNeeds) -> Result<model::VehicleNeeds, ApiError> {
        let code = |code: String| self.name("equipment", code);
        Ok(model::VehicleNeeds {
            kind: needs.kind.map(FromWire::to_core),
            equipment: needs.equipment.into_iter().map(code).collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn details(&self, details: CallDetails) -> Result<model::CallDetails, ApiError> {
        Ok(model::CallDetails {
            rang_at: optional_moment("rang_at", details.rang_at)?,
            began_at: moment("began_at", details.began_at)?,
            seat: self.optional_name("seat", details.seat)?,
            caller_number: self.optional_name("caller_number", details.caller_number)?,
            contact_name: self.optional_name("contact_name", details.contact_name)?,
            contact_phone: self.optional_name("contact_phone", details.contact_phone)?,
            patient: model::PatientDescription {
                name: self.optional_name("patient_name", details.patient_name)?,
                sex: details.patient_sex.map(FromWire::to_core),
                age_years: details.patient_age_years,
            },
            patient_count: details.patient_count,
            stretcher: details.stretcher,
            special_needs: self.text("special_needs", details.special_needs)?,
        })
    }

    pub(super) fn outcome(
        &self,
        outcome: Option<CallOutcome>,
    ) -> Result<model::CallOutcome, ApiError> {
        use model::CallOutcome as Core;
        Ok(match outcome {
            None | Some(CallOutcome::Open) => Core::Open,
            Some(CallOutcome::Dispatched) => Core::Dispatched,
            Some(CallOutcome::Suspended { reason, note }) => {
                Core::Suspended(self.reasoned(reason.to_core(), note)?)
            }
            Some(CallOutcome::Refused { reason, note }) => {
                Core::Refused(self.reasoned(reason.to_core(), note)?)
            }
            Some(CallOutcome::Cancelled { reason, note }) => {
                Core::Cancelled(self.reasoned(reason.to_core(), note)?)
            }
            Some(CallOutcome::Reassigned { reason, note }) => {
                Core::Reassigned(self.reasoned(reason.to_core(), note)?)
            }
            Some(CallOutcome::Consultation) => Core::Consultation,
            Some(CallOutcome::Nuisance) => Core::Nuisance,
            Some(CallOutcome::Repeat) => Core::Repeat,
        })
    }
}

/// A change with its value checked; keeping and clearing need no check.
fn change<T, U>(
    change: Change<T>,
    check: impl FnOnce(T) -> Result<U, ApiError>,
) -> Result<model::Change<U>, ApiError> {
    Ok(match change {
        Change::Keep => model::Change::Keep,
        Change::Set(value) => model::Change::Set(check(value)?),
        Change::Clear => model::Change::Clear,
    })
}
