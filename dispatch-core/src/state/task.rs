//! One vehicle's task for one incident.

use super::{Milestones, OrderChange, Stamp};
use crate::model::*;
use serde::{Deserialize, Serialize};

/// How far a running task is; the vehicle states 0 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStage {
    /// The order is out, the crew has not answered.
    Assigned,
    /// The crew has the order.
    OrderReceived,
    /// Driving to the scene.
    ToScene,
    /// At the scene.
    AtScene,
    /// The patient is on board.
    PatientOnBoard,
    /// At the hospital.
    AtHospital,
}

impl TaskStage {
    /// The stage a task is in after this milestone; nothing from `Finished` on.
    pub const fn after(milestone: Milestone) -> Option<Self> {
        match milestone {
            Milestone::Created => Some(Self::Assigned),
            Milestone::OrderReceived => Some(Self::OrderReceived),
            Milestone::Departed => Some(Self::ToScene),
            Milestone::AtScene => Some(Self::AtScene),
            Milestone::LeftScene => Some(Self::PatientOnBoard),
            Milestone::AtHospital => Some(Self::AtHospital),
            Milestone::Finished | Milestone::BackAtStation => None,
        }
    }

    /// The state a vehicle in this stage shows.
    pub const fn vehicle_state(self) -> VehicleState {
        match self {
            Self::Assigned => VehicleState::TaskAssigned,
            Self::OrderReceived => VehicleState::OrderReceived,
            Self::ToScene => VehicleState::ToScene,
            Self::AtScene => VehicleState::AtScene,
            Self::PatientOnBoard => VehicleState::PatientOnBoard,
            Self::AtHospital => VehicleState::AtHospital,
        }
    }

    /// Whether the vehicle has a patient to look after, so that nobody may call it away.
    pub const fn has_patient(self) -> bool {
        matches!(self, Self::PatientOnBoard | Self::AtHospital)
    }
}

/// Why a vehicle with a running task is not on its way, by its crew's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotComing {
    /// It had gone off duty, or paused, before the order was given.
    Away,
    /// It has a patient of another task, or may have.
    OtherPatient,
}

/// Whether and how a task ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum TaskEnd {
    /// It runs.
    Running,
    /// Its crew finished it; the time is that of the milestone.
    Finished,
    /// It ended before its normal end.
    Aborted {
        /// Why.
        reason: Reasoned<AbortReason>,
        /// When.
        at: Timestamp,
    },
    /// Its vehicle was sent elsewhere.
    Diverted {
        /// To which incident.
        to: IncidentId,
        /// Why.
        reason: Reasoned<DivertReason>,
        /// When.
        at: Timestamp,
    },
}

/// One vehicle's task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// `<incident>.t<n>`.
    pub id: TaskId,
    /// For which incident.
    pub incident: IncidentId,
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// Its crew when it was sent.
    pub crew: Vec<CrewMember>,
    /// Where it set out from.
    pub from: SetOutFrom,
    /// After this moment the order must not be shown as new.
    pub order_expires_at: Timestamp,
    /// When the terminal first had the order.
    pub device_receipt: Option<Stamp>,
    /// Its eight times.
    pub milestones: Milestones,
    /// What the crew told: hospital, patients carried, kilometres.
    pub details: MilestoneDetails,
    /// Whether and how it ended.
    pub end: TaskEnd,
    /// The task its vehicle was taken from, when diverted.
    pub previous_task: Option<TaskId>,
    /// When the order was last sent again.
    pub resent_at: Option<Timestamp>,
    /// When the order's time ran out without anybody having received it.
    pub lapsed_at: Option<Timestamp>,
    /// What changed in its order and is not acknowledged; each part at most once.
    #[serde(default)]
    pub changes: Vec<OrderChange>,
    /// Why its vehicle is not on its way, by its crew's word; then it is no help.
    #[serde(default)]
    pub not_coming: Option<NotComing>,
    /// The journal version of the event that created it.
    pub created_in: u64,
    /// The journal version of the event that told first that its vehicle had set out.
    pub departed_in: Option<u64>,
    /// The journal version of the event that ended it before its normal end.
    pub ended_early_in: Option<u64>,
}

impl Task {
    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.end == TaskEnd::Running
    }

    /// Its stage while it runs.
    pub fn stage(&self) -> Option<TaskStage> {
        if self.is_running() { TaskStage::after(self.milestones.latest()) } else { None }
    }

    /// Whether the order has reached its vehicle: the terminal confirmed it, or the crew, or a dispatcher
    /// for the crew, told of any step. Until then the task is no help under way.
    pub fn is_received(&self) -> bool {
        self.device_receipt.is_some() || self.milestones.latest() > Milestone::Created
    }

    /// Whether help may come of it: it runs, its order has not run out unreceived, and its crew says nothing
    /// else.
    pub fn is_coming(&self) -> bool {
        self.is_running() && self.lapsed_at.is_none() && self.not_coming.is_none()
    }

    /// Whether its vehicle is known to work on it.
    pub fn is_under_way(&self) -> bool {
        self.is_running() && self.is_received() && self.not_coming.is_none()
    }

    /// Whether its order has run out and nobody has received it.
    pub fn is_unanswered(&self, now: Timestamp) -> bool {
        self.is_running() && !self.is_received() && now > self.order_expires_at
    }

    /// When its order was first sent: as the server recorded it.
    pub fn ordered_at(&self) -> Option<Timestamp> {
        self.milestones.get(Milestone::Created).map(|stamp| stamp.recorded_at)
    }

    /// When its order was last sent. An order is sent again only while nobody has it, so this is the sending that
    /// was received, if any was.
    pub fn sent_at(&self) -> Option<Timestamp> {
        self.resent_at.or(self.ordered_at())
    }

    /// When the vehicle set out, by the first step that proves it.
    pub fn departed_at(&self) -> Option<Timestamp> {
        let mut steps = self.milestones.iter();
        steps.find(|(step, _)| *step >= Milestone::Departed).map(|(_, stamp)| stamp.at())
    }

    /// Whether the vehicle has set out. A later milestone proves it even if the departure was skipped.
    pub fn has_departed(&self) -> bool {
        self.milestones.latest() >= Milestone::Departed
    }

    /// Where the vehicle stands if the task ends before its normal end: still in its station if it
    /// never left it, else on the road.
    pub fn stands_at(&self) -> SetOutFrom {
        if self.has_departed() { SetOutFrom::Road } else { self.from }
    }
}
