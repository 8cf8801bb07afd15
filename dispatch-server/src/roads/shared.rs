//! What servers over one database must know of each other's roads: closed and slow ones, and the correction
//! in force.

use super::conditions::holds;
use super::{RoadStoreError, Roads};
use dispatch_core::model::Timestamp;

impl Roads {
    /// Reads what is laid on the roads and which correction holds, and takes over what another server
    /// changed. A change made here meanwhile is left alone until the next time.
    ///
    /// # Errors
    /// When the store cannot be read; what is known stays as it is then.
    pub async fn catch_up(&self, now: Timestamp) -> Result<(), RoadStoreError> {
        let Some(store) = &self.store else { return Ok(()) };
        let before = self.revision();
        let (mut conditions, profile) = (store.conditions().await?, store.profile().await?);
        conditions.retain(|it| holds(it, now));
        let mut laid = self.laid();
        if laid.revision != before {
            return Ok(());
        }
        let mut here: Vec<_> = laid.conditions.iter().filter(|it| holds(it, now)).collect();
        let mut there: Vec<_> = conditions.iter().collect();
        here.sort_by_key(|it| &it.id);
        there.sort_by_key(|it| &it.id);
        let same_conditions = here == there;
        let profile = profile.filter(|profile| *profile != laid.profile);
        if same_conditions && profile.is_none() {
            return Ok(());
        }
        laid.conditions = conditions;
        if let Some(profile) = profile {
            laid.profile = profile;
        }
        laid.revision += 1;
        Ok(())
    }
}
