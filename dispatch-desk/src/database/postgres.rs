//! How our PostgreSQL is reached, and the migrations it takes.

use super::in_time;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection, SqlSafeStr};
use std::str::FromStr;
use std::time::Duration;

/// Longest wait for a lock during a migration. Who waits for a table's lock holds up all who come
/// after, so a migration gives up soon and tries again.
const MIGRATION_LOCK_WAIT: &str = "2s";

/// How often a migration that could not have its lock is tried again: with the pause below, a minute
/// of a busy database.
const MIGRATION_ATTEMPTS: usize = 12;

/// Pause between two attempts, in which those who waited behind the migration get their turn.
const MIGRATION_PAUSE: Duration = Duration::from_secs(3);

/// Longest that any statement of a server may take at the database, which ends it then; ours wait a
/// little longer, see [`super::in_time`].
const STATEMENT_TIMEOUT: &str = "20s";

/// PostgreSQL's code for "could not have the lock in time".
const LOCK_NOT_AVAILABLE: &str = "55P03";

/// How a migration begins that cannot run in a transaction, e.g. `CREATE INDEX CONCURRENTLY`.
const OUTSIDE_A_TRANSACTION: &str = "-- no-transaction";

/// The migrations, in order: number, what it lays down, its text.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "journal", include_str!("../../../migrations/postgres/0001_journal.sql")),
    (2, "people", include_str!("../../../migrations/postgres/0002_people.sql")),
    (3, "positions", include_str!("../../../migrations/postgres/0003_positions.sql")),
    (4, "report", include_str!("../../../migrations/postgres/0004_report.sql")),
    (5, "roads", include_str!("../../../migrations/postgres/0005_roads.sql")),
    (6, "aed basis", include_str!("../../../migrations/postgres/0006_aed_basis.sql")),
    (7, "bulletin", include_str!("../../../migrations/postgres/0007_bulletin.sql")),
    (
        8,
        "travel profile details",
        include_str!("../../../migrations/postgres/0008_travel_profile_details.sql"),
    ),
    (9, "arbiter", include_str!("../../../migrations/postgres/0009_arbiter.sql")),
    (10, "region version", include_str!("../../../migrations/postgres/0010_region_version.sql")),
    (11, "administration", include_str!("../../../migrations/postgres/0011_administration.sql")),
    (12, "report stays", include_str!("../../../migrations/postgres/0012_report_stays.sql")),
    (
        14,
        "report appointment",
        include_str!("../../../migrations/postgres/0014_report_appointment.sql"),
    ),
    (16, "report norms", include_str!("../../../migrations/postgres/0016_report_norms.sql")),
    (17, "terminals", include_str!("../../../migrations/postgres/0017_terminals.sql")),
    (18, "key software", include_str!("../../../migrations/postgres/0018_key_software.sql")),
];

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// The address is none.
    #[error("`{0}` is no database address such as postgres://helan@db/helan")]
    Address(String),
    /// It cannot be reached, or it refuses us.
    #[error("failed to reach the database: {0}")]
    Reach(#[from] sqlx::Error),
    /// Its tables.
    #[error("failed to bring the database up to date: {0}")]
    Migrate(#[from] MigrateError),
}

/// How a server reaches the database at an address such as `postgres://helan@db/helan`.
///
/// # Errors
/// When it is no such address. The error does not repeat a password.
pub fn postgres_options(address: &str) -> Result<PgConnectOptions, PostgresError> {
    let without_password = || match (address.find("://"), address.rfind('@')) {
        (Some(start), Some(end)) if start < end => {
            format!("{}://...{}", &address[..start], &address[end..])
        }
        _ => address.to_owned(),
    };
    let scheme = address.starts_with("postgres://") || address.starts_with("postgresql://");
    let options = PgConnectOptions::from_str(address).ok().filter(|_| scheme);
    options.map(postgres_defaults).ok_or_else(|| PostgresError::Address(without_password()))
}

/// What every connection of ours has, wherever it leads. A commit is on the disk when it returns, also
/// when the database's own default says otherwise.
pub fn postgres_defaults(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("helan dispatch-server").options([
        ("statement_timeout", STATEMENT_TIMEOUT),
        ("idle_in_transaction_session_timeout", STATEMENT_TIMEOUT),
        ("default_transaction_isolation", "read committed"),
        // A plan kept from when a table was empty would read the whole of it ever after.
        ("plan_cache_mode", "force_custom_plan"),
    ])
}

/// A connection that writes. `synchronous_commit` is raised to `on` where a default lowered it; a
/// stricter one stays.
pub async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    in_time(async {
        let mut connection = options.connect().await?;
        sqlx::query(
            "SELECT set_config('synchronous_commit', 'on', false)
             WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')",
        )
        .execute(&mut connection)
        .await?;
        Ok(connection)
    })
    .await
}

/// Brings the tables up to date; several servers may do it at the same time. Migrations of a later
/// release are left alone: they only add, so this release works on with them.
///
/// # Errors
/// When the database cannot be reached, or a migration fails.
pub async fn migrate_postgres(options: &PgConnectOptions) -> Result<(), PostgresError> {
    let mut attempt = 1;
    loop {
        match try_migrate(options).await {
            Err(PostgresError::Migrate(error))
                if wants_lock(&error) && attempt < MIGRATION_ATTEMPTS =>
            {
                attempt += 1;
                tracing::warn!(attempt, "the database is busy; the migration waits its turn");
                tokio::time::sleep(MIGRATION_PAUSE).await;
            }
            done => return done,
        }
    }
}

async fn try_migrate(options: &PgConnectOptions) -> Result<(), PostgresError> {
    let patient = options
        .clone()
        .options([("lock_timeout", MIGRATION_LOCK_WAIT), ("statement_timeout", "0")]);
    let mut connection = in_time(patient.connect()).await?;
    warn_if_unsafe(&mut connection).await?;
    let mut migrator = Migrator::with_migrations(
        MIGRATIONS
            .iter()
            .map(|&(number, name, sql)| {
                let kind = MigrationType::Simple;
                let outside = sql.starts_with(OUTSIDE_A_TRANSACTION);
                Migration::new(number, name.into(), kind, sql.into_sql_str(), outside)
            })
            .collect(),
    );
    migrator.set_ignore_missing(true);
    migrator.run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    Ok(())
}

async fn warn_if_unsafe(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let fsync: String =
        sqlx::query_scalar("SELECT current_setting('fsync')").fetch_one(connection).await?;
    if fsync != "on" {
        tracing::warn!("the database runs with fsync = {fsync}: a power cut may lose commands");
    }
    Ok(())
}

fn wants_lock(error: &MigrateError) -> bool {
    let (MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _)) = error else {
        return false;
    };
    cause.as_database_error().and_then(|e| e.code()).as_deref() == Some(LOCK_NOT_AVAILABLE)
}
