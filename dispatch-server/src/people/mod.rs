//! People, their sessions, and the keys of vehicles: who is at the door.
//!
//! Knows nothing of HTTP and of what a role may do; see `permissions`. Passwords, tokens and keys are
//! stored only as hashes and are never logged.

mod archive;
mod keys;
mod manage;
mod password;
mod person;
mod session;
mod setup;
mod sign_in;
mod store;
mod throttle;
mod token;

pub use archive::{ArchivedKey, ArchivedPerson, Credential, put_credentials, take_credentials};
pub use keys::{KEYS_MOST, KnownVehicle};
pub use manage::{PEOPLE_MOST, PersonChange, PersonToAdd};
pub use person::{Person, role_of_word, role_word};
pub use session::{SESSIONS_PER_PERSON, Session, SessionLifetime};
pub use store::{KeyRow, PeopleDatabase};
pub use token::TOKEN_CHARS;

use crate::clock::Clock;
use dispatch_core::model::Timestamp;
use keys::KeyUse;
use password::{PasswordError, Passwords};
use session::SessionTable;
use setup::SetupCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::PeopleStore;
use thiserror::Error;
use throttle::Throttle;
use tokio_util::sync::CancellationToken;

/// Seconds between two rounds of [`People::keep`]: an idle session ends at most this late, and a crash
/// forgets at most this much of when a key was last used.
const KEEP_EVERY: Duration = Duration::from_secs(10);

/// What can go wrong at the door.
#[derive(Debug, Error)]
pub enum PeopleError {
    /// Unknown name, wrong password, or barred; never says which.
    #[error("wrong name or password")]
    WrongNameOrPassword,
    /// Too many failures.
    #[error("too many failed sign-ins; wait {seconds} seconds")]
    Wait {
        /// How long to wait.
        seconds: i64,
    },
    /// Too many sign-ins at once.
    #[error("too many sign-ins at once")]
    Busy,
    /// Somebody has that name.
    #[error("the sign-in name is taken")]
    NameTaken,
    /// No such person.
    #[error("there is no such person")]
    UnknownPerson,
    /// No more people can be added.
    #[error("there are {PEOPLE_MOST} people already")]
    TooMany,
    /// There are people already.
    #[error("set-up is done; sign in, or ask an administrator")]
    SetupOver,
    /// Not the code that was printed.
    #[error("the set-up code is not the one the server printed at its start")]
    WrongSetupCode,
    /// A field is wrong.
    #[error("{field} {problem}")]
    BadField {
        /// The field, by its wire name.
        field: &'static str,
        /// What is wrong, as a fragment.
        problem: &'static str,
    },
    /// A password could not be hashed.
    #[error("{0}")]
    Hash(String),
    /// The store failed.
    #[error("people store: {0}")]
    Store(#[from] sqlx::Error),
}

impl From<PasswordError> for PeopleError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::Busy,
            PasswordError::Hash(why) => Self::Hash(why),
        }
    }
}

impl From<person::FieldProblem> for PeopleError {
    fn from((field, problem): person::FieldProblem) -> Self {
        Self::BadField { field, problem }
    }
}

/// Everybody who may come in. Cheap to clone.
#[derive(Clone)]
pub struct People {
    inner: Arc<Inner>,
}

struct Inner {
    store: PeopleStore,
    passwords: Passwords,
    lifetime: SessionLifetime,
    clock: Clock,
    sessions: Mutex<SessionTable>,
    throttle: Mutex<Throttle>,
    setup: Mutex<Option<SetupCode>>,
    keys: Mutex<KeyUse>,
    /// Changes are made one at a time, store first, then memory, so that the two never disagree.
    changes: tokio::sync::Mutex<()>,
}

impl People {
    /// Opens the tables in a migrated database and takes up the sessions that are still live.
    ///
    /// # Errors
    /// [`PeopleError::Store`] when they cannot be read, [`PeopleError::Hash`] when no hash can be computed.
    pub async fn open(
        database: PeopleDatabase,
        lifetime: SessionLifetime,
        clock: Clock,
    ) -> Result<Self, PeopleError> {
        let store = PeopleStore::new(database);
        let now = clock.now();
        let mut sessions = SessionTable::default();
        let mut over = Vec::new();
        for row in store.sessions().await? {
            match store.person(&row.person).await? {
                Some(person) if person.active => {
                    let session =
                        Session::new(row.hash, Arc::new(person), row.expires_at, row.last_seen_at);
                    if session.is_over(lifetime, now) {
                        over.push(row.hash);
                    } else {
                        sessions.add(session);
                    }
                }
                Some(_) | None => over.push(row.hash),
            }
        }
        store.end_sessions(&over).await?;
        let setup = (store.count_people().await? == 0).then(SetupCode::new);
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                passwords: Passwords::new()?,
                lifetime,
                clock,
                sessions: Mutex::new(sessions),
                throttle: Mutex::default(),
                setup: Mutex::new(setup),
                keys: Mutex::default(),
                changes: tokio::sync::Mutex::new(()),
            }),
        })
    }

    /// The set-up code as it is printed, while there are no people.
    pub fn setup_code(&self) -> Option<String> {
        lock(&self.inner.setup).as_ref().map(ToString::to_string)
    }

    /// Ends sessions whose time is over and writes when sessions and keys were last used, round after
    /// round until `stop`, and once more then.
    pub async fn keep(self, stop: CancellationToken) {
        loop {
            let stopping = tokio::select! {
                () = stop.cancelled() => true,
                () = tokio::time::sleep(KEEP_EVERY) => false,
            };
            if let Err(failure) = self.keep_once().await {
                tracing::warn!(%failure, "sessions and key uses could not be written; trying again");
            }
            if stopping {
                return;
            }
        }
    }

    async fn keep_once(&self) -> Result<(), PeopleError> {
        let over = lock(&self.inner.sessions).over(self.inner.lifetime, self.now());
        over.iter().for_each(|hash| lock(&self.inner.sessions).end(hash));
        self.inner.store.end_sessions(&over).await?;
        let seen: Vec<_> = lock(&self.inner.sessions)
            .all()
            .filter_map(|session| Some((session.hash, session.take_unwritten()?)))
            .collect();
        let used = lock(&self.inner.keys).take_last_used();
        let written = self.inner.store.write_last_used(&seen, &used).await;
        if written.is_err() {
            lock(&self.inner.keys).put_back(used);
        }
        Ok(written?)
    }

    fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
}

/// Locks; a panic elsewhere while it was held leaves tables that are still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
