//! The file of many outboxes: opened for this program alone, set aside and begun anew when it cannot be used.

use super::{content, salvage};
use crate::outbox::sqlite::is_of_the_file;
use crate::outbox::{OutboxError, file};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteLockingMode};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::time::Duration;
use tracing::warn;

const SCHEMA: &str = include_str!("schema.sql");
/// The version of the tables; far from those of a single vehicle's outbox, which has other tables.
const VERSION: i64 = 1_001;
/// Longest wait for another program to let the file go: one that was killed lets go at once.
const BUSY_WAIT: Duration = Duration::from_secs(3);
/// SQLite's primary result codes for a file that another program has.
const TAKEN: [i32; 2] = [5, 6];

/// Opens the file, or makes it. Nobody else can read or write it from then on.
pub(super) async fn open(path: &Path) -> Result<SqliteConnection, OutboxError> {
    file::finish_replacing(path)?;
    open_at(path).await
}

async fn open_at(path: &Path) -> Result<SqliteConnection, OutboxError> {
    let open_error = |source| OutboxError::Open { path: path.display().to_string(), source };
    file::protect(path).map_err(|error| open_error(sqlx::Error::Io(error)))?;
    let options = file::durable(path).locking_mode(SqliteLockingMode::Exclusive);
    let mut connection = options.busy_timeout(BUSY_WAIT).connect().await.map_err(open_error)?;
    match prepare(&mut connection).await {
        Ok(()) => Ok(connection),
        Err(OutboxError::Database(source)) => Err(open_error(source)),
        Err(error) => Err(error),
    }
}

async fn prepare(connection: &mut SqliteConnection) -> Result<(), OutboxError> {
    // Takes the lock, whatever the file holds.
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *tx).await?;
    match version {
        0 => {
            sqlx::raw_sql(SCHEMA).execute(&mut *tx).await?;
            let version = format!("PRAGMA user_version = {VERSION}");
            sqlx::raw_sql(sqlx::AssertSqlSafe(version)).execute(&mut *tx).await?;
        }
        VERSION => {}
        other => return Err(OutboxError::Version(other)),
    }
    Ok(tx.commit().await?)
}

/// Begins a new file with what can be read of the one there, which is set aside.
pub(super) async fn begin_anew(path: &Path) -> Result<SqliteConnection, OutboxError> {
    file::until_let_go(path).await?;
    let fresh = file::beside(path, ".new");
    file::remove(&fresh)?;
    let mut connection = open_at(&fresh).await?;
    let vehicles = take_up(path, &mut connection).await?;
    connection.close().await?;
    file::until_let_go(path).await?;
    let aside = file::set_aside(path)?.unwrap_or_default();
    file::rename_all(&fresh, path)?;
    file::sync_folder(path)?;
    warn!(aside = %aside.display(), vehicles, "the outboxes' file was set aside and begun anew");
    open_at(path).await
}

/// Writes what can be read of a damaged file into a new one; gives how many vehicles it was of.
async fn take_up(path: &Path, into: &mut SqliteConnection) -> Result<usize, OutboxError> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    if !path.is_file() {
        return Ok(0);
    }
    let Ok(mut damaged) = options.busy_timeout(BUSY_WAIT).connect().await else { return Ok(0) };
    let vehicles = salvage::vehicles(&mut damaged).await;
    let mut tx = into.begin().await?;
    for vehicle in &vehicles {
        let new_id = crate::outbox::kept::new_id();
        let found = salvage::salvage(&mut damaged, vehicle, new_id).await;
        content::replace(&mut tx, vehicle, &found, 0).await?;
    }
    tx.commit().await?;
    damaged.close().await.ok();
    Ok(vehicles.len())
}

/// Whether the trouble lies in the file, so that a new one may do better.
pub(super) fn is_not_usable(path: &Path, error: &OutboxError) -> bool {
    if file::is_no_file(path) || file::is_denied(path) {
        return true;
    }
    match error {
        OutboxError::Open { source, .. } | OutboxError::Database(source) => is_of_the_file(source),
        OutboxError::Version(_) => true,
        // One vehicle's rows, not the file.
        OutboxError::Entry(_) | OutboxError::File(_) => false,
    }
}

/// Whether another program has the file.
pub(super) fn is_taken(error: &OutboxError) -> bool {
    let (OutboxError::Open { source, .. } | OutboxError::Database(source)) = error else {
        return false;
    };
    let code = source.as_database_error().and_then(|error| error.code());
    let code = code.and_then(|code| code.parse::<i32>().ok());
    code.is_some_and(|code| TAKEN.contains(&(code & 0xff)))
}
