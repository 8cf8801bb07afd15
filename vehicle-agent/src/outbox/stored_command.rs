//! Commands as an outbox keeps them, and when they were pressed. Plain data.

use serde::{Deserialize, Serialize};
use wire_protocol::agent::{CrewCommand, PressedAs};

/// A command with its number, as it will be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredCommand {
    /// From 1, in the order of pressing.
    pub number: u64,
    /// When it was pressed, by the terminal's clock; milliseconds since 1970-01-01T00:00:00Z.
    pub made_at_ms: i64,
    /// What was pressed.
    pub command: CrewCommand,
    /// Where it was first numbered, when it came from an earlier outbox.
    pub pressed_as: Option<PressedAs>,
    /// When it was pressed by the steady clock; absent from what an earlier release stored.
    pub stamp: Option<PressStamp>,
}

impl StoredCommand {
    /// When it was pressed, as the crew is shown it.
    pub fn shown_at_ms(&self) -> i64 {
        self.stamp.as_ref().and_then(|stamp| stamp.server_ms).unwrap_or(self.made_at_ms)
    }
}

/// When something was pressed, by what no setting of the terminal's clock changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressStamp {
    /// Names the life of the steady clock: the boot of the machine.
    pub boot: String,
    /// Milliseconds of the steady clock.
    pub steady_ms: u64,
    /// The server's time, where it was known then: milliseconds since 1970-01-01T00:00:00Z.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_ms: Option<i64>,
}
