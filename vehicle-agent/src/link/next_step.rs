//! The one next-state button: what a crew most likely does next.

use serde::{Deserialize, Serialize};
use wire_protocol::agent::CrewCommand;
use wire_protocol::vocabulary::{Milestone, VehicleState};

use super::overlay::Shown;

/// What the big button does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum NextStep {
    /// The next milestone of the running task.
    Milestone {
        /// The task.
        task: String,
        /// The milestone.
        milestone: Milestone,
    },
    /// Back at the station.
    ReturnedToStation,
    /// The pause is over.
    Resume,
    /// On duty.
    OnDuty,
}

impl NextStep {
    /// The command of pressing the button.
    pub fn command(&self) -> CrewCommand {
        match self {
            Self::Milestone { task, milestone } => CrewCommand::Milestone {
                task: task.clone(),
                milestone: *milestone,
                details: Default::default(),
            },
            Self::ReturnedToStation => CrewCommand::ReturnedToStation,
            Self::Resume => CrewCommand::Resume,
            Self::OnDuty => CrewCommand::OnDuty,
        }
    }

    pub(super) fn of(shown: &Shown<'_>) -> Option<Self> {
        if let Some(order) = &shown.order {
            let last = order.reached.iter().map(|reached| reached.milestone).max();
            let milestone = following(last.unwrap_or(Milestone::Created))?;
            return Some(Self::Milestone { task: order.task.clone(), milestone });
        }
        match shown.state? {
            VehicleState::AvailableOnRoad => Some(Self::ReturnedToStation),
            VehicleState::Paused => Some(Self::Resume),
            VehicleState::OffDuty => Some(Self::OnDuty),
            VehicleState::AvailableAtStation
            | VehicleState::TaskAssigned
            | VehicleState::OrderReceived
            | VehicleState::ToScene
            | VehicleState::AtScene
            | VehicleState::PatientOnBoard
            | VehicleState::AtHospital => None,
        }
    }
}

fn following(milestone: Milestone) -> Option<Milestone> {
    match milestone {
        Milestone::Created => Some(Milestone::OrderReceived),
        Milestone::OrderReceived => Some(Milestone::Departed),
        Milestone::Departed => Some(Milestone::AtScene),
        Milestone::AtScene => Some(Milestone::LeftScene),
        Milestone::LeftScene => Some(Milestone::AtHospital),
        Milestone::AtHospital => Some(Milestone::Finished),
        Milestone::Finished | Milestone::BackAtStation => None,
    }
}
