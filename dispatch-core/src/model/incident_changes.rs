//! What a dispatcher changes of an incident and of its calls: every field that somebody wrote can be corrected, and
//! what may be absent can be taken back.

use super::{
    AccidentLevel, CallId, Change, Hazards, HospitalId, IncidentKind, IncidentSource, Place,
    PlacePoint, Priority, Sex, Timestamp, VehicleNeeds,
};
use serde::{Deserialize, Serialize};

/// Changes to an incident's facts; what is absent stays, and what may be absent can be cleared. Words and
/// position of a place are separate: changing one never touches the other. `scene` and `waiting` replace
/// both at once and are applied first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IncidentChanges {
    /// New kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<IncidentKind>,
    /// New priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// New level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accident_level: Option<AccidentLevel>,
    /// New scene.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scene: Option<Place>,
    /// New words for the scene.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scene_address: Option<String>,
    /// New position of the scene.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub scene_point: Change<PlacePoint>,
    /// New waiting place; cleared when the scene is where the caller waits after all.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub waiting: Change<Place>,
    /// New words for the waiting place.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub waiting_address: Change<String>,
    /// New position of the waiting place.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub waiting_point: Change<PlacePoint>,
    /// New destination.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub destination: Change<HospitalId>,
    /// New chief complaint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<String>,
    /// New appointment; cleared when the vehicle is wanted now.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub appointment_at: Change<Timestamp>,
    /// New needs; cleared when any vehicle will do after all.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub needs: Change<VehicleNeeds>,
    /// All its hazards as they are known now; none clears them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hazards: Option<Hazards>,
    /// How it reached the centre after all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<IncidentSource>,
    /// Whether it is an exercise after all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<bool>,
    /// How many vehicles it wants in all, more or fewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vehicles_wanted: Option<u16>,
    /// How many patients there are in all, whatever calls told until now; a later call that tells of more counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient_count: Option<u16>,
    /// What changes in one of its calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<CallChanges>,
}

/// Changes to what a call-taker wrote down of one call. When it rang and was taken, and at which seat, is the
/// exchange's to say and does not change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallChanges {
    /// Which call; the first when absent in a command, and never absent in an event.
    #[serde(rename = "acceptance", skip_serializing_if = "Option::is_none")]
    pub call_id: Option<CallId>,
    /// New caller's number.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub caller_number: Change<String>,
    /// New contact's name.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub contact_name: Change<String>,
    /// New contact's phone; cleared when it is the caller's.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub contact_phone: Change<String>,
    /// New name of the patient.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub patient_name: Change<String>,
    /// New sex of the patient.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub patient_sex: Change<Sex>,
    /// New age of the patient in years.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub patient_age_years: Change<u8>,
    /// How many this call told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient_count: Option<u16>,
    /// Whether a stretcher is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stretcher: Option<bool>,
    /// New special needs in words; may be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub special_needs: Option<String>,
}

impl CallChanges {
    /// Whether nothing changes, whichever call is named.
    pub fn is_nothing(&self) -> bool {
        *self == Self { call_id: self.call_id.clone(), ..Self::default() }
    }
}
