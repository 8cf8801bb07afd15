//! What changed in an order since its crew last saw it.

use crate::model::*;
use serde::{Deserialize, Serialize};

/// A change of an order that its crew has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderChange {
    /// What changed.
    pub part: OrderPart,
    /// The journal version of the newest change of it.
    pub version: u64,
    /// When it was first changed since the crew last acknowledged.
    pub since: Timestamp,
}
