//! One press of a crew as its terminal sent it.

use dispatch_core::model::Timestamp;
use wire_protocol::agent::{CrewCommand, PressedAs, ReckonedTime};

/// One press as it came.
#[derive(Debug)]
pub(super) struct Press {
    pub(super) number: u64,
    /// By the terminal's own clock.
    pub(super) made_at: Timestamp,
    pub(super) command: CrewCommand,
    pub(super) pressed_as: Option<PressedAs>,
    pub(super) reckoned: Option<ReckonedTime>,
    /// How far the terminal's clock is behind the server's, as last compared.
    pub(super) clock_behind_ms: i64,
}
