//! What a vehicle does, as far as what is done with it goes. Terminals and consoles ask the group and compare no states,
//! so that a new state is decided upon where it is put into its group.

use crate::vocabulary::VehicleState;

/// A group of vehicle states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateGroup {
    /// On a task, and not yet at the hospital.
    OnTask,
    /// At the hospital: it may be told what comes next.
    AtHospital,
    /// Free on the road.
    OnRoad,
    /// Free at a station.
    AtStation,
    /// Off duty.
    OffDuty,
    /// Paused.
    Paused,
}

impl VehicleState {
    /// Its group.
    pub const fn group(self) -> StateGroup {
        match self {
            Self::TaskAssigned
            | Self::OrderReceived
            | Self::ToScene
            | Self::AtScene
            | Self::PatientOnBoard => StateGroup::OnTask,
            Self::AtHospital => StateGroup::AtHospital,
            Self::AvailableOnRoad => StateGroup::OnRoad,
            Self::AvailableAtStation => StateGroup::AtStation,
            Self::OffDuty => StateGroup::OffDuty,
            Self::Paused => StateGroup::Paused,
        }
    }
}

impl StateGroup {
    /// Whether a vehicle of this group can be sent at once.
    pub const fn is_available(self) -> bool {
        match self {
            Self::OnRoad | Self::AtStation => true,
            Self::OnTask | Self::AtHospital | Self::OffDuty | Self::Paused => false,
        }
    }
}
