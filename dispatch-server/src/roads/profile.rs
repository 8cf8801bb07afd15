//! The correction laid over all predicted times. Offered by the report, switched on by a person.

use super::{RoadStoreError, Roads};
use dispatch_core::model::Timestamp;
use wire_protocol::route::TravelProfileView;

/// What a correction may be: beyond it something else is wrong than the speeds.
const FACTORS: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// Why a correction was not taken.
#[derive(Debug, thiserror::Error)]
pub enum BadProfile {
    /// Out of range.
    #[error("the factor must be 0.5 to 2")]
    Factor,
    /// It could not be made durable.
    #[error(transparent)]
    Store(#[from] RoadStoreError),
}

impl Roads {
    /// The correction in force.
    pub fn profile(&self) -> TravelProfileView {
        self.laid().profile.clone()
    }

    /// Switches a correction on: durable first, then in force at once.
    ///
    /// # Errors
    /// When it is out of range or could not be stored.
    pub async fn correct(
        &self,
        factor: f64,
        by: &str,
        now: Timestamp,
    ) -> Result<TravelProfileView, BadProfile> {
        if !FACTORS.contains(&factor) {
            return Err(BadProfile::Factor);
        }
        let since = match &self.store {
            Some(store) => store.add_profile(factor, by, now).await?,
            None => now.0,
        };
        let profile = TravelProfileView { factor, by: Some(by.to_owned()), since: Some(since) };
        let mut laid = self.laid();
        laid.profile = profile.clone();
        laid.revision += 1;
        Ok(profile)
    }
}
