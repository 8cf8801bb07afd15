//! How our SQLite files are opened, and which migrations the main one takes.

use crate::sqlite::keep_private;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlSafeStr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The main file's name in the data folder: journal, snapshots, people, sessions and keys.
pub const MAIN_FILE: &str = "helan.sqlite";

/// Longest wait for another process that holds the write lock; a commit takes milliseconds, so five
/// seconds mean that something is wrong.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// Prepared statements kept per connection. Appends differ by their number of rows; the common ones
/// fit.
const KEPT_STATEMENTS: usize = 64;

/// The main file's migrations, in order: number, what it lays down, its text.
const MAIN: &[(i64, &str, &str)] = &[
    (1, "journal", include_str!("../../../migrations/sqlite/0001_journal.sql")),
    (2, "people", include_str!("../../../migrations/sqlite/0002_people.sql")),
    (3, "roads", include_str!("../../../migrations/sqlite/0003_roads.sql")),
    (
        4,
        "travel profile details",
        include_str!("../../../migrations/sqlite/0004_travel_profile_details.sql"),
    ),
    (5, "arbiter", include_str!("../../../migrations/sqlite/0005_arbiter.sql")),
    (6, "region version", include_str!("../../../migrations/sqlite/0006_region_version.sql")),
    (7, "administration", include_str!("../../../migrations/sqlite/0007_administration.sql")),
    (8, "event incident", include_str!("../../../migrations/sqlite/0008_event_incident.sql")),
    (9, "snapshot pieces", include_str!("../../../migrations/sqlite/0009_snapshot_pieces.sql")),
    (10, "terminals", include_str!("../../../migrations/sqlite/0010_terminals.sql")),
    (11, "key software", include_str!("../../../migrations/sqlite/0011_key_software.sql")),
];

/// Why a SQLite file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file or its folder.
    #[error("failed to open the database: {0}")]
    Open(#[from] sqlx::Error),
    /// Its tables.
    #[error("failed to bring the database up to date: {0}")]
    Migrate(#[from] MigrateError),
    /// One of these, with the file's name.
    #[error("{}: {source}", file.display())]
    File {
        /// Which file.
        file: PathBuf,
        /// What happened to it.
        source: Box<OpenError>,
    },
}

impl OpenError {
    /// Names the file, once.
    pub fn of(self, file: &Path) -> Self {
        match self {
            named @ Self::File { .. } => named,
            Self::Open(_) | Self::Migrate(_) => {
                Self::File { file: file.to_owned(), source: Box::new(self) }
            }
        }
    }
}

/// How each of our SQLite files is opened: readers never wait for the writer (WAL), a commit is
/// on the disk when it returns (synchronous=FULL), and what is deleted, a password's hash or a session, is
/// overwritten with zeros where that costs no page of its own.
pub fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(LOCK_WAIT)
        .pragma("secure_delete", "fast")
        .statement_cache_capacity(KEPT_STATEMENTS)
}

/// Brings the main file's tables up to date.
///
/// # Errors
/// When the file cannot be opened or was written by a later release.
pub async fn migrate_main(options: &SqliteConnectOptions) -> Result<(), OpenError> {
    migrate(options, MAIN).await
}

/// Brings a file's tables up to date with the migrations given.
pub async fn migrate(
    options: &SqliteConnectOptions,
    migrations: &[(i64, &'static str, &'static str)],
) -> Result<(), OpenError> {
    let migrated = run_migrations(options, migrations).await;
    migrated.map_err(|error| error.of(options.get_filename()))
}

async fn run_migrations(
    options: &SqliteConnectOptions,
    migrations: &[(i64, &'static str, &'static str)],
) -> Result<(), OpenError> {
    let migrator = Migrator::with_migrations(
        migrations
            .iter()
            .map(|&(number, name, sql)| {
                let kind = MigrationType::Simple;
                Migration::new(number, name.into(), kind, sql.into_sql_str(), false)
            })
            .collect(),
    );
    keep_private(options.get_filename()).map_err(sqlx::Error::Io)?;
    let mut connection = options.connect().await?;
    migrator.run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    Ok(())
}
