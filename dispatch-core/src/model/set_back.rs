//! A journal that was found shorter, or other, than what had been acknowledged from it.

use super::IncidentId;
use serde::{Deserialize, Serialize};

/// Acknowledged events that a centre's journal no longer holds: a restored older copy, a stand-by promoted
/// without its last events, removed rows. One of the same incarnation as the one before adds to it what another
/// server knew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetBack {
    /// Counts the set-backs of this journal, from 1; higher than any that was ever used, also in what was lost.
    /// Incidents opened from here on carry it in their number.
    pub incarnation: u64,
    /// The last version that was acknowledged.
    pub from_version: u64,
    /// The last version known to be the same before and after: what lies above it up to `from_version` is
    /// lost, or was replaced by other events.
    pub to_version: u64,
    /// Incidents that the lost events spoke of, as far as they are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<IncidentId>,
}
