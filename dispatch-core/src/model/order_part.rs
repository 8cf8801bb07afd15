//! The parts of an order, as a crew is told which of them changed.

use serde::{Deserialize, Serialize};

/// A part of what an order says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderPart {
    /// Kind of incident, and whether it is an exercise.
    Kind,
    /// Priority.
    Priority,
    /// Scene: its words or its position.
    Scene,
    /// Where the caller waits.
    Waiting,
    /// Hospital wanted.
    Destination,
    /// Chief complaint.
    Complaint,
    /// When the vehicle is wanted.
    Appointment,
    /// Contact's name and the number to ring.
    Contact,
    /// The patient's name, sex and age.
    Patient,
    /// How many are hurt or ill.
    PatientCount,
    /// Whether a stretcher is needed.
    Stretcher,
    /// Special needs, or what may harm the crew.
    SpecialNeeds,
    /// A note was written.
    Notes,
    /// Which other vehicles come.
    WithVehicles,
}
