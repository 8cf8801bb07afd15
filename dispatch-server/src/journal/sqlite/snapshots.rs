//! Keeping and finding snapshots.

use super::super::contract::{JournalFailure, StoredSnapshot};
use super::super::snapshot::KEPT_SNAPSHOTS;
use super::rows::hash;
use super::writer::Writer;
use dispatch_core::model::CentreId;
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection, Row, SqlitePool};

pub(super) async fn save(
    writer: &Writer,
    centre: &CentreId,
    snapshot: &StoredSnapshot,
) -> Result<(), JournalFailure> {
    let mut turn = writer.turn().await?;
    let mut transaction = turn.connection().begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(
        "INSERT OR REPLACE INTO snapshot (centre, version, format, hash, body_hash, body)
         VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(centre.as_str())
    .bind(snapshot.version.cast_signed())
    .bind(i64::from(snapshot.format))
    .bind(snapshot.hash.as_slice())
    .bind(snapshot.body_hash.as_slice())
    .bind(snapshot.body.as_str())
    .execute(&mut *transaction)
    .await?;
    sqlx::query(
        "DELETE FROM snapshot WHERE centre = ?1 AND version NOT IN
         (SELECT version FROM snapshot WHERE centre = ?1 ORDER BY version DESC LIMIT ?2)",
    )
    .bind(centre.as_str())
    .bind(i64::from(KEPT_SNAPSHOTS))
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    turn.done();
    Ok(())
}

pub(super) async fn load(
    readers: &SqlitePool,
    centre: &CentreId,
) -> Result<Vec<StoredSnapshot>, JournalFailure> {
    let rows = sqlx::query(
        "SELECT version, format, hash, body_hash, body FROM snapshot
         WHERE centre = ? ORDER BY version DESC",
    )
    .bind(centre.as_str())
    .fetch_all(readers)
    .await?;
    rows.iter().map(stored).collect()
}

fn stored(row: &SqliteRow) -> Result<StoredSnapshot, JournalFailure> {
    let format: i64 = row.try_get("format")?;
    Ok(StoredSnapshot {
        version: row.try_get::<i64, _>("version")?.cast_unsigned(),
        // A number that fits no format is passed over like any other foreign one.
        format: u32::try_from(format).unwrap_or(u32::MAX),
        hash: hash(row, "hash")?,
        body_hash: hash(row, "body_hash")?,
        body: row.try_get("body")?,
    })
}
