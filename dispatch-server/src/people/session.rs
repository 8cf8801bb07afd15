//! The table of live sessions, held in memory so that no request waits for the store, and so that an
//! ended session is ended at once. The store keeps the same sessions for the next start.

use super::person::Person;
use super::token::TokenHash;
use dispatch_core::model::{PersonId, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio_util::sync::CancellationToken;

/// Sessions of one person at a time: a few browsers and a forgotten one. A further sign-in ends the
/// session that has been quiet longest.
pub const SESSIONS_PER_PERSON: usize = 20;

/// How long sessions live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLifetime {
    /// Seconds from sign-in to the end, whatever is done: a long shift.
    pub absolute_seconds: i64,
    /// Seconds without a request or an open feed after which it ends.
    pub idle_seconds: i64,
}

impl Default for SessionLifetime {
    fn default() -> Self {
        Self { absolute_seconds: 12 * 3600, idle_seconds: 2 * 3600 }
    }
}

/// A live session.
pub struct Session {
    pub(super) hash: TokenHash,
    /// Who is signed in.
    pub person: Arc<Person>,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    last_seen_at: AtomicI64,
    written_at: AtomicI64,
    /// Cancelled when it ends for any reason; its feeds end with it.
    pub ended: CancellationToken,
}

impl Session {
    pub(super) fn new(
        hash: TokenHash,
        person: Arc<Person>,
        expires_at: Timestamp,
        seen_at: Timestamp,
    ) -> Self {
        Self {
            hash,
            person,
            expires_at,
            last_seen_at: AtomicI64::new(seen_at.0),
            written_at: AtomicI64::new(seen_at.0),
            ended: CancellationToken::new(),
        }
    }

    /// Notes that it is in use.
    pub fn touch(&self, now: Timestamp) {
        self.last_seen_at.fetch_max(now.0, Ordering::Relaxed);
    }

    pub(super) fn last_seen_at(&self) -> Timestamp {
        Timestamp(self.last_seen_at.load(Ordering::Relaxed))
    }

    pub(super) fn is_over(&self, lifetime: SessionLifetime, now: Timestamp) -> bool {
        self.expires_at <= now || self.last_seen_at().plus_seconds(lifetime.idle_seconds) <= now
    }

    /// Its last use, if that is newer than what the store has; then it counts as written.
    pub(super) fn take_unwritten(&self) -> Option<Timestamp> {
        let seen = self.last_seen_at();
        (self.written_at.swap(seen.0, Ordering::Relaxed) != seen.0).then_some(seen)
    }
}

/// All live sessions.
#[derive(Default)]
pub(super) struct SessionTable {
    sessions: HashMap<TokenHash, Arc<Session>>,
}

impl SessionTable {
    pub(super) fn get(&self, hash: &TokenHash) -> Option<Arc<Session>> {
        self.sessions.get(hash).cloned()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Session>> {
        self.sessions.values()
    }

    pub(super) fn add(&mut self, session: Session) -> Arc<Session> {
        let session = Arc::new(session);
        self.sessions.insert(session.hash, session.clone());
        session
    }

    pub(super) fn end(&mut self, hash: &TokenHash) {
        if let Some(session) = self.sessions.remove(hash) {
            session.ended.cancel();
        }
    }

    pub(super) fn end_all_of(&mut self, person: &PersonId) {
        self.sessions.retain(|_, session| {
            let stays = session.person.id != *person;
            if !stays {
                session.ended.cancel();
            }
            stays
        });
    }

    /// The sessions of a person that must go to make room for one more, quietest first.
    pub(super) fn surplus_of(&self, person: &PersonId) -> Vec<TokenHash> {
        let mut own: Vec<_> = self.all().filter(|s| s.person.id == *person).collect();
        own.sort_by_key(|session| session.last_seen_at());
        let surplus = (own.len() + 1).saturating_sub(SESSIONS_PER_PERSON);
        own.iter().take(surplus).map(|session| session.hash).collect()
    }

    /// Shows a person's new name in their sessions.
    pub(super) fn rename(&mut self, person: &Arc<Person>) {
        for session in self.sessions.values_mut().filter(|s| s.person.id == person.id) {
            let mut renamed = Session::new(
                session.hash,
                person.clone(),
                session.expires_at,
                session.last_seen_at(),
            );
            renamed.ended = session.ended.clone();
            *session = Arc::new(renamed);
        }
    }

    pub(super) fn over(&self, lifetime: SessionLifetime, now: Timestamp) -> Vec<TokenHash> {
        self.all().filter(|s| s.is_over(lifetime, now)).map(|s| s.hash).collect()
    }
}
