//! What a linked call raised of its incident.

use crate::model::*;
use serde::{Deserialize, Serialize};

/// What an incident was before a linked call raised it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RaisedFrom {
    /// Its priority, if the call told of a more urgent one.
    pub priority: Option<Priority>,
    /// How many vehicles it wanted, if the call-taker judged that more are.
    pub vehicles_wanted: Option<u16>,
}

impl RaisedFrom {
    /// What a call raises of an incident that had this priority and wanted so many vehicles.
    pub(crate) fn by(said: &CallerWords, before: Priority, wanted: u16) -> Self {
        Self {
            priority: (said.facts.priority < before).then_some(before),
            vehicles_wanted: said.vehicles_wanted.filter(|more| *more > wanted).map(|_| wanted),
        }
    }

    /// Whether nothing was raised.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
