//! Signing in and out, and knowing a session again by its token.

use super::session::Session;
use super::store::SessionRow;
use super::token::{TokenHash, new_token};
use super::{People, PeopleError, lock};
use std::net::IpAddr;
use std::sync::Arc;

impl People {
    /// Signs a person in and gives the session with its token, which goes into the cookie and nowhere
    /// else. An unknown name takes as long as a wrong password.
    ///
    /// # Errors
    /// [`PeopleError::WrongNameOrPassword`], [`PeopleError::Wait`] after too many failures,
    /// [`PeopleError::Busy`] when too many sign in at once, [`PeopleError::Store`].
    pub async fn sign_in(
        &self,
        name: &str,
        password: String,
        from: IpAddr,
    ) -> Result<(Arc<Session>, String), PeopleError> {
        let name = name.trim().to_lowercase();
        self.begin_attempt(&name, from)?;
        let known = self.inner.store.person_and_hash(&name).await?;
        let (person, stored) = match known {
            Some((person, stored)) => (Some(person), Some(stored)),
            None => (None, None),
        };
        let same = self.inner.passwords.matches(password, stored).await?;
        let Some(person) = person.filter(|person| same && person.active) else {
            return Err(PeopleError::WrongNameOrPassword);
        };
        lock(&self.inner.throttle).succeeded(&name, from);
        let _one_at_a_time = self.inner.changes.lock().await;
        // The person may have been barred, or have a new password, while the hash was computed.
        let unchanged = self.inner.store.person(&person.id).await?.as_ref() == Some(&person);
        if !unchanged {
            return Err(PeopleError::WrongNameOrPassword);
        }
        let now = self.now();
        let (token, hash) = new_token();
        let row = SessionRow {
            hash,
            person: person.id.clone(),
            expires_at: now.plus_seconds(self.inner.lifetime.absolute_seconds),
            last_seen_at: now,
        };
        let surplus = lock(&self.inner.sessions).surplus_of(&person.id);
        self.inner.store.end_sessions(&surplus).await?;
        self.inner.store.add_session(&row).await?;
        let mut sessions = lock(&self.inner.sessions);
        surplus.iter().for_each(|hash| sessions.end(hash));
        let session = Session::new(hash, Arc::new(person), row.expires_at, now);
        Ok((sessions.add(session), token))
    }

    /// The live session behind a cookie's token; nothing when there is none or it is over. Counts as use.
    pub fn session(&self, token: &str) -> Option<Arc<Session>> {
        let session = lock(&self.inner.sessions).get(&TokenHash::of(token)?)?;
        let now = self.now();
        if session.is_over(self.inner.lifetime, now) {
            session.ended.cancel();
            return None;
        }
        session.touch(now);
        Some(session)
    }

    /// Ends a session at once, here and in the store.
    ///
    /// # Errors
    /// [`PeopleError::Store`]; the session is then over here but may come back after a restart.
    pub async fn sign_out(&self, session: &Session) -> Result<(), PeopleError> {
        lock(&self.inner.sessions).end(&session.hash);
        Ok(self.inner.store.end_sessions(&[session.hash]).await?)
    }

    pub(super) fn begin_attempt(&self, name: &str, from: IpAddr) -> Result<(), PeopleError> {
        let begun = lock(&self.inner.throttle).begin(name, from, self.now());
        begun.map_err(|seconds| PeopleError::Wait { seconds })
    }
}
