//! Following the other servers: what was drawn, ended or switched on there is in force here.

use super::{RoadStore, RoadStoreError, Roads, plain_profile};
use dispatch_desk::wakeups::{Topic, Wakeups};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Readings at once before one waits a moment, because something changed here during each. A reading takes
/// some milliseconds, and supervisors draw by hand.
const READINGS: usize = 4;

impl Roads {
    /// Takes over what other servers change about the roads; runs until `stop`. While the store is away,
    /// what was last known stays in force.
    pub async fn follow(self: Arc<Self>, wakeups: Wakeups, stop: CancellationToken) {
        let Some(store) = self.store.clone() else { return };
        let (drawn, journeys) = (wakeups.reader(Topic::Roads), wakeups.reader(Topic::Journeys));
        tokio::join!(
            drawn.follow(stop.clone(), || self.read_drawn(&store)),
            journeys.follow(stop, || self.read_journeys(&store)),
        );
    }

    /// Reads what was drawn at any server, for who cannot wait to be told of it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_again(&self) -> Result<(), RoadStoreError> {
        match self.store.clone() {
            Some(store) => self.read_drawn(&store).await,
            None => Ok(()),
        }
    }

    /// Reads conditions and profile. They are laid down unless something changed here meanwhile: what was
    /// read is older then.
    async fn read_drawn(&self, store: &RoadStore) -> Result<(), RoadStoreError> {
        for _ in 0..READINGS {
            let revision = self.laid().revision;
            let conditions = store.conditions().await?;
            let profile = store.profile().await?.unwrap_or_else(plain_profile);
            let mut laid = self.laid();
            if laid.revision != revision {
                continue;
            }
            if laid.conditions != conditions || laid.profile != profile {
                // More than the ended ones that go with the old list, which count as changes too.
                laid.revision += 1 + laid.conditions.len() as u64;
                laid.conditions = conditions;
                self.put_in_force(&mut laid, profile);
            }
            return Ok(());
        }
        Err(RoadStoreError::Busy)
    }

    async fn read_journeys(&self, store: &RoadStore) -> Result<(), RoadStoreError> {
        for _ in 0..READINGS {
            let learned = self.laid().learned;
            let journeys = store.journeys().await?;
            let mut laid = self.laid();
            if laid.learned == learned {
                laid.journeys = journeys;
                return Ok(());
            }
        }
        Err(RoadStoreError::Busy)
    }
}
