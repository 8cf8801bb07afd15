//! Keeping and finding snapshots.

use super::super::contract::JournalFailure;
use super::super::snapshot::KEPT_SNAPSHOTS;
use super::super::stored::StoredSnapshot;
use super::rows::hash;
use crate::sqlite::SqliteFile;
use dispatch_core::model::CentreId;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

pub(super) async fn save(
    file: &SqliteFile,
    centre: &CentreId,
    snapshot: &StoredSnapshot,
) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    turn.begin().await?;
    sqlx::query(
        "INSERT OR REPLACE INTO snapshot (centre, version, format, hash, body_hash, body, seal)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(centre.as_str())
    .bind(snapshot.version.cast_signed())
    .bind(i64::from(snapshot.format))
    .bind(snapshot.hash.as_slice())
    .bind(snapshot.body_hash.as_slice())
    .bind(snapshot.body.as_str())
    .bind(snapshot.seal.as_ref().map(|seal| seal.as_slice()))
    .execute(turn.connection())
    .await?;
    sqlx::query(
        "DELETE FROM snapshot WHERE centre = ?1 AND version NOT IN
         (SELECT version FROM snapshot WHERE centre = ?1 ORDER BY version DESC LIMIT ?2)",
    )
    .bind(centre.as_str())
    .bind(i64::from(KEPT_SNAPSHOTS))
    .execute(turn.connection())
    .await?;
    turn.commit().await?;
    turn.done();
    Ok(())
}

pub(super) async fn discard(
    file: &SqliteFile,
    centre: &CentreId,
    version: u64,
) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    let discarded = sqlx::query("DELETE FROM snapshot WHERE centre = ? AND version = ?")
        .bind(centre.as_str())
        .bind(version.cast_signed())
        .execute(turn.connection())
        .await;
    turn.end(discarded).await?;
    Ok(())
}

pub(super) async fn load(
    file: &SqliteFile,
    centre: &CentreId,
) -> Result<Vec<StoredSnapshot>, JournalFailure> {
    let mut reading = file.reading().await?;
    let rows = sqlx::query(
        "SELECT version, format, hash, body_hash, body, seal FROM snapshot
         WHERE centre = ? ORDER BY version DESC",
    )
    .bind(centre.as_str())
    .fetch_all(reading.connection())
    .await;
    reading.end(rows)?.iter().map(stored).collect()
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
        // One of another length is none.
        seal: row.try_get::<Option<&[u8]>, _>("seal")?.and_then(|seal| seal.try_into().ok()),
    })
}
