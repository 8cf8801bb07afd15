//! What servers over one database must know of each other: sessions that began or ended elsewhere, and
//! keys that changed elsewhere. With the embedded store there is nobody else, and nothing to do.

use super::session::Session;
use super::store::SessionRow;
use super::token::TokenHash;
use super::{KEYS_MOST, People, PeopleError, lock};
use std::collections::HashMap;
use std::sync::Arc;

impl People {
    /// Reads which sessions and keys there are now, and whether set-up was done, and ends what was ended elsewhere, links included. A
    /// session in use elsewhere counts as in use here too.
    ///
    /// # Errors
    /// [`PeopleError::Store`]; what is known stays as it is then.
    pub async fn catch_up(&self) -> Result<(), PeopleError> {
        if !self.inner.store.is_shared() {
            return Ok(());
        }
        self.catch_up_sessions().await?;
        if self.setup_code().is_some() && self.inner.store.count_people().await? > 0 {
            *lock(&self.inner.setup) = None;
        }
        self.catch_up_keys().await
    }

    async fn catch_up_sessions(&self) -> Result<(), PeopleError> {
        // Each was in the store before it was here, so what is here now and not in the answer is over.
        let here: Vec<Arc<Session>> = lock(&self.inner.sessions).all().cloned().collect();
        let there = self.inner.store.sessions().await?;
        let there: HashMap<TokenHash, SessionRow> =
            there.into_iter().map(|row| (row.hash, row)).collect();
        let known: Vec<TokenHash> = here.iter().map(|session| session.hash).collect();
        for session in here {
            match there.get(&session.hash) {
                Some(row) => session.seen_elsewhere(row.last_seen_at),
                None => lock(&self.inner.sessions).end(&session.hash),
            }
        }
        for (_, row) in there.into_iter().filter(|(hash, _)| !known.contains(hash)) {
            self.take_up(row).await?;
        }
        Ok(())
    }

    async fn catch_up_keys(&self) -> Result<(), PeopleError> {
        let print = self.inner.store.print_of_keys().await?;
        if lock(&self.inner.keys).were_compared_at(print) {
            return Ok(());
        }
        let there = self.inner.store.key_hashes(KEYS_MOST).await?.into_iter().collect();
        lock(&self.inner.keys).compare(print, &there);
        Ok(())
    }

    /// Takes up the session behind a token that began at another server.
    pub(super) async fn take_up_session(&self, token: &str) -> Result<(), PeopleError> {
        let Some(hash) = TokenHash::of(token) else { return Ok(()) };
        match self.inner.store.session(&hash).await? {
            Some(row) => self.take_up(row).await,
            None => Ok(()),
        }
    }

    async fn take_up(&self, row: SessionRow) -> Result<(), PeopleError> {
        let person = self.inner.store.person(&row.person).await?;
        let Some(person) = person.filter(|person| person.active) else { return Ok(()) };
        let session = Session::new(row.hash, Arc::new(person), row.expires_at, row.last_seen_at);
        if !session.is_over(self.inner.lifetime, self.now()) {
            lock(&self.inner.sessions).add(session);
        }
        Ok(())
    }
}
