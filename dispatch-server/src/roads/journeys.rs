//! Journeys to scenes: what was predicted and what it took.

use super::{RoadStoreError, Roads};
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
    /// The road class of most of the way, e.g. `primary`.
    pub class: String,
    /// `urban` or `rural`, as most of the way.
    pub area: String,
}

impl Roads {
    /// Keeps a journey, durably; the second of one task is not counted.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn learn(&self, journey: Journey) -> Result<(), RoadStoreError> {
        if let Some(store) = &self.store {
            store.add_journey(&journey).await?;
        }
        let mut laid = self.laid();
        laid.learned += 1;
        if laid.journeys.iter().any(|known| known.task == journey.task) {
            return Ok(());
        }
        let surplus = (laid.journeys.len() + 1).saturating_sub(MOST_JOURNEYS);
        laid.journeys.drain(..surplus);
        laid.journeys.push(journey);
        Ok(())
    }

    /// The local hour at a moment, 0 to 23.
    pub(crate) fn local_hour(&self, at: Timestamp) -> u8 {
        let minutes = at.0.div_euclid(60_000) + self.straight.utc_offset_minutes;
        minutes.div_euclid(60).rem_euclid(24) as u8
    }
}
