//! Tokens and keys that memory does not know, looked up in the store that servers share before they are
//! refused: begun at another server a moment ago, or at this one before somebody's word was heard.

use super::keys::KnownVehicle;
use super::session::Session;
use super::token::TokenHash;
use super::{People, PeopleError, lock};
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Look-ups under way at once: half the connections to these tables, so that made-up tokens, however many,
/// leave the other half to those who sign in or change something.
const AT_ONCE: usize = 2;

/// Look-ups that may wait for their turn. Each takes about a millisecond, so the last waits a fraction of
/// a second; a flood of made-up tokens beyond that is turned away without touching the store.
const WAITING_MOST: usize = 256;

/// Readings before a look-up gives up because something else changed during each.
const READINGS: usize = 4;

/// The places of those who look something up.
pub(super) struct LookUps {
    queue: Semaphore,
    turns: Semaphore,
}

impl Default for LookUps {
    fn default() -> Self {
        Self { queue: Semaphore::new(AT_ONCE + WAITING_MOST), turns: Semaphore::new(AT_ONCE) }
    }
}

impl LookUps {
    async fn enter(&self) -> Result<[SemaphorePermit<'_>; 2], PeopleError> {
        let place = self.queue.try_acquire().map_err(|_| PeopleError::Busy)?;
        let turn = self.turns.acquire().await.map_err(|_| PeopleError::Busy)?;
        Ok([place, turn])
    }
}

impl People {
    pub(super) async fn look_session_up(
        &self,
        hash: &TokenHash,
    ) -> Result<Option<Arc<Session>>, PeopleError> {
        let _place = self.inner.look_ups.enter().await?;
        for _ in 0..READINGS {
            // A page asks for several things at once: the first of them may have found it meanwhile.
            if let Some(session) = self.session_in_memory(hash) {
                return Ok(Some(session));
            }
            let turn = lock(&self.inner.sessions).turn();
            let Some(row) = self.inner.store.session(hash).await? else { return Ok(None) };
            let taken = lock(&self.inner.sessions).take(&row, turn);
            if taken {
                return Ok(self.session_in_memory(hash));
            }
        }
        Err(PeopleError::Busy)
    }

    pub(super) async fn look_key_up(
        &self,
        hash: &TokenHash,
    ) -> Result<Option<KnownVehicle>, PeopleError> {
        let _place = self.inner.look_ups.enter().await?;
        for _ in 0..READINGS {
            let turn = {
                let mut keys = lock(&self.inner.keys);
                if let Some(known) = keys.shown(hash, self.now()) {
                    return Ok(Some(known));
                }
                keys.turn()
            };
            let Some(vehicle) = self.inner.store.vehicle_of_key(hash).await? else {
                return Ok(None);
            };
            let mut keys = lock(&self.inner.keys);
            if keys.take(&vehicle, *hash, turn) {
                return Ok(keys.shown(hash, self.now()));
            }
        }
        Err(PeopleError::Busy)
    }
}
