//! What a vehicle's positions show of its movement, as the journal keeps it.

use super::{StationId, TaskId};
use serde::{Deserialize, Serialize};

/// What was seen of a vehicle by its positions. It tells; a press alone acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "movement", rename_all = "snake_case")]
pub enum Movement {
    /// It stands where the crew of a task is wanted.
    AtScene {
        /// The task.
        task: TaskId,
    },
    /// It stands at the hospital that the crew of a task named, or the caller wished for.
    AtHospital {
        /// The task.
        task: TaskId,
    },
    /// It stands at the station at which it is to wait.
    AtStation {
        /// The station.
        station: StationId,
    },
    /// It stands although it is under way for a task, and not where it is wanted.
    Idling {
        /// The task.
        task: TaskId,
    },
    /// It left the region.
    OutsideRegion,
    /// It drove faster than an ambulance may.
    Speeding {
        /// Kilometres an hour.
        kmh: u16,
    },
}

/// Of which kind a movement is: of each kind one stands at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovementKind {
    /// It arrived somewhere.
    Arrival,
    /// It stands under way.
    Idling,
    /// It is outside the region.
    OutsideRegion,
    /// It drove too fast.
    Speeding,
}

impl Movement {
    /// The stable name of what was seen, the same as the `movement` it is stored with.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AtScene { .. } => "at_scene",
            Self::AtHospital { .. } => "at_hospital",
            Self::AtStation { .. } => "at_station",
            Self::Idling { .. } => "idling",
            Self::OutsideRegion => "outside_region",
            Self::Speeding { .. } => "speeding",
        }
    }

    /// The task it concerns.
    pub const fn task(&self) -> Option<&TaskId> {
        match self {
            Self::AtScene { task } | Self::AtHospital { task } | Self::Idling { task } => {
                Some(task)
            }
            Self::AtStation { .. } | Self::OutsideRegion | Self::Speeding { .. } => None,
        }
    }

    /// Its kind.
    pub const fn kind(&self) -> MovementKind {
        match self {
            Self::AtScene { .. } | Self::AtHospital { .. } | Self::AtStation { .. } => {
                MovementKind::Arrival
            }
            Self::Idling { .. } => MovementKind::Idling,
            Self::OutsideRegion => MovementKind::OutsideRegion,
            Self::Speeding { .. } => MovementKind::Speeding,
        }
    }
}
