//! Reading events and heads.

use super::super::chain::Head;
use super::super::contract::{Heads, JournalFailure, ROWS_PER_READ};
use super::super::stored::Hash;
use super::super::stored::StoredEvent;
use crate::sqlite::SqliteFile;
use dispatch_core::model::{CentreId, IncidentId, Timestamp};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

pub(super) async fn read(
    file: &SqliteFile,
    centre: &CentreId,
    after: u64,
    limit: u32,
) -> Result<Vec<StoredEvent>, JournalFailure> {
    let mut reading = file.reading().await?;
    let rows = sqlx::query(
        "SELECT version, recorded_at, made_at, kind, schema, body, hash FROM event
         WHERE centre = ? AND version > ? ORDER BY version LIMIT ?",
    )
    .bind(centre.as_str())
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(i64::from(limit.min(ROWS_PER_READ)))
    .fetch_all(reading.connection())
    .await;
    reading.end(rows)?.iter().map(event).collect()
}

/// What reads the events of an incident, by the index of `0008_event_incident.sql`: centre, incident, after and rows.
pub const READ_INCIDENT: &str =
    "SELECT version, recorded_at, made_at, kind, schema, body, hash FROM event
     INDEXED BY event_of_incident WHERE centre = ? AND CASE WHEN json_valid(body) THEN coalesce(
        json_extract(body, '$.event.incident'),
        substr(rtrim(json_extract(body, '$.event.task'), '0123456789'), 1,
            length(rtrim(json_extract(body, '$.event.task'), '0123456789')) - 2)
     ) END = ? AND version > ? ORDER BY version LIMIT ?";

pub(super) async fn read_incident(
    file: &SqliteFile,
    centre: &CentreId,
    incident: &IncidentId,
    after: u64,
    limit: u32,
) -> Result<Vec<StoredEvent>, JournalFailure> {
    let mut reading = file.reading().await?;
    let rows = sqlx::query(READ_INCIDENT)
        .bind(centre.as_str())
        .bind(incident.as_str())
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::from(limit.min(ROWS_PER_READ)))
        .fetch_all(reading.connection())
        .await;
    reading.end(rows)?.iter().map(event).collect()
}

/// Jumps from centre to centre along the primary key, and to the last event of each: a dozen look-ups,
/// however many events there are.
pub(super) async fn heads(file: &SqliteFile) -> Result<Heads, JournalFailure> {
    let mut reading = file.reading().await?;
    let rows = sqlx::query(
        "WITH RECURSIVE known (centre) AS (
             SELECT min(centre) FROM event
             UNION ALL
             SELECT (SELECT min(event.centre) FROM event WHERE event.centre > known.centre)
             FROM known WHERE known.centre IS NOT NULL
         )
         SELECT event.centre, event.version, event.hash FROM known, event
         WHERE event.centre = known.centre AND event.version =
             (SELECT max(version) FROM event WHERE event.centre = known.centre)",
    )
    .fetch_all(reading.connection())
    .await;
    reading
        .end(rows)?
        .iter()
        .map(|row| {
            let centre: &str = row.try_get("centre")?;
            Ok((CentreId::from(centre), head(row)?))
        })
        .collect()
}

pub(super) async fn head_of(
    connection: &mut SqliteConnection,
    centre: &CentreId,
) -> Result<Head, JournalFailure> {
    let last = sqlx::query(
        "SELECT version, hash FROM event WHERE centre = ? ORDER BY version DESC LIMIT 1",
    )
    .bind(centre.as_str())
    .fetch_optional(connection)
    .await?;
    last.map_or(Ok(Head::empty(centre)), |row| head(&row))
}

fn head(row: &SqliteRow) -> Result<Head, JournalFailure> {
    let version = row.try_get::<i64, _>("version")?.cast_unsigned();
    Ok(Head { version, hash: hash(row, "hash")? })
}

fn event(row: &SqliteRow) -> Result<StoredEvent, JournalFailure> {
    let schema: i64 = row.try_get("schema")?;
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

pub(super) fn hash(row: &SqliteRow, column: &str) -> Result<Hash, JournalFailure> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes.try_into().map_err(|_| JournalFailure("a stored hash is not 32 bytes long".to_owned()))
}
