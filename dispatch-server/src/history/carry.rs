//! Carrying the positions of an embedded installation over to PostgreSQL.

use super::contract::FixWriter;
use super::error::HistoryError;
use super::file::open_file;
use super::postgres::PostgresFixes;
use super::query::fix;
use super::row::StoredFix;
use dispatch_desk::database::OpenError;
use dispatch_desk::database::PostgresError;
use sqlx::Row;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteRow;
use std::path::Path;

/// Fixes carried at once.
const FIXES_PER_STEP: i64 = 5_000;

/// The fixes that follow one, and those of an earlier release.
const FIXES: &str = "SELECT outbox.name, outbox.vehicle, fix.* FROM fix
    JOIN outbox ON outbox.id = fix.outbox WHERE (fix.outbox, fix.fix_time, fix.number) > (?, ?, ?)
    ORDER BY fix.outbox, fix.fix_time, fix.number LIMIT ?";
const FIXES_BEFORE: &str = "SELECT outbox.name, outbox.vehicle, fix.* FROM fix_before AS fix
    JOIN outbox ON outbox.id = fix.outbox WHERE (fix.outbox, fix.fix_time, fix.number) > (?, ?, ?)
    ORDER BY fix.outbox, fix.fix_time, fix.number LIMIT ?";

/// Why positions could not be carried over.
#[derive(Debug, thiserror::Error)]
pub enum CarryError {
    /// The file could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database could not be opened.
    #[error(transparent)]
    Reach(#[from] PostgresError),
    /// One of the two failed on the way.
    #[error(transparent)]
    Failed(#[from] HistoryError),
}

/// Copies every fix of the file into the database; those there already stay as they are, so it may be
/// done again. Gives the number read; `progress` is told it from time to time.
///
/// # Errors
/// When file or database fail; what was copied until then stays.
pub async fn carry_fixes(
    file: &Path,
    database: PgConnectOptions,
    keep_days: u32,
    mut progress: impl FnMut(u64),
) -> Result<u64, CarryError> {
    let file = open_file(file).await?;
    let (_, mut writer) = PostgresFixes::open(database, keep_days).await?;
    let mut carried = 0;
    for statement in [FIXES, FIXES_BEFORE] {
        let mut after = (0_i64, 0_i64, 0_i64);
        loop {
            let mut reading = file.reading().await.map_err(HistoryError::from)?;
            let rows = sqlx::query(statement)
                .bind(after.0)
                .bind(after.1)
                .bind(after.2)
                .bind(FIXES_PER_STEP)
                .fetch_all(reading.connection())
                .await;
            let rows = reading.end(rows).map_err(HistoryError::from)?;
            let Some(last) = rows.last() else { break };
            let fixes: Result<Vec<StoredFix>, sqlx::Error> =
                rows.iter().map(of_a_vehicle).collect();
            writer.write(&fixes.map_err(HistoryError::from)?).await?;
            let column = |name| last.try_get::<i64, _>(name).map_err(HistoryError::from);
            after = (column("outbox")?, column("fix_time")?, column("number")?);
            carried += rows.len() as u64;
            progress(carried);
        }
    }
    Ok(carried)
}

fn of_a_vehicle(row: &SqliteRow) -> Result<StoredFix, sqlx::Error> {
    let vehicle: &str = row.try_get("vehicle")?;
    fix(&vehicle.into(), row)
}
