//! What is known of moves of free vehicles: what is suggested, what was given, and for how long advice keeps silent.

use super::Stamp;
use crate::model::*;
use serde::{Deserialize, Serialize};

/// Silences remembered. Each lasts half an hour and follows a suggestion of which three stand at once, so that a
/// centre which answers one a minute remembers all of them.
const REMEMBERED_SILENCES: usize = 64;

/// A suggested move that nobody has answered yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuggestedMove {
    /// What is suggested.
    pub suggestion: MoveSuggestion,
    /// Since when.
    pub since: Timestamp,
}

/// The station that a free vehicle is to wait at instead of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The station.
    pub station: StationId,
    /// When it was given.
    pub given_at: Timestamp,
    /// When the crew said that it has seen it.
    pub acknowledged: Option<Stamp>,
    /// Since when it waits there.
    pub reached: Option<Timestamp>,
}

/// What a centre knows of advice, beside what stands with each vehicle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MoveUp {
    /// Whether the centre is advised.
    pub advice: MoveAdvice,
    /// How many moves were ever suggested; the next is numbered one more.
    pub(crate) suggested: u64,
    silences: Vec<Silence>,
}

/// A vehicle and a station that are not suggested for a while, together or with others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Silence {
    vehicle: VehicleId,
    station: StationId,
    until: Timestamp,
}

impl MoveUp {
    /// Whether advice about this vehicle or this station keeps silent.
    pub fn is_silent(&self, vehicle: &VehicleId, station: &StationId, now: Timestamp) -> bool {
        let holds = |it: &&Silence| now < it.until;
        let about = |it: &Silence| it.vehicle == *vehicle || it.station == *station;
        self.silences.iter().filter(holds).any(about)
    }

    /// Keeps silent about a vehicle and a station; what has passed is forgotten.
    pub(crate) fn keep_silent(
        &mut self,
        vehicle: &VehicleId,
        station: &StationId,
        until: Timestamp,
        now: Timestamp,
    ) {
        self.silences.retain(|it| now < it.until);
        let (vehicle, station) = (vehicle.clone(), station.clone());
        self.silences.push(Silence { vehicle, station, until });
        let surplus = self.silences.len().saturating_sub(REMEMBERED_SILENCES);
        self.silences.drain(..surplus);
    }

    /// Ends every silence: a clock that was ahead may have made one years long, and one question more does no harm.
    pub(crate) fn end_silences(&mut self) {
        self.silences.clear();
    }
}
