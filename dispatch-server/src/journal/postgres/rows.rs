//! Reading events and heads.

use super::super::chain::Hash;
use super::super::contract::{JournalFailure, ROWS_PER_READ, StoredEvent};
use super::wait::in_time;
use dispatch_core::model::{CentreId, Timestamp};
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{PgPool, Row};
use std::collections::BTreeMap;

pub(super) async fn read(
    readers: &PgPool,
    centre: &CentreId,
    after: u64,
    limit: u32,
) -> Result<Vec<StoredEvent>, JournalFailure> {
    let rows = in_time(
        sqlx::query(
            "SELECT version, recorded_at, made_at, kind, schema, body, hash FROM event
             WHERE centre = $1 AND version > $2 ORDER BY version LIMIT $3",
        )
        .bind(centre.as_str())
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::from(limit.min(ROWS_PER_READ)))
        .fetch_all(readers),
    )
    .await?;
    rows.iter().map(event).collect()
}

/// Jumps from centre to centre along the primary key, and to the last version of each: a dozen index
/// look-ups, however many events there are.
pub(super) async fn heads(readers: &PgPool) -> Result<BTreeMap<CentreId, u64>, JournalFailure> {
    let rows = in_time(
        sqlx::query(
            "WITH RECURSIVE known AS (
                 (SELECT centre FROM event ORDER BY centre LIMIT 1)
                 UNION ALL
                 SELECT (SELECT event.centre FROM event WHERE event.centre > known.centre
                         ORDER BY event.centre LIMIT 1)
                 FROM known WHERE known.centre IS NOT NULL
             )
             SELECT centre, (SELECT max(version) FROM event WHERE event.centre = known.centre)
             FROM known WHERE centre IS NOT NULL",
        )
        .fetch_all(readers),
    )
    .await?;
    rows.iter()
        .map(|row| {
            let centre: &str = row.try_get(0)?;
            Ok((CentreId::from(centre), row.try_get::<i64, _>(1)?.cast_unsigned()))
        })
        .collect()
}

pub(super) async fn head_of(
    connection: &mut PgConnection,
    centre: &CentreId,
) -> Result<u64, JournalFailure> {
    let head: Option<i64> = in_time(
        sqlx::query_scalar("SELECT max(version) FROM event WHERE centre = $1")
            .bind(centre.as_str())
            .fetch_one(connection),
    )
    .await?;
    Ok(head.unwrap_or(0).cast_unsigned())
}

fn event(row: &PgRow) -> Result<StoredEvent, JournalFailure> {
    let schema: i32 = row.try_get("schema")?;
    Ok(StoredEvent {
        version: row.try_get::<i64, _>("version")?.cast_unsigned(),
        recorded_at: Timestamp(row.try_get("recorded_at")?),
        made_at: Timestamp(row.try_get("made_at")?),
        kind: row.try_get("kind")?,
        // A number that fits no schema is one that nobody can read.
        schema: u16::try_from(schema).unwrap_or(u16::MAX),
        body: row.try_get("body")?,
        hash: hash(row, "hash")?,
    })
}

pub(super) fn hash(row: &PgRow, column: &str) -> Result<Hash, JournalFailure> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes.try_into().map_err(|_| JournalFailure("a stored hash is not 32 bytes long".to_owned()))
}
