//! A vehicle under way to a scene or a hospital.

use dispatch_core::deadlines::Measure;
use dispatch_core::model::{CentreId, IncidentId, TaskId, Timestamp, VehicleId, Wgs84};
use wire_protocol::route::ArrivalGoal;

/// A running task that leads somewhere.
#[derive(Clone, Debug)]
pub(in crate::live) struct Underway {
    pub(in crate::live) centre: CentreId,
    pub(in crate::live) incident: IncidentId,
    pub(in crate::live) task: TaskId,
    pub(in crate::live) vehicle: VehicleId,
    pub(in crate::live) goal: ArrivalGoal,
    pub(in crate::live) target: Wgs84,
    /// How its incident stands against the response norm.
    pub(in crate::live) response: Option<Measure>,
    /// When the task was created.
    pub(in crate::live) created_at: Timestamp,
    /// When it set out; nothing while it has not.
    pub(in crate::live) departed_at: Option<Timestamp>,
}
