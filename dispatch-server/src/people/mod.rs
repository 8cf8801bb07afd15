//! People, their sessions, and the keys of vehicles: who is at the door.
//!
//! Knows nothing of HTTP and of what a role may do; see `permissions`. Passwords, tokens and keys are
//! stored only as hashes and are never logged.

pub(crate) mod administration;
mod archive;
pub(crate) mod change;
mod follow;
mod guessable;
mod key_table;
mod keys;
mod look_alike;
mod look_up;
mod manage;
mod own_password;
mod password;
mod person;
mod search;
mod session;
mod setup;
mod sign_in;
mod store;
mod terminals;
mod throttle;
mod token;

pub use administration::{ChainState, ENTRIES_MOST};
pub use archive::{
    ArchivedGateway, ArchivedKey, ArchivedPerson, Credential, put_credentials, take_credentials,
};
pub use change::{Author, Change};
pub use keys::{DrawnKeys, KEYS_MOST, KnownVehicle, draw_keys};
pub use manage::{PEOPLE_MOST, PersonChange, PersonToAdd};
pub use person::{Person, role_of_word, role_word};
pub use search::{CODES_MOST, Found, SEARCH_CHARS_MOST, SEARCHED_MOST, Search};
pub use session::{SESSIONS_PER_PERSON, Session, SessionLifetime};
pub use store::KeyRow;
pub use token::TOKEN_CHARS;

use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::MainDatabase;
use key_table::KeyTable;
use look_up::LookUps;
use password::{PasswordError, Passwords};
use session::SessionTable;
use setup::SetupCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::PeopleStore;
use terminals::GatewayTable;
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
    /// The current password, told to change it, is wrong.
    #[error("the current password is wrong")]
    WrongPassword,
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
    /// No such gateway.
    #[error("there is no such gateway")]
    UnknownGateway,
    /// No such terminal.
    #[error("no such terminal is bound")]
    UnknownTerminal,
    /// The vehicle has one.
    #[error("terminal {number} is on the vehicle already")]
    VehicleHasTerminal {
        /// Which; empty when it was bound in the same moment.
        number: String,
    },
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
    keys: Mutex<KeyTable>,
    gateways: Mutex<GatewayTable>,
    gateway_reading: tokio::sync::Mutex<()>,
    /// The tables of gateways may hold something else than memory does.
    gateways_due: AtomicBool,
    look_ups: LookUps,
    /// Changes are made one at a time, store first, then memory, so that the two never disagree.
    changes: tokio::sync::Mutex<()>,
}

impl People {
    /// Opens the tables in a migrated database and takes up the sessions there are.
    ///
    /// # Errors
    /// [`PeopleError::Store`] when they cannot be read, [`PeopleError::Hash`] when no hash can be computed.
    pub async fn open(
        database: MainDatabase,
        lifetime: SessionLifetime,
        clock: Clock,
    ) -> Result<Self, PeopleError> {
        let store = PeopleStore::new(database);
        let mut sessions = SessionTable::default();
        let turn = sessions.turn();
        sessions.take_all(&store.sessions().await?, turn);
        let keys = match store.is_shared() {
            true => KeyTable::holding(store.key_hashes(KEYS_MOST).await?),
            false => KeyTable::default(),
        };
        let setup = (store.count_people().await? == 0).then(SetupCode::new);
        let people = Self {
            inner: Arc::new(Inner {
                store,
                passwords: Passwords::new()?,
                lifetime,
                clock,
                sessions: Mutex::new(sessions),
                throttle: Mutex::default(),
                setup: Mutex::new(setup),
                keys: Mutex::new(keys),
                gateways: Mutex::default(),
                gateway_reading: tokio::sync::Mutex::default(),
                gateways_due: AtomicBool::new(false),
                look_ups: LookUps::default(),
                changes: tokio::sync::Mutex::new(()),
            }),
        };
        people.read_gateways().await?;
        Ok(people)
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
            self.read_gateways_if_due().await;
            if let Err(failure) = self.run_housekeeping().await {
                tracing::warn!(%failure, "sessions and key uses could not be written; trying again");
            }
            if stopping {
                return;
            }
        }
    }

    async fn run_housekeeping(&self) -> Result<(), PeopleError> {
        let (now, lifetime) = (self.now(), self.inner.lifetime);
        let (seen, used) = {
            let mut sessions = lock(&self.inner.sessions);
            // Where servers share a store only the store knows whether a session is idle everywhere. It is
            // ended there, and the others hear of it; while the store is away nobody is thrown out.
            let shared = self.inner.store.is_shared();
            let over = sessions.over(|session| match shared {
                true => session.expires_at <= now,
                false => session.is_over(lifetime, now),
            });
            over.iter().for_each(|hash| sessions.end(hash));
            let seen: Vec<_> = sessions
                .all()
                .filter_map(|session| Some((session.clone(), session.take_unwritten()?)))
                .collect();
            (seen, lock(&self.inner.keys).take_last_used())
        };
        let notes: Vec<_> = seen.iter().map(|(session, at)| (session.hash, *at)).collect();
        if let Err(failure) = self.inner.store.write_last_used(&notes, &used).await {
            seen.iter().for_each(|(session, _)| session.put_back_unwritten());
            lock(&self.inner.keys).put_back(used);
            return Err(failure.into());
        }
        let untold = lock(&self.inner.sessions).untold();
        self.tell_ended(&untold).await?;
        Ok(self.inner.store.end_over(now, lifetime.idle_seconds).await?)
    }

    fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
}

/// Locks; a panic elsewhere while it was held leaves tables that are still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
