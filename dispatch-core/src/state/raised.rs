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
    /// What a call raises as it is taken of an incident that wanted so many vehicles. Its priority is raised by an
    /// event of its own, and not by every call: one that was no call for help raises none.
    pub(crate) fn by(said: &CallerWords, wanted: u16) -> Self {
        let vehicles_wanted = said.vehicles_wanted.filter(|more| *more > wanted).map(|_| wanted);
        Self { priority: None, vehicles_wanted }
    }

    /// Whether nothing was raised.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
