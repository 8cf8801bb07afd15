//! One journey to a scene: what was predicted and what it took.

use dispatch_core::model::{TaskId, Timestamp};

/// Journeys kept for the report: some months of a city, a megabyte.
pub(super) const MOST_JOURNEYS: usize = 5_000;

/// One journey from departure to scene.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    /// Whose.
    pub task: TaskId,
    /// When it began.
    pub departed_at: Timestamp,
    /// Seconds predicted at departure, before any correction.
    pub predicted_seconds: f64,
    /// Seconds it took.
    pub actual_seconds: f64,
    /// Local hour of departure.
    pub hour: u8,
    /// The road class of most of the route, e.g. `primary`.
    pub class: String,
    /// `urban` or `rural`, as most of the route.
    pub area: String,
}
