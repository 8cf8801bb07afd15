//! The stores of one server, opened together: embedded in the data folder, or in the PostgreSQL database that
//! servers share. Who uses them does not see which.

use crate::history::{HISTORY_FILE, History, HistoryTask};
use crate::people::People;
use crate::reports::{Reports, ReportsError};
use crate::roads::Roads;
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::{Clock, DatabaseTime};
use dispatch_desk::database::MainDatabase;
use dispatch_desk::database::{MAIN_FILE, OpenError, migrate_main, options};
use dispatch_desk::database::{PostgresError, postgres_options};
use dispatch_desk::desk::Desk;
use dispatch_desk::journal::memory::MemoryJournal;
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Cut, Journal, JournalFailure, RegionVersion, TakenRegion};
use dispatch_desk::sqlite::{SqliteFile, Stuck};
use dispatch_desk::wakeups::Wakeups;
use region::Region;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Connections to the tables of people: sign-ins and key look-ups wait for each other only past four.
const PEOPLE_CONNECTIONS: u32 = 4;

/// Longest wait for one of them before the request fails.
const PEOPLE_WAIT: Duration = Duration::from_secs(5);

/// The address of a PostgreSQL database, such as `postgres://helan@db/helan`. Never shows its password.
#[derive(Clone)]
pub struct Database(Box<PgConnectOptions>);

impl Database {
    /// How to reach it.
    pub fn options(&self) -> PgConnectOptions {
        (*self.0).clone()
    }
}

impl From<PgConnectOptions> for Database {
    fn from(options: PgConnectOptions) -> Self {
        Self(Box::new(options))
    }
}

impl FromStr for Database {
    type Err = PostgresError;

    fn from_str(address: &str) -> Result<Self, PostgresError> {
        Ok(postgres_options(address)?.into())
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.get_host(), self.0.get_database().unwrap_or_default())
    }
}

/// Where a server keeps what it must not forget.
#[derive(Clone, Debug)]
pub enum Storage {
    /// In SQLite files in this folder: one server.
    Embedded(PathBuf),
    /// In this PostgreSQL database: any number of servers.
    Shared(Database),
}

/// Why the stores could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoresError {
    /// A file of the embedded store.
    #[error(transparent)]
    Embedded(#[from] OpenError),
    /// The shared database.
    #[error(transparent)]
    Shared(#[from] PostgresError),
    /// Its report tables.
    #[error(transparent)]
    Reports(#[from] ReportsError),
}

/// The journal of either kind.
#[derive(Clone, Debug)]
pub enum AnyJournal {
    /// In a SQLite file.
    Embedded(Arc<SqliteJournal>),
    /// In the shared database.
    Shared(Arc<PostgresJournal>),
    /// In memory, for simulations and tests.
    Memory(Arc<MemoryJournal>),
}

impl AnyJournal {
    /// Opens or makes it.
    ///
    /// # Errors
    /// When file or database cannot be opened.
    pub async fn open(storage: &Storage) -> Result<Self, StoresError> {
        Ok(match storage {
            Storage::Embedded(folder) => {
                Self::Embedded(Arc::new(SqliteJournal::open(&folder.join(MAIN_FILE)).await?))
            }
            Storage::Shared(database) => {
                Self::Shared(Arc::new(PostgresJournal::open(database.options()).await?))
            }
        })
    }

    /// The journal as everybody uses it.
    pub fn journal(&self) -> Arc<dyn Journal> {
        match self {
            Self::Embedded(journal) => journal.clone(),
            Self::Shared(journal) => journal.clone(),
            Self::Memory(journal) => journal.clone(),
        }
    }

    /// Makes the indexes that are made beside the work; says when it cannot.
    pub async fn index(&self) {
        match self {
            // A migration made it: there is one server, which starts.
            Self::Embedded(_) | Self::Memory(_) => {}
            Self::Shared(journal) => {
                if let Err(error) = journal.index_incidents().await {
                    tracing::warn!(%error, "the journal has no index by incident, so timelines are slow; \
                        an administrator makes it with deploy/postgres-roles.sql");
                }
            }
        }
    }

    /// Names the journal for all who share it; nothing when it is this server's own.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn shared_name(&self) -> Result<Option<String>, JournalFailure> {
        match self {
            Self::Embedded(_) | Self::Memory(_) => Ok(None),
            Self::Shared(journal) => journal.name().await.map(Some),
        }
    }

    /// Opens the tables of people that lie beside it, over the same writer where they share a file.
    ///
    /// # Errors
    /// When file or database cannot be opened.
    pub async fn open_people(&self, storage: &Storage) -> Result<MainDatabase, StoresError> {
        match self {
            Self::Embedded(journal) => {
                let file = journal.file().with_own_readers(PEOPLE_CONNECTIONS).await;
                Ok(MainDatabase::Sqlite(file.map_err(OpenError::from)?))
            }
            Self::Shared(_) => open_people(storage).await,
            Self::Memory(_) => {
                if let Storage::Embedded(folder) = storage {
                    migrate_main(&options(&folder.join(MAIN_FILE))).await?;
                }
                open_people(storage).await
            }
        }
    }

    /// Returns once the embedded store stayed locked for so long although its disk is well, or its file was removed or
    /// replaced; never else. What locks the shared database is that database's affair, and waited for.
    pub async fn until_stuck(&self, stuck_after: Duration) -> Stuck {
        match self {
            Self::Embedded(journal) => journal.file().until_stuck(stuck_after).await,
            Self::Shared(_) | Self::Memory(_) => std::future::pending().await,
        }
    }

    /// What time it is by the clock of the database that servers share; nothing for the embedded store.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn database_time(&self) -> Result<Option<DatabaseTime>, JournalFailure> {
        match self {
            Self::Embedded(_) | Self::Memory(_) => Ok(None),
            // The first question also opens the connection; only the second is answered at once.
            Self::Shared(journal) => {
                journal.clock().await?;
                journal.clock().await.map(Some)
            }
        }
    }

    /// The region folders taken into service, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn regions_taken(&self) -> Result<Vec<RegionVersion>, JournalFailure> {
        match self {
            Self::Embedded(journal) => journal.regions_taken().await,
            Self::Shared(journal) => journal.regions_taken().await,
            Self::Memory(journal) => journal.regions_taken(),
        }
    }

    /// Notes that a region folder was taken into service.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note_region(
        &self,
        region: &RegionVersion,
        taken_at: Timestamp,
    ) -> Result<(), JournalFailure> {
        let taken = TakenRegion { region: region.clone(), taken_at };
        match self {
            Self::Embedded(journal) => journal.note_region(&taken).await,
            Self::Shared(journal) => journal.note_region(&taken).await,
            Self::Memory(journal) => journal.note_region(&taken),
        }
    }

    /// Puts events in the place of all that follow a head of a centre, and takes the centre's snapshots out; all
    /// or nothing. Only for a journal that is damaged there; keep what is cut elsewhere first. In PostgreSQL the
    /// table's owner may do it.
    ///
    /// # Errors
    /// When the store fails or refuses, or the journal has gone on after what was kept.
    pub(crate) async fn cut(&self, asked: &Cut<'_>) -> Result<(), JournalFailure> {
        match self {
            Self::Embedded(journal) => journal.cut(asked).await,
            Self::Shared(journal) => journal.cut(asked).await,
            Self::Memory(journal) => {
                let instead = &asked.instead;
                journal.cut(instead.centre, instead.after.version);
                let appended = Journal::append(&**journal, &[*instead]).await;
                appended.map_err(|why| JournalFailure(why.to_string()))
            }
        }
    }

    /// Closes it; what was acknowledged is in it already.
    pub async fn close(&self) {
        match self {
            Self::Embedded(journal) => journal.close().await,
            Self::Shared(journal) => journal.close().await,
            Self::Memory(_) => {}
        }
    }
}

