//! Keeping and finding snapshots. They go over the readers' connections, so that a large one never
//! stands before a command.

use super::super::columns::hash;
use super::super::contract::JournalFailure;
use super::super::snapshot::KEPT_SNAPSHOTS;
use super::super::stored::StoredSnapshot;
use crate::database::in_time;
use dispatch_core::model::CentreId;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};

pub(super) async fn save(
    pool: &PgPool,
    centre: &CentreId,
    snapshot: &StoredSnapshot,
) -> Result<(), JournalFailure> {
    in_time(
        sqlx::query(
            "INSERT INTO snapshot (centre, version, format, hash, body_hash, body, seal)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (centre, version) DO UPDATE SET format = excluded.format,
                 hash = excluded.hash, body_hash = excluded.body_hash, body = excluded.body,
                 seal = excluded.seal",
        )
        .bind(centre.as_str())
        .bind(snapshot.version.cast_signed())
        .bind(i64::from(snapshot.format))
        .bind(snapshot.hash.as_slice())
        .bind(snapshot.body_hash.as_slice())
        .bind(snapshot.body.as_str())
        .bind(snapshot.seal.as_ref().map(|seal| seal.as_slice()))
        .execute(pool),
    )
    .await?;
    in_time(
        sqlx::query(
            "DELETE FROM snapshot WHERE centre = $1 AND version NOT IN
             (SELECT version FROM snapshot WHERE centre = $1 ORDER BY version DESC LIMIT $2)",
        )
        .bind(centre.as_str())
        .bind(i64::from(KEPT_SNAPSHOTS))
        .execute(pool),
    )
    .await?;
    Ok(())
}

pub(super) async fn discard(
    pool: &PgPool,
    centre: &CentreId,
    version: u64,
) -> Result<(), JournalFailure> {
    let discard = sqlx::query("DELETE FROM snapshot WHERE centre = $1 AND version = $2")
        .bind(centre.as_str())
        .bind(version.cast_signed());
    in_time(discard.execute(pool)).await?;
    Ok(())
}

pub(super) async fn load(
    readers: &PgPool,
    centre: &CentreId,
) -> Result<Vec<StoredSnapshot>, JournalFailure> {
    let rows = in_time(
        sqlx::query(
            "SELECT version, format, hash, body_hash, body, seal FROM snapshot
             WHERE centre = $1 ORDER BY version DESC",
        )
        .bind(centre.as_str())
        .fetch_all(readers),
    )
    .await?;
    rows.iter().map(stored).collect()
}

fn stored(row: &PgRow) -> Result<StoredSnapshot, JournalFailure> {
    let format: i64 = row.try_get("format")?;
    Ok(StoredSnapshot {
        version: row.try_get::<i64, _>("version")?.cast_unsigned(),
        // A number that fits no format is passed over like any other foreign one.
        format: u32::try_from(format).unwrap_or(u32::MAX),
        hash: hash(row.try_get("hash")?)?,
        body_hash: hash(row.try_get("body_hash")?)?,
        body: row.try_get("body")?,
        // One of another length is none.
        seal: row.try_get::<Option<&[u8]>, _>("seal")?.and_then(|seal| seal.try_into().ok()),
    })
}
