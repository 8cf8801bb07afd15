//! What a crew told that does not fit what the centre did, and what it was promised next.

use super::Stamp;
use crate::model::*;
use serde::{Deserialize, Serialize};

/// A crew's word about a task that the centre had ended. The crew is believed: the vehicle counts as it
/// reports, and cannot be sent, until a dispatcher settles it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrewReport {
    /// The task; it may belong to another centre's journal, from which the vehicle was lent.
    pub task: TaskId,
    /// The furthest milestone the crew reported.
    pub reached: Milestone,
    /// What this report told that was not known before, in the order told.
    pub told: Vec<Milestone>,
    /// When the first key was pressed, as far as clocks tell.
    pub pressed_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Whether it was pressed before the task's end was recorded; absent when no clock can tell, which
    /// is to be taken as possibly before.
    pub before_end: Option<bool>,
    /// The journal version of the event that told it first.
    #[serde(default)]
    pub version: u64,
}

/// What a crew said of its vehicle before an order was given that it had not received: the vehicle shows it,
/// and the order is no help until somebody settles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrewAway {
    /// What it said.
    pub away: Away,
    /// When the key was pressed, as far as clocks tell.
    pub pressed_at: Timestamp,
}

impl CrewReport {
    /// The state the vehicle shows by its crew's word; nothing once the crew reports that it is done.
    pub const fn state(&self) -> Option<VehicleState> {
        match self.reached {
            Milestone::AtScene => Some(VehicleState::AtScene),
            Milestone::LeftScene => Some(VehicleState::PatientOnBoard),
            Milestone::AtHospital => Some(VehicleState::AtHospital),
            Milestone::Created
            | Milestone::OrderReceived
            | Milestone::Departed
            | Milestone::Finished
            | Milestone::BackAtStation => None,
        }
    }
}

/// The newest press of a crew that was refused and that no dispatcher has seen to yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefusedPress {
    /// What was pressed.
    #[serde(rename = "act")]
    pub command: String,
    /// The task it spoke of, if any.
    pub task: Option<TaskId>,
    /// The rejection's code.
    pub code: String,
    /// When it was pressed, as far as clocks tell.
    pub pressed_at: Timestamp,
    /// How many were refused since a dispatcher last looked.
    pub count: u32,
}

/// The next order of a vehicle that is still at a hospital: it becomes a task as the crew gets free.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowOn {
    /// For which incident.
    pub incident: IncidentId,
    /// When it was given.
    pub given_at: Timestamp,
    /// After this moment it does not become a task.
    pub expires_at: Timestamp,
    /// When the crew said that it has seen it.
    pub acknowledged: Option<Stamp>,
    /// When what it says last changed; the crew is then asked anew.
    #[serde(default)]
    pub changed_at: Option<Timestamp>,
}

/// A vehicle promised to an incident, as the incident keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promised {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// When it was promised.
    pub given_at: Timestamp,
    /// After this moment the promise holds no more.
    pub expires_at: Timestamp,
}
