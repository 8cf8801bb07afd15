//! What a call-taker sends of one call.

use super::*;

/// A call to be taken: a new incident, or one more call about an open one.
#[derive(Clone, Debug, PartialEq)]
pub struct TakeCall {
    /// The open incident this call is about; absent for a new one.
    pub link_to: Option<IncidentId>,
    /// What the caller said of the incident: what a new one is opened with, and what is kept with a call
    /// about an open one.
    pub facts: IncidentFacts,
    /// The call itself.
    pub details: CallDetails,
    /// How the call ended if it ended without a vehicle.
    pub outcome: CallOutcome,
    /// How many vehicles the incident wants in all, as the call-taker judges; never lowers it.
    pub vehicles_wanted: Option<u16>,
}
