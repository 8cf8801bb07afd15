//! One incident (事件) with every call about it (受理) and every vehicle sent for it (任务).

use super::{PatientAccount, Promised, RaisedFrom, SceneCount, Task};
use crate::model::*;
use serde::{Deserialize, Serialize};

/// How far an incident is. An appointment (预约) is `Open` with `facts.appointment_at` ahead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum IncidentStage {
    /// Being served, or waiting for a vehicle.
    Open,
    /// Waiting on purpose (挂起).
    Suspended {
        /// Why.
        reason: Reasoned<SuspendReason>,
        /// Since when.
        since: Timestamp,
    },
    /// Over: no vehicle comes.
    Refused {
        /// Why.
        reason: Reasoned<RefuseReason>,
        /// When it was recorded.
        at: Timestamp,
    },
    /// Over: called off.
    Cancelled {
        /// Why.
        reason: Reasoned<CancelReason>,
        /// When it was recorded.
        at: Timestamp,
    },
    /// Over: done.
    Closed {
        /// When it was recorded.
        at: Timestamp,
        /// True when it closed itself as its last task finished.
        by_itself: bool,
    },
}

impl IncidentStage {
    /// Whether the incident is over; it can then only be read, corrected or reopened.
    pub fn is_over(&self) -> bool {
        self.over_since().is_some()
    }

    /// When it was recorded that the incident is over; nothing while it is not.
    pub fn over_since(&self) -> Option<Timestamp> {
        match self {
            Self::Open | Self::Suspended { .. } => None,
            Self::Refused { at, .. } | Self::Cancelled { at, .. } | Self::Closed { at, .. } => {
                Some(*at)
            }
        }
    }
}

/// One call about an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// `<incident>.c<n>`.
    pub id: CallId,
    /// What the call-taker wrote down.
    pub details: CallDetails,
    /// What this caller said, for every call but the one that opened the incident.
    #[serde(default)]
    pub said: Option<Box<CallerWords>>,
    /// What the incident was before this call raised it.
    #[serde(default)]
    pub raised: RaisedFrom,
    /// The incident of its own that this call is now; it then no longer counts for this one.
    #[serde(default)]
    pub separated_to: Option<IncidentId>,
    /// How it ended; `Open` until known.
    pub outcome: CallOutcome,
    /// When the present outcome became known.
    pub concluded_at: Option<Timestamp>,
    /// When vehicles were first sent for it (发送指令).
    pub order_sent_at: Option<Timestamp>,
    /// When it was recorded.
    pub taken_at: Timestamp,
    /// Who took it.
    pub taken_by: Origin,
    /// The journal version of the event that took it.
    pub version: u64,
    /// The journal version of the event that last told how many patients it speaks of.
    pub patients_told_in: u64,
    /// When that was told.
    pub patients_told_at: Timestamp,
}

impl Call {
    /// Whether it came after a moment, by the journal's order or by the clocks: when they disagree, it did.
    pub(crate) fn is_after(&self, (version, at): (u64, Timestamp)) -> bool {
        self.version > version || self.taken_at > at
    }

    /// Whether sending a vehicle would still change what became of this call.
    pub fn is_unsettled(&self) -> bool {
        match self.outcome {
            CallOutcome::Open | CallOutcome::Suspended(_) | CallOutcome::Reassigned(_) => true,
            CallOutcome::Dispatched
            | CallOutcome::Refused(_)
            | CallOutcome::Cancelled(_)
            | CallOutcome::Consultation
            | CallOutcome::Nuisance
            | CallOutcome::Repeat => false,
        }
    }
}

/// A note on an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// The note.
    pub text: String,
    /// Who wrote it.
    pub by: Origin,
    /// When it was written.
    pub written_at: Timestamp,
}

/// When an incident was reopened by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// When.
    pub at: Timestamp,
    /// The journal version of the event.
    pub version: u64,
}

/// One incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// `<centre>-<n>`, or `<centre>-<n>r<k>` after the k-th set-back of the journal.
    pub id: IncidentId,
    /// What is known of it.
    pub facts: IncidentFacts,
    /// How far it is.
    pub stage: IncidentStage,
    /// Every call about it, in order.
    pub calls: Vec<Call>,
    /// Every vehicle ever sent for it, in order.
    pub tasks: Vec<Task>,
    /// Notes, in order.
    pub notes: Vec<Note>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the first vehicle was sent for it.
    pub first_dispatch_at: Option<Timestamp>,
    /// True once somebody reopened it by hand; it then closes only by hand.
    pub reopened: bool,
    /// Vehicles that are to come once they are free of a hospital. Promised is not under way: the
    /// incident waits on.
    #[serde(default)]
    pub promised: Vec<Promised>,
    /// Each time that was done; what came before the last no longer counts as help.
    pub reopenings: Vec<Reopening>,
    /// How many vehicles it wants in all, at least 1.
    pub vehicles_wanted: u16,
    /// Since when it wants as many.
    pub wanted_since: Timestamp,
    /// The journal version in which it was last said that fewer vehicles will do; 0 when never.
    pub fewer_wanted_in: u64,
    /// How many patients were counted at the scene, at most once for each task and once for dispatchers.
    pub scene_counts: Vec<SceneCount>,
    /// How many patients a dispatcher said there are, amending what calls had told.
    pub amended_count: Option<SceneCount>,
    /// What was told of patients besides what crews told of their own tasks.
    pub account: PatientAccount,
    /// The journal version of its last change, for those who follow changes.
    pub last_version: u64,
}

impl Incident {
    /// When it was last reopened by hand.
    pub fn reopening(&self) -> Option<Reopening> {
        self.reopenings.last().copied()
    }

    /// The calls about it, without those that became incidents of their own.
    pub fn calls(&self) -> impl DoubleEndedIterator<Item = &Call> {
        self.calls.iter().filter(|call| call.separated_to.is_none())
    }

    /// Its running tasks.
    pub fn running_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.is_running())
    }

    /// Waits for a vehicle that is wanted only later than `now`.
    pub fn waits_for_appointment(&self, now: Timestamp) -> bool {
        self.waits_for_vehicle() && self.facts.appointment_at.is_some_and(|wanted| wanted > now)
    }

    /// When it was recorded that the incident is over; nothing while it is not.
    pub fn closed_at(&self) -> Option<Timestamp> {
        self.stage.over_since()
    }

    pub(crate) fn task_id(&self, n: usize) -> TaskId {
        TaskId::new(format!("{}.t{n}", self.id))
    }
}

/// The number of the n-th call about an incident, from 1.
pub(crate) fn nth_call_id(incident: &IncidentId, n: usize) -> CallId {
    CallId::new(format!("{incident}.c{n}"))
}
