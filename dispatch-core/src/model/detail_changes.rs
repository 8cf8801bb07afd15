//! What a dispatcher corrects of what a crew told along the way: every field can be set and taken back.

use super::{Change, HospitalId, MilestoneDetails, PatientsTold, TaskId};
use serde::{Deserialize, Serialize};

/// What was told of a task put right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskCorrection {
    /// The task.
    pub task: TaskId,
    /// What changes.
    pub changes: DetailChanges,
    /// Why, in words.
    pub note: String,
}

/// Changes to what was told along with milestones; what is absent stays. How many patients there are in all is put
/// right on the incident ([`super::IncidentChanges::patient_count`]), whoever counted them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailChanges {
    /// Hospital headed for or reached.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub hospital: Change<HospitalId>,
    /// Patients carried.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub patients_carried: Change<u16>,
    /// Kilometres driven for the task.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub distance_km: Change<f64>,
    /// Treated at the scene.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub treated_at_scene: Change<u16>,
    /// Refused to be carried.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub refused_transport: Change<u16>,
    /// Dead at the scene.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub dead_at_scene: Change<u16>,
    /// Not found.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub not_found: Change<u16>,
    /// Carried by others.
    #[serde(skip_serializing_if = "Change::is_keep")]
    pub carried_by_others: Change<u16>,
}

impl DetailChanges {
    /// Whether nothing changes.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What stands after the changes.
    pub fn applied_to(&self, before: &MilestoneDetails) -> MilestoneDetails {
        let told = &before.patients;
        MilestoneDetails {
            hospital: self.hospital.clone().applied_to(before.hospital.clone()),
            patients_carried: self.patients_carried.applied_to(before.patients_carried),
            distance_km: self.distance_km.applied_to(before.distance_km),
            patients: PatientsTold {
                counted_at_scene: told.counted_at_scene,
                treated_at_scene: self.treated_at_scene.applied_to(told.treated_at_scene),
                refused_transport: self.refused_transport.applied_to(told.refused_transport),
                dead_at_scene: self.dead_at_scene.applied_to(told.dead_at_scene),
                not_found: self.not_found.applied_to(told.not_found),
                carried_by_others: self.carried_by_others.applied_to(told.carried_by_others),
            },
        }
    }
}
