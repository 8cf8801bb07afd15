//! An event with its number and its provenance.

use super::{Event, Provenance};
use serde::{Deserialize, Serialize};

/// An event as the journal holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its number in the centre's journal: 1, 2, 3 ... without gaps.
    pub version: u64,
    /// When, by whom, from where.
    pub provenance: Provenance,
    /// What happened.
    pub event: Event,
}
