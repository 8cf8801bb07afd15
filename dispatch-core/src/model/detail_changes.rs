//! What a dispatcher corrects of what a crew told along the way: every field can be set and taken back.

use super::{Change, HospitalId, MilestoneDetails, PatientChanges, TaskId};
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

/// Changes to what was told along with milestones; what is absent stays.
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
    /// How many patients there are, and what became of those not carried.
    #[serde(flatten)]
    pub patients: PatientChanges,
}

impl DetailChanges {
    /// Whether nothing changes.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// What stands after the changes.
    pub fn applied_to(&self, before: &MilestoneDetails) -> MilestoneDetails {
        MilestoneDetails {
            hospital: self.hospital.clone().applied_to(before.hospital.clone()),
            patients_carried: self.patients_carried.applied_to(before.patients_carried),
            distance_km: self.distance_km.applied_to(before.distance_km),
            patients: self.patients.applied_to(&before.patients),
        }
    }
}
