//! One vehicle: what it is, who is in it, what it does.

use super::{
    CrewAway, CrewReport, FollowOn, Move, OutboxStanding, RefusedPress, SeenMovement,
    SuggestedMove, TaskStage, outboxes,
};
use crate::model::*;
use serde::{Deserialize, Serialize};

/// Where a vehicle waits when it is on no task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standby", rename_all = "snake_case")]
pub enum Standby {
    /// On the road.
    OnRoad {
        /// The task it finished and from which it is not yet back.
        last_task: Option<TaskId>,
    },
    /// At its station.
    AtStation,
}

/// What a vehicle does. One value, so two tasks at once cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "duty", rename_all = "snake_case")]
pub enum Duty {
    /// On a task.
    OnTask {
        /// Which.
        task: TaskId,
        /// How far.
        stage: TaskStage,
    },
    /// Available on the road (途中待命).
    AvailableOnRoad {
        /// The task it finished and from which it is not yet back.
        last_task: Option<TaskId>,
    },
    /// Available at its station (站内待命).
    AvailableAtStation,
    /// Off duty (不能调用).
    OffDuty,
    /// Paused (暂停调用).
    Paused {
        /// Why.
        reason: Reasoned<PauseReason>,
        /// Where it waits and to what it returns.
        standby: Standby,
    },
}

impl Duty {
    /// Available where the vehicle waits.
    pub(crate) fn available(standby: Standby) -> Self {
        match standby {
            Standby::OnRoad { last_task } => Self::AvailableOnRoad { last_task },
            Standby::AtStation => Self::AvailableAtStation,
        }
    }
}

/// One vehicle of a centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Its name.
    pub id: VehicleId,
    /// What it is.
    pub record: VehicleRecord,
    /// What it does.
    pub duty: Duty,
    /// Its crew.
    pub crew: Vec<CrewMember>,
    /// Since when it does what it does.
    pub since: Timestamp,
    /// Since when its crew calls for help, if it does.
    pub sos: Option<Timestamp>,
    /// The task it was last sent on at this centre, running or ended.
    pub latest_task: Option<TaskId>,
    /// How far its terminals' commands are recorded; the one used last comes last, at most
    /// [`super::REMEMBERED_OUTBOXES`].
    pub outboxes: Vec<OutboxMark>,
    /// What its crew reported against what the centre did, until a dispatcher settles it.
    #[serde(default)]
    pub report: Option<CrewReport>,
    /// What its crew had said before its order was given, until the order is settled.
    #[serde(default)]
    pub away: Option<CrewAway>,
    /// Refused presses of its crew that no dispatcher has seen to.
    #[serde(default)]
    pub refused: Option<RefusedPress>,
    /// Its next order while it is at a hospital.
    #[serde(default)]
    pub follow_on: Option<FollowOn>,
    /// A move that is suggested for it.
    #[serde(default)]
    pub suggested: Option<SuggestedMove>,
    /// The station it was given to wait at.
    #[serde(default)]
    pub moving: Option<Move>,
    /// What was seen of its movement by its positions, one of each kind.
    #[serde(default)]
    pub movements: Vec<SeenMovement>,
    /// What became of its crew's last call for help, until it calls again.
    #[serde(default)]
    pub sos_answer: Option<SosAnswer>,
    /// The latest words between its crew and the centre.
    #[serde(default)]
    pub messages: Messages,
    /// The newest entries of its log.
    #[serde(default)]
    pub log: VehicleLog,
    /// What stands wrong with its terminal.
    #[serde(default)]
    pub terminal: TerminalFaults,
    /// The journal version of its last change, for those who follow changes.
    pub last_version: u64,
}

impl Duty {
    /// What the vehicle does as far as the centre knows; its crew may have said otherwise: [`Vehicle::state`].
    pub const fn group(&self) -> StateGroup {
        match self {
            Self::OnTask { .. } => StateGroup::OnTask,
            Self::AvailableOnRoad { .. } => StateGroup::OnRoad,
            Self::AvailableAtStation => StateGroup::AtStation,
            Self::OffDuty => StateGroup::OffDuty,
            Self::Paused { .. } => StateGroup::Paused,
        }
    }
}

/// What stands wrong with a vehicle's terminal, as it last told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerminalFaults {
    /// Its disk does not take what is pressed.
    pub storage_failing: bool,
    /// Its satellite receiver has a wrong date.
    pub receiver_date_wrong: bool,
}

impl Vehicle {
    /// Whether it has an equipment on board that was not found missing or broken when its crew took it over.
    pub fn carries(&self, code: &str) -> bool {
        let is_faulty = || self.log.faults().any(|check| check.equipment() == Some(code));
        self.record.equipment.iter().any(|it| it == code) && !is_faulty()
    }

    /// A vehicle at a centre, with nothing told of it yet.
    pub(crate) fn new(id: VehicleId, record: VehicleRecord, duty: Duty, since: Timestamp) -> Self {
        Self {
            id,
            record,
            duty,
            crew: Vec::new(),
            since,
            sos: None,
            latest_task: None,
            outboxes: Vec::new(),
            report: None,
            away: None,
            refused: None,
            follow_on: None,
            suggested: None,
            moving: None,
            movements: Vec::new(),
            sos_answer: None,
            messages: Messages::default(),
            log: VehicleLog::default(),
            terminal: TerminalFaults::default(),
            last_version: 0,
        }
    }

    /// The report of its crew that keeps it from being sent: at a scene, with a patient, or at a hospital
    /// for a task that the centre had ended.
    pub fn standing_report(&self) -> Option<&CrewReport> {
        self.report.as_ref().filter(|report| report.state().is_some())
    }

