//! The vehicles of a simulation.

use super::trip::Trip;
use crate::study::travel::{Spot, Travel};
use dispatch_core::model::TaskId;

/// What a vehicle does.
#[derive(Clone, Debug)]
pub enum Doing {
    /// Waits at a station.
    Waiting {
        /// Which.
        station: usize,
    },
    /// Drives to a station, free.
    Returning {
        /// Which.
        station: usize,
        /// On which way.
        trip: Trip,
        /// Whether it was sent there; else it drives home because it got free.
        is_move: bool,
    },
    /// Turns out for a patient.
    TurningOut {
        /// For which call.
        call: usize,
        /// From where.
        from: Spot,
        /// When its wheels are expected to turn: how long this crew takes, nobody knows before it leaves.
        leaves_ms: i64,
    },
    /// Drives to a patient.
    ToScene {
        /// For which call.
        call: usize,
        /// On which way.
        trip: Trip,
    },
    /// With a patient, until it is free again.
    WithPatient {
        /// For which call.
        call: usize,
    },
}

/// A vehicle.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its home station.
    pub home: usize,
    /// What it does.
    pub doing: Doing,
    /// Its running task.
    pub task: Option<TaskId>,
    /// Events of an earlier number are void.
    pub plan: u32,
}

impl Unit {
    /// Whether it can be sent at once.
    pub fn is_free(&self) -> bool {
        match self.doing {
            Doing::Waiting { .. } | Doing::Returning { .. } => true,
            Doing::TurningOut { .. } | Doing::ToScene { .. } | Doing::WithPatient { .. } => false,
        }
    }

    /// The station at which it waits or will wait, while it is free.
    pub fn station(&self) -> Option<usize> {
        match self.doing {
            Doing::Waiting { station } | Doing::Returning { station, .. } => Some(station),
            Doing::TurningOut { .. } | Doing::ToScene { .. } | Doing::WithPatient { .. } => None,
        }
    }

    /// The call it is on its way to.
    pub fn bound_for(&self) -> Option<usize> {
        match self.doing {
            Doing::TurningOut { call, .. } | Doing::ToScene { call, .. } => Some(call),
            Doing::Waiting { .. } | Doing::Returning { .. } | Doing::WithPatient { .. } => None,
        }
    }

    /// Where it is; nothing while it has a patient.
    pub fn spot(&mut self, travel: &Travel<'_>, now_ms: i64) -> Option<Spot> {
        match &mut self.doing {
            Doing::Waiting { station } => Some(travel.at_site(*station)),
            Doing::TurningOut { from, .. } => Some(*from),
            Doing::Returning { trip, .. } | Doing::ToScene { trip, .. } => {
                Some(trip.spot_at(travel, now_ms))
            }
            Doing::WithPatient { .. } => None,
        }
    }

    /// When it will be at its patient as expected from where it is now, in simulated milliseconds.
    pub fn expected_arrival_ms(
        &self,
        travel: &Travel<'_>,
        cell: usize,
        mode: usize,
        now_ms: i64,
    ) -> Option<i64> {
        match &self.doing {
            Doing::TurningOut { from, leaves_ms, .. } => {
                Some(*leaves_ms.max(&now_ms) + i64::from(travel.ms_to_cell(from, cell, mode)))
            }
            Doing::ToScene { trip, .. } => Some(now_ms + i64::from(trip.left_ms(now_ms))),
            Doing::Waiting { .. } | Doing::Returning { .. } | Doing::WithPatient { .. } => None,
        }
    }
}
