//! What is due, from the core's deadlines, as the wire spells it.

use super::Seen;
use dispatch_core::deadlines::{
    self, DeadlineKind, Measure, Measured, Norm, Norms, Reached, Surroundings,
    deadlines_of_incident, deadlines_of_task, deadlines_of_vehicle, measured,
};
use dispatch_core::model::Wgs84;
use dispatch_core::state::{Incident, Task, Vehicle};
use std::sync::Arc;
use wire_protocol::route::{NormKind, NormView, ResponseView};
use wire_protocol::views;

/// What lies around a place.
pub type SurroundingsOf = dyn Fn(Wgs84) -> Surroundings + Send + Sync;

/// The norms by which deadlines are told. A deadline is a moment, so nothing here needs the time.
#[derive(Clone, Default)]
pub struct Due {
    norms: Norms,
    surroundings: Option<Arc<SurroundingsOf>>,
}

impl Due {
    /// Deadlines by these norms; every scene counts as in town.
    pub fn by(norms: Norms) -> Self {
        Self { norms, surroundings: None }
    }

    /// The same with the norm of the surroundings of each scene.
    #[must_use]
    pub fn around(self, surroundings: Arc<SurroundingsOf>) -> Self {
        Self { surroundings: Some(surroundings), ..self }
    }

    /// How an incident stands against the response norm.
    pub fn response(&self, incident: &Incident) -> Option<Measure> {
        deadlines::response(incident, &self.norms_of(incident))
    }

    /// The norms of an incident's surroundings.
    pub(crate) fn norms_of(&self, incident: &Incident) -> Norms {
        self.norms.within(self.surroundings_of(incident))
    }

    /// What lies around an incident's scene.
    pub(crate) fn surroundings_of(&self, incident: &Incident) -> Surroundings {
        let place = incident.facts.meeting_place().position;
        let known = self.surroundings.as_ref().zip(place);
        known.map_or(Surroundings::Urban, |(around, place)| around(place))
    }

    pub(super) fn of_incident(&self, incident: &Incident) -> Vec<views::Deadline> {
        wire(deadlines_of_incident(incident, &self.norms_of(incident)))
    }

    pub(super) fn response_view(&self, incident: &Incident) -> Option<ResponseView> {
        self.response(incident).map(|found| ResponseView {
            from: found.from.0,
            due_at: found.due_at.0,
            reached_at: reached_at(found.reached),
            counts: found.counts,
        })
    }

    pub(super) fn norms_view(&self, incident: &Incident) -> Vec<NormView> {
        let view = |Measured { norm, task, measure }: Measured| NormView {
            norm: norm_kind(norm),
            task: task.map(|task| task.to_string()),
            from: measure.from.0,
            due_at: measure.due_at.0,
            reached_at: reached_at(measure.reached),
            counts: measure.counts,
        };
        measured(incident, &self.norms_of(incident)).into_iter().map(view).collect()
    }

    pub(super) fn of_task(&self, incident: &Incident, task: &Task) -> Vec<views::Deadline> {
        wire(deadlines_of_task(incident, task, &self.norms))
    }

    pub(super) fn of_vehicle(&self, vehicle: &Vehicle, seen: &Seen) -> Vec<views::Deadline> {
        wire(deadlines_of_vehicle(vehicle, seen.heard_at, &self.norms))
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

const fn reached_at(reached: Reached) -> Option<i64> {
    match reached {
        Reached::At(at) => Some(at.0),
        Reached::NotYet | Reached::AtUnknownTime => None,
    }
}

const fn norm_kind(norm: Norm) -> NormKind {
    match norm {
        Norm::Order => NormKind::Order,
        Norm::Departure => NormKind::Departure,
        Norm::Response => NormKind::Response,
    }
}

const fn kind(kind: DeadlineKind) -> views::DeadlineKind {
    match kind {
        DeadlineKind::Answer => views::DeadlineKind::Answer,
        DeadlineKind::Order => views::DeadlineKind::Order,
        DeadlineKind::DeviceReceipt => views::DeadlineKind::DeviceReceipt,
        DeadlineKind::CrewAcknowledgement => views::DeadlineKind::CrewAcknowledgement,
        DeadlineKind::OrderChange => views::DeadlineKind::OrderChange,
        DeadlineKind::MoveAcknowledgement => views::DeadlineKind::MoveAcknowledgement,
        DeadlineKind::ArrivalPress => views::DeadlineKind::ArrivalPress,
        DeadlineKind::Departure => views::DeadlineKind::Departure,
        DeadlineKind::Scene => views::DeadlineKind::Scene,
        DeadlineKind::SilentVehicle => views::DeadlineKind::SilentVehicle,
        DeadlineKind::OverdueInState(_) => views::DeadlineKind::OverdueInState,
        DeadlineKind::Appointment => views::DeadlineKind::Appointment,
        DeadlineKind::FollowOn => views::DeadlineKind::FollowOn,
        DeadlineKind::CloseDecision => views::DeadlineKind::CloseDecision,
        DeadlineKind::Recheck => views::DeadlineKind::Recheck,
    }
}
