//! What is due, from the core's deadlines, as the wire spells it.

use super::Seen;
use dispatch_core::state::{CentreState, Incident, Task, Vehicle};
use wire_protocol::views::Deadline;

/// The norms by which deadlines are told.
#[derive(Clone, Debug, Default)]
pub struct Due {}

impl Due {
    pub(super) fn of_incident(&self, _incident: &Incident) -> Vec<Deadline> {
        Vec::new()
    }

    pub(super) fn of_task(&self, _incident: &Incident, _task: &Task) -> Vec<Deadline> {
        Vec::new()
    }

    pub(super) fn of_vehicle(&self, _: &CentreState, _: &Vehicle, _: &Seen) -> Vec<Deadline> {
        Vec::new()
    }
}
