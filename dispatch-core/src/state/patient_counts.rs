//! Numbers of patients as somebody told them, and how many that makes.

use crate::model::*;
use serde::{Deserialize, Serialize};

/// How many patients there are, as one source told it: a crew from the scene, or a dispatcher. It overrules what
/// callers said before, also downwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SceneCount {
    /// The task whose crew counted; nothing when a dispatcher told it.
    pub task: Option<TaskId>,
    /// How many.
    pub patients: u16,
    /// Who counted, or told what was counted.
    pub by: Origin,
    /// When.
    pub at: Timestamp,
    /// The journal version of the event that told it.
    pub version: u64,
}

impl SceneCount {
    /// The count that is told, if one is.
    pub(crate) fn told(
        task: Option<&TaskId>,
        patients: Option<u16>,
        version: u64,
        provenance: &Provenance,
    ) -> Option<Self> {
        let (by, at) = (provenance.origin.clone(), provenance.happened_at());
        Some(Self { task: task.cloned(), patients: patients?, by, at, version })
    }
}

/// What was told of patients besides what crews told of their own tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientAccount {
    /// Patients carried whom no crew told of.
    pub carried: Option<u16>,
    /// What became of those not carried.
    pub patients: PatientsTold,
    /// When it was last told.
    pub at: Timestamp,
    /// The journal version of the event that last told it; 0 when none did.
    pub version: u64,
}

/// A number of patients as somebody told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientsSaid {
    /// How many.
    pub patients: u16,
    /// The journal version of the event that told it.
    pub version: u64,
    /// When it was told.
    pub at: Timestamp,
}

/// How many patients were reported: the largest number any call told, in the order of the calls, unless a later
/// `counted` overrules them; then that, or a larger number told after it by the journal's order or by the clocks.
pub fn patients_reported(
    standby: bool,
    calls: impl Iterator<Item = PatientsSaid>,
    counted: Option<PatientsSaid>,
) -> u16 {
    // A vehicle standing by at an event has no patient yet; a further call is about one.
    let calls = calls.skip(usize::from(standby));
    let after = |said: &PatientsSaid| {
        counted.is_none_or(|count| said.version > count.version || said.at > count.at)
    };
    calls.filter(after).chain(counted).map(|said| said.patients).max().unwrap_or(0)
}
