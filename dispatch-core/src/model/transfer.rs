//! A vehicle between two centres, and the marks of its terminals that travel with it.

use super::*;
use serde::{Deserialize, Serialize};

/// A vehicle on its way from one centre's journal to another's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VehicleTransfer {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// Counts the hand-overs of this vehicle made by the giving centre, from 1.
    pub number: u64,
    /// The giving centre.
    pub from: CentreId,
    /// The taking centre.
    pub to: CentreId,
    /// What the vehicle is.
    pub record: VehicleRecord,
    /// Its crew at hand-over.
    pub crew: Vec<CrewMember>,
    /// Its state at hand-over: available, off duty or paused.
    pub state: VehicleState,
    /// Why it is paused, if it is.
    pub pause: Option<Reasoned<PauseReason>>,
    /// Since when its crew calls for help, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sos: Option<Timestamp>,
    /// Why it is lent, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// How far its terminals' commands are recorded, so that the taking centre goes on counting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outboxes: Vec<OutboxMark>,
    /// The latest messages between it and its centres.
    #[serde(default, skip_serializing_if = "Messages::is_empty")]
    pub messages: Messages,
    /// The newest entries of its log.
    #[serde(default, skip_serializing_if = "VehicleLog::is_empty")]
    pub log: VehicleLog,
}
