//! Vehicles, their ten states and their crews.

use super::{CentreId, PauseReason, PersonId, Reasoned, StationId};
use serde::{Deserialize, Serialize};

/// What a vehicle is built for (车型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleKind {
    /// Basic (普通型).
    Basic,
    /// Intensive care (监护型).
    IntensiveCare,
    /// Negative pressure (负压型).
    NegativePressure,
    /// Neonatal (新生儿).
    Neonatal,
    /// Command (指挥车): carries no patient.
    Command,
}

/// The ten vehicle states, numbered as Chinese terminals number them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleState {
    /// 0: a task is assigned, the crew has not answered.
    TaskAssigned,
    /// 1: the crew has the order.
    OrderReceived,
    /// 2: driving to the scene.
    ToScene,
    /// 3: at the scene.
    AtScene,
    /// 4: patient on board.
    PatientOnBoard,
    /// 5: at the hospital.
    AtHospital,
    /// 6: available on the road (途中待命).
    AvailableOnRoad,
    /// 7: available at its station (站内待命).
    AvailableAtStation,
    /// 8: off duty (不能调用).
    OffDuty,
    /// 9: paused (暂停调用).
    Paused,
}

impl VehicleState {
    /// The state's number on Chinese terminals, 0 to 9.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// What the vehicle does, as far as what may be done with it goes. A new state is put into its group here; whoever
    /// asks whether a vehicle is free, paused or off duty asks the group, and never compares states.
    pub const fn group(self) -> StateGroup {
        match self {
            Self::TaskAssigned
            | Self::OrderReceived
            | Self::ToScene
            | Self::AtScene
            | Self::PatientOnBoard
            | Self::AtHospital => StateGroup::OnTask,
            Self::AvailableOnRoad => StateGroup::OnRoad,
            Self::AvailableAtStation => StateGroup::AtStation,
            Self::OffDuty => StateGroup::OffDuty,
            Self::Paused => StateGroup::Paused,
        }
    }

    /// Whether the vehicle can be sent at once.
    pub const fn is_available(self) -> bool {
        self.group().is_available()
    }

    /// Whether the vehicle is on a task.
    pub const fn is_on_task(self) -> bool {
        match self.group() {
            StateGroup::OnTask => true,
            StateGroup::OnRoad
            | StateGroup::AtStation
            | StateGroup::OffDuty
            | StateGroup::Paused => false,
        }
    }
}

/// What a vehicle does, as far as what may be done with it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateGroup {
    /// On a task.
    OnTask,
    /// Free on the road.
    OnRoad,
    /// Free at a station.
    AtStation,
    /// Off duty.
    OffDuty,
    /// Paused.
    Paused,
}

impl StateGroup {
    /// Whether a vehicle of this group can be sent at once.
    pub const fn is_available(self) -> bool {
        match self {
            Self::OnRoad | Self::AtStation => true,
            Self::OnTask | Self::OffDuty | Self::Paused => false,
        }
    }
}

/// How a crew is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "away", rename_all = "snake_case")]
pub enum Away {
    /// Off duty.
    OffDuty,
    /// Paused.
    Paused {
        /// Why.
        reason: Reasoned<PauseReason>,
    },
}

impl Away {
    /// The state that the vehicle shows by it.
    pub const fn state(&self) -> VehicleState {
        match self {
            Self::OffDuty => VehicleState::OffDuty,
            Self::Paused { .. } => VehicleState::Paused,
        }
    }
}

/// Where a vehicle sets out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetOutFrom {
    /// From its station.
    Station,
    /// From the road.
    Road,
}

/// What a member of a crew does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrewRole {
    /// Driver (司机).
    Driver,
    /// Doctor (医生).
    Doctor,
    /// Nurse (护士).
    Nurse,
    /// Stretcher bearer (担架员).
    StretcherBearer,
}

/// The part of the day for which somebody has signed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// Day (白班).
    Day,
    /// Evening (中班).
    Evening,
    /// Night (夜班).
    Night,
    /// Twenty-four hours (24小时班).
    FullDay,
}

/// One member of a crew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrewMember {
    /// Who, by card or staff number.
    pub person: PersonId,
    /// Name as shown.
    pub name: String,
    /// What they do.
    pub role: CrewRole,
    /// For which shift; nothing where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
}

/// A vehicle as the region's data describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VehicleRecord {
    /// The centre it belongs to when not lent.
    pub home_centre: CentreId,
    /// Its station.
    pub station: StationId,
    /// Plate (车牌).
    pub plate: String,
    /// Radio call sign.
    pub call_sign: String,
    /// What it is built for.
    pub kind: VehicleKind,
    /// What it carries, by code, e.g. `defibrillator`.
    pub equipment: Vec<String>,
}
