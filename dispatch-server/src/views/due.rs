//! What is due, from the core's deadlines, as the wire spells it.

use super::Seen;
use dispatch_core::deadlines::{
    self, DeadlineKind, Norms, deadlines_of_incident, deadlines_of_task, deadlines_of_vehicle,
};
use dispatch_core::state::{Incident, Task, Vehicle};
use wire_protocol::views;

/// The norms by which deadlines are told. A deadline is a moment, so nothing here needs the time.
#[derive(Clone, Debug, Default)]
pub struct Due(Norms);

impl Due {
    /// Deadlines by these norms.
    pub fn by(norms: Norms) -> Self {
        Self(norms)
    }

    pub(super) fn of_incident(&self, incident: &Incident) -> Vec<views::Deadline> {
        wire(deadlines_of_incident(incident, &self.0))
    }

    pub(super) fn of_task(&self, incident: &Incident, task: &Task) -> Vec<views::Deadline> {
        wire(deadlines_of_task(incident, task, &self.0))
    }

    pub(super) fn of_vehicle(&self, vehicle: &Vehicle, seen: &Seen) -> Vec<views::Deadline> {
        wire(deadlines_of_vehicle(vehicle, seen.heard_at, &self.0))
    }
}

fn wire(deadlines: Vec<deadlines::Deadline>) -> Vec<views::Deadline> {
    let wire = |deadline: deadlines::Deadline| views::Deadline {
        kind: kind(deadline.kind),
        warn_at: deadline.warn_at.0,
        due_at: deadline.due_at.0,
    };
    deadlines.into_iter().map(wire).collect()
}

const fn kind(kind: DeadlineKind) -> views::DeadlineKind {
    match kind {
        DeadlineKind::Answer => views::DeadlineKind::Answer,
        DeadlineKind::Order => views::DeadlineKind::Order,
        DeadlineKind::DeviceReceipt => views::DeadlineKind::DeviceReceipt,
        DeadlineKind::CrewAcknowledgement => views::DeadlineKind::CrewAcknowledgement,
        DeadlineKind::Departure => views::DeadlineKind::Departure,
        DeadlineKind::Scene => views::DeadlineKind::Scene,
        DeadlineKind::SilentVehicle => views::DeadlineKind::SilentVehicle,
        DeadlineKind::OverdueInState(_) => views::DeadlineKind::OverdueInState,
        DeadlineKind::Appointment => views::DeadlineKind::Appointment,
        DeadlineKind::FollowOn => views::DeadlineKind::FollowOn,
        DeadlineKind::Recheck => views::DeadlineKind::Recheck,
    }
}
