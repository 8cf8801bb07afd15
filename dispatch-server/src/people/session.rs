//! The table of live sessions, held in memory so that no request waits for the store, and so that an
//! ended session is ended at once. The store keeps the same sessions for the next start and for the servers
//! that share it; while it is away, whoever is signed in stays signed in.

use super::person::Person;
use super::store::SessionRow;
use super::token::TokenHash;
use dispatch_core::model::{PersonId, Timestamp};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio_util::sync::CancellationToken;

/// Sessions of one person at a time: a few browsers and a forgotten one. A further sign-in ends the
/// session that has been quiet longest.
pub const SESSIONS_PER_PERSON: usize = 20;

/// How far a clock may have been ahead at a sign-in for the session to be believed: a day, as at a start.
const CLOCK_AHEAD_SECONDS: i64 = 24 * 3600;

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
        // One that began under a clock days ahead would live until that time has come.
        let longest = now.plus_seconds(lifetime.absolute_seconds + CLOCK_AHEAD_SECONDS);
        let is_from_the_future = self.expires_at > longest;
        self.expires_at <= now
            || is_from_the_future
            || self.last_seen_at().plus_seconds(lifetime.idle_seconds) <= now
    }

    /// What could not be written is written in the next round.
    pub(super) fn put_back_unwritten(&self) {
        self.written_at.store(i64::MIN, Ordering::Relaxed);
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
    /// Ended here, but the store could not be told yet. They stay ended; there are never more than there
    /// were sessions.
    untold: HashSet<TokenHash>,
    turn: u64,
}

impl SessionTable {
    pub(super) fn get(&self, hash: &TokenHash) -> Option<Arc<Session>> {
        self.sessions.get(hash).cloned()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Session>> {
        self.sessions.values()
    }

    /// Counts changes. What was read from the store is laid down only in the turn in which the reading
    /// began; otherwise something ended meanwhile might come to life again, or something new be lost.
    pub(super) const fn turn(&self) -> u64 {
        self.turn
    }

    /// Adds a session that has just begun, unless it was read from the store already.
    pub(super) fn add(&mut self, session: Session) -> Arc<Session> {
        self.turn += 1;
        self.sessions.entry(session.hash).or_insert_with(|| Arc::new(session)).clone()
    }

    pub(super) fn end(&mut self, hash: &TokenHash) {
        self.turn += 1;
        if let Some(session) = self.sessions.remove(hash) {
            session.ended.cancel();
        }
    }

    /// Ends a session before the store knows; [`Self::told`] follows once it does.
    pub(super) fn end_untold(&mut self, hash: &TokenHash) {
        self.untold.insert(*hash);
        self.end(hash);
    }

    pub(super) fn is_untold(&self, hash: &TokenHash) -> bool {
        self.untold.contains(hash)
    }

    pub(super) fn untold(&self) -> Vec<TokenHash> {
        self.untold.iter().copied().collect()
    }

    pub(super) fn told(&mut self, hashes: &[TokenHash]) {
        self.turn += 1;
        hashes.iter().for_each(|hash| {
            self.untold.remove(hash);
        });
    }

    pub(super) fn end_all_of(&mut self, person: &PersonId) {
        self.turn += 1;
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
        self.turn += 1;
        for session in self.sessions.values_mut().filter(|s| s.person.id == person.id) {
            *session = renamed(session, person);
        }
    }

    pub(super) fn over(&self, is_over: impl Fn(&Session) -> bool) -> Vec<TokenHash> {
        self.all().filter(|session| is_over(session)).map(|session| session.hash).collect()
    }

    /// Lays down one session as the store has it; false, and nothing done, in another turn.
    pub(super) fn take(&mut self, row: &SessionRow, turn: u64) -> bool {
        let is_turn = self.turn == turn;
        if is_turn {
            self.turn += 1;
            self.lay(row);
        }
        is_turn
    }

    /// Lays down all sessions as the store has them: the others end. False, and nothing done, in another
    /// turn.
    pub(super) fn take_all(&mut self, rows: &[SessionRow], turn: u64) -> bool {
        if self.turn != turn {
            return false;
        }
        self.turn += 1;
        let there: HashSet<TokenHash> = rows.iter().map(|row| row.hash).collect();
        self.sessions.retain(|hash, session| {
            let stays = there.contains(hash);
            if !stays {
                session.ended.cancel();
            }
            stays
        });
        rows.iter().for_each(|row| self.lay(row));
        true
    }

    fn lay(&mut self, row: &SessionRow) {
        if self.untold.contains(&row.hash) {
            return;
        }
        if let Some(known) = self.sessions.get_mut(&row.hash) {
            known.touch(row.last_seen_at);
            if known.person == row.person {
                return;
            }
            if known.person.has_post_of(&row.person) {
                *known = renamed(known, &row.person);
                return;
            }
            // They may do other things now: links that were opened with the old post end.
            known.ended.cancel();
        }
        let session = Session::new(row.hash, row.person.clone(), row.expires_at, row.last_seen_at);
        self.sessions.insert(row.hash, Arc::new(session));
    }
}

/// The same session under the person's new name; its links stay.
fn renamed(session: &Session, person: &Arc<Person>) -> Arc<Session> {
    let mut renamed =
        Session::new(session.hash, person.clone(), session.expires_at, session.last_seen_at());
    renamed.ended = session.ended.clone();
    Arc::new(renamed)
}