    /// Whether it has a patient, or may have one, by its task or by its crew's word; then nothing may
    /// call it away.
    pub fn has_patient(&self) -> bool {
        let by_task = match &self.duty {
            Duty::OnTask { stage, .. } => stage.has_patient(),
            Duty::AvailableOnRoad { .. }
            | Duty::AvailableAtStation
            | Duty::OffDuty
            | Duty::Paused { .. } => false,
        };
        by_task || self.standing_report().is_some()
    }

    /// Its state as Chinese terminals number them. What a crew reports goes before what the centre did.
    pub fn state(&self) -> VehicleState {
        if let Some(reported) = self.report.as_ref().and_then(CrewReport::state) {
            return reported;
        }
        if let Some(said) = &self.away {
            return said.away.state();
        }
        match &self.duty {
            Duty::OnTask { stage, .. } => stage.vehicle_state(),
            Duty::AvailableOnRoad { .. } => VehicleState::AvailableOnRoad,
            Duty::AvailableAtStation => VehicleState::AvailableAtStation,
            Duty::OffDuty => VehicleState::OffDuty,
            Duty::Paused { .. } => VehicleState::Paused,
        }
    }

    /// The task it is on.
    pub fn running_task(&self) -> Option<&TaskId> {
        match &self.duty {
            Duty::OnTask { task, .. } => Some(task),
            Duty::AvailableOnRoad { .. }
            | Duty::AvailableAtStation
            | Duty::OffDuty
            | Duty::Paused { .. } => None,
        }
    }

    /// Where it waits when it is available or paused; nothing on a task or off duty.
    pub fn standby(&self) -> Option<Standby> {
        match &self.duty {
            Duty::AvailableOnRoad { last_task } => {
                Some(Standby::OnRoad { last_task: last_task.clone() })
            }
            Duty::AvailableAtStation => Some(Standby::AtStation),
            Duty::Paused { standby, .. } => Some(standby.clone()),
            Duty::OnTask { .. } | Duty::OffDuty => None,
        }
    }

    /// The finished task from which it is not yet back.
    pub fn task_to_return_from(&self) -> Option<TaskId> {
        match self.standby() {
            Some(Standby::OnRoad { last_task }) => last_task,
            Some(Standby::AtStation) | None => None,
        }
    }

    /// The highest command number recorded from this outbox; 0 when none was.
    pub fn commands_recorded(&self, outbox: &OutboxId) -> u64 {
        outboxes::commands_recorded(&self.outboxes, outbox)
    }

    /// Whether an outbox of its terminals is known, with or without commands.
    pub fn knows_outbox(&self, outbox: &OutboxId) -> bool {
        outboxes::knows(&self.outboxes, outbox)
    }

    /// Whether this press, by the name its sender gave it, is recorded.
    pub fn has_recorded(&self, outbox: &OutboxId, number: u64, name: &CommandId) -> bool {
        matches!(
            self.standing(outbox, number, Some(name)),
            OutboxStanding::Recorded | OutboxStanding::RecordedElsewhere
        )
    }

    /// Where a press stands against what is recorded of its outbox.
    pub(crate) fn standing(
        &self,
        outbox: &OutboxId,
        number: u64,
        name: Option<&CommandId>,
    ) -> OutboxStanding {
        outboxes::standing(&self.outboxes, outbox, number, name)
    }

    /// Waits somewhere else, available or paused as before; from a task it becomes available. A pause
    /// goes on as it began.
    pub(crate) fn wait_at(&mut self, place: Standby, since: Option<Timestamp>) {
        if let Duty::Paused { standby, .. } = &mut self.duty {
            *standby = place;
            return;
        }
        self.duty = Duty::available(place);
        self.since = since.unwrap_or(self.since);
    }

    /// Lets go of a task that has left the centre's memory.
    pub(crate) fn forget_task(&mut self, task: &TaskId) {
        self.latest_task = self.latest_task.take().filter(|latest| latest != task);
        match &mut self.duty {
            Duty::AvailableOnRoad { last_task }
            | Duty::Paused { standby: Standby::OnRoad { last_task }, .. } => {
                *last_task = last_task.take().filter(|last| last != task);
            }
            Duty::Paused { standby: Standby::AtStation, .. }
            | Duty::OnTask { .. }
            | Duty::AvailableAtStation
            | Duty::OffDuty => {}
        }
    }

    pub(crate) fn mark_command(
        &mut self,
        outbox: &OutboxId,
        number: u64,
        name: Option<&CommandId>,
    ) {
        outboxes::remember(&mut self.outboxes, outbox, number, name);
    }

    /// What a terminal's trouble changes: the numbering of its commands, or what stands wrong with it.
    pub(crate) fn note_trouble(&mut self, trouble: &TerminalTrouble) {
        match trouble {
            TerminalTrouble::OutboxRenewed { outbox, previous, .. } => {
                outboxes::renew(&mut self.outboxes, outbox, previous.as_ref());
            }
            TerminalTrouble::ActsMissing { outbox, through, passed_over: true, .. } => {
                outboxes::pass_over(&mut self.outboxes, outbox, *through);
            }
            TerminalTrouble::ActsMissing { passed_over: false, .. }
            | TerminalTrouble::NumberUsedTwice { .. }
            | TerminalTrouble::PressRepeated
            | TerminalTrouble::LinksTakeTurns { .. } => {}
            TerminalTrouble::StorageFailing => self.terminal.storage_failing = true,
            TerminalTrouble::StorageRecovered => self.terminal.storage_failing = false,
            TerminalTrouble::ReceiverDateWrong => self.terminal.receiver_date_wrong = true,
            TerminalTrouble::ReceiverDateRight => self.terminal.receiver_date_wrong = false,
        }
    }
}
