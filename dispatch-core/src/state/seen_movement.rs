//! A movement as a vehicle remembers it.

use crate::model::{Movement, Timestamp};
use serde::{Deserialize, Serialize};

/// A movement that was seen and has not been seen to be over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenMovement {
    /// What.
    #[serde(flatten)]
    pub movement: Movement,
    /// Since when, by the satellites' time.
    pub since: Timestamp,
}
