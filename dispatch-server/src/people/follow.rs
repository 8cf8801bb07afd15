//! Following the other servers: who was barred, signed out or given another key there is so here.

use super::{KEYS_MOST, People, PeopleError, lock};
use dispatch_desk::wakeups::{Topic, Wakeups};
use tokio_util::sync::CancellationToken;

/// Readings at once before one waits a moment, because something here changed during each. A reading takes
/// some milliseconds, and people sign in at most some dozen times a second.
const READINGS: usize = 16;

impl People {
    /// Takes over what other servers change about people, sessions and keys; runs until `stop`. While the
    /// store is away, everybody who is known here stays so.
    pub async fn follow(self, wakeups: Wakeups, stop: CancellationToken) {
        let (sessions, keys) = (wakeups.reader(Topic::People), wakeups.reader(Topic::Keys));
        tokio::join!(
            sessions.follow(stop.clone(), || self.read_sessions()),
            keys.follow(stop, || self.read_keys()),
        );
    }

    async fn read_sessions(&self) -> Result<(), PeopleError> {
        if self.setup_code().is_some() && self.inner.store.count_people().await? > 0 {
            *lock(&self.inner.setup) = None;
        }
        for _ in 0..READINGS {
            let turn = lock(&self.inner.sessions).turn();
            let rows = self.inner.store.sessions().await?;
            if lock(&self.inner.sessions).take_all(&rows, turn) {
                return Ok(());
            }
        }
        Err(PeopleError::Busy)
    }

    async fn read_keys(&self) -> Result<(), PeopleError> {
        // Whatever is wrong with the one, the other is read.
        let gateways = self.read_gateways().await;
        self.read_vehicle_keys().await.and(gateways)
    }

    async fn read_vehicle_keys(&self) -> Result<(), PeopleError> {
        for _ in 0..READINGS {
            let turn = lock(&self.inner.keys).turn();
            let rows = self.inner.store.key_hashes(KEYS_MOST).await?;
            if lock(&self.inner.keys).take_all(rows, turn) {
                return Ok(());
            }
        }
        Err(PeopleError::Busy)
    }
}
