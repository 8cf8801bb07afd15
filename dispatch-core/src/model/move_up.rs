//! Moving free vehicles up to stations whose ground nobody covers: what is advised, and what came of it.

use super::{MoveIgnoreReason, Reasoned, StationId, Timestamp, VehicleId};
use serde::{Deserialize, Serialize};

/// Whether a centre is advised of moves. Nothing ever moves a vehicle by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveAdvice {
    /// It is not.
    #[default]
    Off,
    /// Moves are suggested; a dispatcher accepts or ignores each.
    Advise,
}

/// Why a move is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum MoveWhy {
    /// No free vehicle has reached most of the station's ground within target for this long.
    StationUncovered {
        /// For how many seconds.
        seconds: u32,
    },
    /// The move covers so much more of the centre's demand that it pays by itself.
    CoversMore,
}

/// A move that is suggested, with what speaks for it. Whole numbers, so that it reads the same for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveSuggestion {
    /// Its number at the centre, from 1.
    pub number: u64,
    /// Which free vehicle.
    pub vehicle: VehicleId,
    /// To wait at which station.
    pub station: StationId,
    /// Why.
    #[serde(flatten)]
    pub reason: MoveWhy,
    /// Ten-thousandths of the centre's demand covered now.
    pub covered_before: u32,
    /// The same with the vehicle waiting there.
    pub covered_after: u32,
    /// Mean expected driving seconds to the next patient now.
    pub expected_seconds_before: u32,
    /// The same with the vehicle waiting there.
    pub expected_seconds_after: u32,
    /// Driving seconds of the move.
    pub drive_seconds: u32,
    /// After this moment it is not to be accepted: the fleet looks different by then.
    pub expires_at: Timestamp,
}

/// How a suggestion ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum SuggestionEnd {
    /// A dispatcher accepted it: the vehicle was given the move.
    Accepted,
    /// A dispatcher ignored it.
    Ignored {
        /// Why.
        reason: Reasoned<MoveIgnoreReason>,
    },
    /// Nobody answered in its time.
    Expired,
    /// The vehicle is not free any more.
    VehicleNotFree,
    /// It no longer pays: others cover the ground now.
    NoLongerPays,
    /// The centre is not advised any more.
    SwitchedOff,
}
