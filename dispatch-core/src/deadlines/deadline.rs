//! One deadline: what, about whom, when it turns yellow and when it is missed.

use super::norms::Norms;
use crate::model::{IncidentId, TaskId, Timestamp, VehicleId, VehicleState};

/// What should have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadlineKind {
    /// A ringing call answered.
    Answer,
    /// A vehicle sent.
    Order,
    /// An order's receipt by the terminal.
    DeviceReceipt,
    /// An order's acknowledgement by the crew.
    CrewAcknowledgement,
    /// The crew's acknowledgement of what changed in its order.
    OrderChange,
    /// The crew's acknowledgement of the move to another station that it was given.
    MoveAcknowledgement,
    /// The crew's press of an arrival that its vehicle's positions show.
    ArrivalPress,
    /// Departure.
    Departure,
    /// The first vehicle at the scene.
    Scene,
    /// A sign of life from a vehicle.
    SilentVehicle,
    /// A vehicle's next step; it has long been in this state.
    OverdueInState(VehicleState),
    /// A vehicle sent for an appointment, the journey's time before it.
    Appointment,
    /// The crew that was promised gets free of its hospital.
    FollowOn,
    /// Another look at a suspended incident.
    Recheck,
    /// An answer to the question whether an incident is to be closed or who else goes.
    CloseDecision,
}

/// About whom a deadline is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A call that still rings, by the exchange's name for its line.
    RingingCall(String),
    /// An incident.
    Incident(IncidentId),
    /// A task.
    Task(TaskId),
    /// A vehicle.
    Vehicle(VehicleId),
}

/// How pressing a deadline is; consoles show grey, yellow, red, each with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Time enough.
    Calm,
    /// A miss can still be avoided.
    Near,
    /// Missed.
    Past,
}

/// One deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What should have happened.
    pub kind: DeadlineKind,
    /// About whom.
    pub subject: Subject,
    /// From this moment it is near.
    pub warn_at: Timestamp,
    /// From this moment it is missed.
    pub due_at: Timestamp,
    /// True for exercises and line tests: shown, but counted in no report.
    pub test: bool,
}

impl Deadline {
    /// A deadline some seconds after a start.
    pub(super) fn after(
        start: Timestamp,
        seconds: i64,
        kind: DeadlineKind,
        subject: Subject,
        norms: &Norms,
    ) -> Self {
        let warn_before = norms.warn_before_seconds.min(seconds / 2);
        let due_at = start.plus_seconds(seconds);
        Self { kind, subject, warn_at: due_at.plus_seconds(-warn_before), due_at, test: false }
    }

    /// How pressing it is.
    pub fn urgency(&self, now: Timestamp) -> Urgency {
        if now >= self.due_at {
            Urgency::Past
        } else if now >= self.warn_at {
            Urgency::Near
        } else {
            Urgency::Calm
        }
    }

    /// When its urgency changes next; nothing once it is past.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        match self.urgency(now) {
            Urgency::Calm => Some(self.warn_at),
            Urgency::Near => Some(self.due_at),
            Urgency::Past => None,
        }
    }
}

/// The deadline of a call that still rings; it is in no journal yet.
pub fn ringing_call(line: &str, rang_at: Timestamp, norms: &Norms) -> Deadline {
    let subject = Subject::RingingCall(line.to_owned());
    Deadline::after(rang_at, norms.answer_seconds, DeadlineKind::Answer, subject, norms)
}
