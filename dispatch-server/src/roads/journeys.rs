//! Keeping journeys to scenes, in memory and in the store.

use super::journey::{Journey, MOST_JOURNEYS};
use super::{RoadStoreError, Roads};
use dispatch_core::model::Timestamp;

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
