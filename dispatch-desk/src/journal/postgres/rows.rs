//! Reading events and heads.

use super::super::chain::Head;
use super::super::contract::{Heads, JournalFailure, ROWS_PER_READ};
use super::super::stored::Hash;
use super::super::stored::StoredEvent;
use crate::database::in_time;
use dispatch_core::model::{CentreId, Timestamp};
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{PgPool, Row};

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

/// Jumps from centre to centre along the primary key, and to the last event of each: a dozen index
/// look-ups, however many events there are.
pub(super) async fn heads(readers: &PgPool) -> Result<Heads, JournalFailure> {
    let rows = in_time(
        sqlx::query(
            "WITH RECURSIVE known AS (
                 (SELECT centre FROM event ORDER BY centre LIMIT 1)
                 UNION ALL
                 SELECT (SELECT event.centre FROM event WHERE event.centre > known.centre
                         ORDER BY event.centre LIMIT 1)
                 FROM known WHERE known.centre IS NOT NULL
             )
             SELECT known.centre, last.version, last.hash FROM known, LATERAL (
                 SELECT version, hash FROM event WHERE event.centre = known.centre
                 ORDER BY version DESC LIMIT 1
             ) AS last WHERE known.centre IS NOT NULL",
        )
        .fetch_all(readers),
    )
    .await?;
    rows.iter()
        .map(|row| {
            let centre: &str = row.try_get("centre")?;
            Ok((CentreId::from(centre), head(row)?))
        })
        .collect()
}

pub(super) async fn head_of(
    connection: &mut PgConnection,
    centre: &CentreId,
) -> Result<Head, JournalFailure> {
    let last = in_time(
        sqlx::query(
            "SELECT version, hash FROM event WHERE centre = $1 ORDER BY version DESC LIMIT 1",
        )
        .bind(centre.as_str())
        .fetch_optional(connection),
    )
    .await?;
    last.map_or(Ok(Head::empty(centre)), |row| head(&row))
}

fn head(row: &PgRow) -> Result<Head, JournalFailure> {
    let version = row.try_get::<i64, _>("version")?.cast_unsigned();
    Ok(Head { version, hash: hash(row, "hash")? })
}

pub(super) fn event(row: &PgRow) -> Result<StoredEvent, JournalFailure> {
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
