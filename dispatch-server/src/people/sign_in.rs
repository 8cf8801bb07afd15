//! Signing in and out, and knowing a session again by its token.

use super::person::checked_name;
use super::session::{SESSIONS_PER_PERSON, Session};
use super::store::SessionRow;
use super::throttle::{Outcome, Refused};
use super::token::{TokenHash, new_token};
use super::{People, PeopleError, lock};
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

/// A session that began, and its token, which goes into the cookie and nowhere else.
pub(super) type Begun = (Arc<Session>, String);

/// Under what attempts are counted whose name can be nobody's; no sign-in name is empty.
const NOBODY: &str = "";

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
    ) -> Result<Begun, PeopleError> {
        // What can be nobody's name is not looked up, not remembered and not written anywhere.
        let Ok(name) = checked_name(name) else {
            drop(self.begin_attempt(NOBODY, from)?);
            return Err(PeopleError::WrongNameOrPassword);
        };
        let attempt = self.begin_attempt(&name, from)?;
        let looked_up = self.inner.store.person_and_hash(&name).await;
        let (person, stored) = attempt.unless_it_failed(looked_up)?.unzip();
        let compared = self.inner.passwords.matches(password, stored.clone()).await;
        let same = attempt.unless_it_failed(compared)?;
        let known = person.zip(stored).filter(|(person, _)| same && person.active);
        let Some((person, stored)) = known else { return Err(PeopleError::WrongNameOrPassword) };
        attempt.was_right();
        let _one_at_a_time = self.inner.changes.lock().await;
        // The post may have changed while the hash was computed.
        let unchanged = self.inner.store.person(&person.id).await?.as_ref() == Some(&person);
        if !unchanged {
            return Err(PeopleError::WrongNameOrPassword);
        }
        let now = self.now();
        let (token, hash) = new_token();
        let row = SessionRow {
            hash,
            person: Arc::new(person),
            expires_at: now.plus_seconds(self.inner.lifetime.absolute_seconds),
            last_seen_at: now,
        };
        let surplus = self.surplus_of(&row).await?;
        self.inner.store.end_sessions(&surplus).await?;
        // Written only if they were not barred, here or at another server, until this very moment.
        if !self.inner.store.add_session(&row, &stored).await? {
            return Err(PeopleError::WrongNameOrPassword);
        }
        let mut sessions = lock(&self.inner.sessions);
        surplus.iter().for_each(|hash| sessions.end(hash));
        let session = Session::new(hash, row.person, row.expires_at, now);
        Ok((sessions.add(session), token))
    }

    /// Which sessions go to make room for this one. Those begun at other servers count too.
    async fn surplus_of(&self, new: &SessionRow) -> Result<Vec<TokenHash>, PeopleError> {
        let person = &new.person.id;
        if self.inner.store.is_shared() {
            return Ok(self.inner.store.surplus_of(person, SESSIONS_PER_PERSON - 1).await?);
        }
        Ok(lock(&self.inner.sessions).surplus_of(person))
    }

    /// The live session behind a cookie's token; nothing when there is none or it is over. Counts as use.
    /// Answered from memory. Only a token that memory does not know is looked up in a store that servers
    /// share, before it is refused.
    ///
    /// # Errors
    /// [`PeopleError::Store`] when it would have to be looked up and the store does not answer: whoever
    /// comes may well be signed in. [`PeopleError::Busy`] when too many are being looked up.
    pub async fn session(&self, token: &str) -> Result<Option<Arc<Session>>, PeopleError> {
        let Some(hash) = TokenHash::of(token) else { return Ok(None) };
        if let Some(session) = self.session_in_memory(&hash) {
            return Ok(Some(session));
        }
        let may_be_known =
            self.inner.store.is_shared() && !lock(&self.inner.sessions).is_untold(&hash);
        if may_be_known { self.look_session_up(&hash).await } else { Ok(None) }
    }

    /// What memory knows of a live session, touched.
    pub(super) fn session_in_memory(&self, hash: &TokenHash) -> Option<Arc<Session>> {
        let session = lock(&self.inner.sessions).get(hash)?;
        let now = self.now();
        if session.is_over(self.inner.lifetime, now) {
            // Where servers share a store it may have been in use at another.
            if !self.inner.store.is_shared() {
                session.ended.cancel();
            }
            return None;
        }
        session.touch(now);
        Some(session)
    }

    /// Ends a session at once, here and in the store.
    ///
    /// # Errors
    /// [`PeopleError::Store`]; the session is then over here, and in the store and at other servers as soon
    /// as the store can be told.
    pub async fn sign_out(&self, session: &Session) -> Result<(), PeopleError> {
        lock(&self.inner.sessions).end_untold(&session.hash);
        self.tell_ended(&[session.hash]).await
    }

    pub(super) async fn tell_ended(&self, hashes: &[TokenHash]) -> Result<(), PeopleError> {
        self.inner.store.end_sessions(hashes).await?;
        lock(&self.inner.sessions).told(hashes);
        Ok(())
    }

    pub(super) fn begin_attempt(&self, name: &str, from: IpAddr) -> Result<Attempt, PeopleError> {
        let begun = lock(&self.inner.throttle).begin(name, from, self.now());
        begun.map_err(|refused| match refused {
            Refused::Wait(seconds) => PeopleError::Wait { seconds },
            Refused::Busy => PeopleError::Busy,
        })?;
        Ok(Attempt {
            people: self.clone(),
            name: name.to_owned(),
            from,
            outcome: Mutex::new(Outcome::Wrong),
        })
    }
}

/// An attempt under way. Dropped without a word it counts as a failure, so that nobody gains by hanging up.
pub(super) struct Attempt {
    people: People,
    name: String,
    from: IpAddr,
    outcome: Mutex<Outcome>,
}

impl Attempt {
    /// The password was right.
    pub(super) fn was_right(&self) {
        *lock(&self.outcome) = Outcome::Right;
    }

    /// Passes a result on; a failure of ours is not one of whoever tries.
    pub(super) fn unless_it_failed<T, E>(&self, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() {
            *lock(&self.outcome) = Outcome::NotCompared;
        }
        result
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let (outcome, now) = (*lock(&self.outcome), self.people.now());
        lock(&self.people.inner.throttle).end(&self.name, self.from, outcome, now);
    }
}
