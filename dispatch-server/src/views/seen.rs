//! A vehicle as its link tells of it.

use dispatch_core::fleet::LiveFix;
use dispatch_core::model::Timestamp;

/// What is known of a vehicle that no journal holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// Its number in position frames.
    pub slot: u32,
    /// Whether its terminal has a live link.
    pub online: bool,
    /// The fix its marker stands at.
    pub fix: Option<LiveFix>,
    /// When anything was last heard of it, trusted or not.
    pub heard_at: Option<Timestamp>,
}