/// Opens the tables of people, migrated, without a journal beside them; else see
/// [`AnyJournal::open_people`].
///
/// # Errors
/// When file or database cannot be opened.
pub async fn open_people(storage: &Storage) -> Result<MainDatabase, StoresError> {
    Ok(match storage {
        Storage::Embedded(folder) => {
            let options = options(&folder.join(MAIN_FILE));
            let file = SqliteFile::open(options, PEOPLE_CONNECTIONS).await;
            MainDatabase::Sqlite(file.map_err(OpenError::from)?)
        }
        Storage::Shared(database) => MainDatabase::Postgres(
            PgPoolOptions::new()
                .max_connections(PEOPLE_CONNECTIONS)
                .acquire_timeout(PEOPLE_WAIT)
                .connect_with(database.options())
                .await
                .map_err(PostgresError::from)?,
        ),
    })
}

/// Opens the position history.
///
/// # Errors
/// When file or database cannot be opened.
pub async fn open_history(
    storage: &Storage,
    keep_days: u32,
    clock: Clock,
) -> Result<(History, HistoryTask), StoresError> {
    Ok(match storage {
        Storage::Embedded(folder) => open_embedded_history(folder, keep_days, clock).await?,
        Storage::Shared(database) => {
            History::open_postgres(database.options(), keep_days, clock).await?
        }
    })
}

async fn open_embedded_history(
    folder: &Path,
    keep_days: u32,
    clock: Clock,
) -> Result<(History, HistoryTask), OpenError> {
    History::open(&folder.join(HISTORY_FILE), keep_days, clock).await
}

/// Opens the report tables with what the region says does not move; the embedded store has none.
///
/// # Errors
/// When they cannot be reached.
pub(crate) async fn open_reports(
    storage: &Storage,
    region: &Region,
) -> Result<Option<Reports>, StoresError> {
    let Storage::Shared(database) = storage else { return Ok(None) };
    let reports = Reports::open(database.options()).await?;
    let reports = reports.counting_exercises(region.settings.exercise);
    reports.take_over_region(region).await?;
    Ok(Some(reports))
}

/// What a server does beside its own work: it judges its clock, and where others share its database it follows their
/// commands and what they change about people, keys and roads, and keeps the report tables, a step at a time, whoever is
/// first. Ends with `stop`. Beside the tasks: what the database is called as it runs now.
pub(crate) fn share(
    journal: &AnyJournal,
    desk: &Desk,
    people: &People,
    roads: &Arc<Roads>,
    reports: Option<Reports>,
    stop: &CancellationToken,
) -> (JoinSet<()>, Option<watch::Receiver<Option<String>>>) {
    let mut tasks = JoinSet::new();
    tasks.spawn(desk.clone().keep_time(stop.clone()));
    let (indexed, until) = (journal.clone(), stop.clone());
    tasks.spawn(async move {
        until.run_until_cancelled(indexed.index()).await;
    });
    let mut database_run = None;
    if let AnyJournal::Shared(journal) = journal {
        let wakeups = Wakeups::default();
        database_run = Some(wakeups.database_run());
        tasks.spawn(desk.clone().follow(wakeups.clone(), stop.clone()));
        tasks.spawn(people.clone().follow(wakeups.clone(), stop.clone()));
        tasks.spawn(roads.clone().follow(wakeups.clone(), stop.clone()));
        tasks.spawn(wakeups.run(journal.clone(), stop.clone()));
        if let Some(reports) = reports {
            tasks.spawn(reports.keep(journal.clone(), stop.clone()));
        }
    }
    (tasks, database_run)
}
