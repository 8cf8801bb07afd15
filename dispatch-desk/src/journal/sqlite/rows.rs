//! Reading events and heads.

use super::super::chain::Head;
use super::super::columns::{self, EventColumns};
use super::super::contract::{Heads, JournalFailure, ROWS_PER_READ};
use super::super::stored::StoredEvent;
use crate::sqlite::SqliteFile;
use dispatch_core::model::{CentreId, IncidentId};
use sqlx::sqlite::SqliteConnection;

pub(super) async fn read(
    file: &SqliteFile,
    centre: &CentreId,
    after: u64,
    limit: u32,
) -> Result<Vec<StoredEvent>, JournalFailure> {
    let mut reading = file.reading().await?;
    let rows = sqlx::query_as::<_, EventColumns<i64>>(
        "SELECT version, recorded_at, made_at, kind, schema, body, hash FROM event
         WHERE centre = ? AND version > ? ORDER BY version LIMIT ?",
    )
    .bind(centre.as_str())
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(i64::from(limit.min(ROWS_PER_READ)))
    .fetch_all(reading.connection())
    .await;
    reading.end(rows)?.into_iter().map(columns::event).collect()
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
    let rows = sqlx::query_as::<_, EventColumns<i64>>(READ_INCIDENT)
        .bind(centre.as_str())
        .bind(incident.as_str())
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::from(limit.min(ROWS_PER_READ)))
        .fetch_all(reading.connection())
        .await;
    reading.end(rows)?.into_iter().map(columns::event).collect()
}

/// Jumps from centre to centre along the primary key, and to the last event of each: a dozen look-ups,
/// however many events there are.
pub(super) async fn heads(file: &SqliteFile) -> Result<Heads, JournalFailure> {
    let mut reading = file.reading().await?;
    let rows = sqlx::query_as(
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
    columns::heads(reading.end(rows)?)
}

pub(super) async fn head_of(
    connection: &mut SqliteConnection,
    centre: &CentreId,
) -> Result<Head, JournalFailure> {
    let last = sqlx::query_as(
        "SELECT version, hash FROM event WHERE centre = ? ORDER BY version DESC LIMIT 1",
    )
    .bind(centre.as_str())
    .fetch_optional(connection)
    .await?;
    last.map_or(Ok(Head::empty(centre)), columns::head)
}
