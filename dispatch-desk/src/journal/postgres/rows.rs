//! Reading events and heads.

use super::super::chain::Head;
use super::super::columns::{self, EventColumns};
use super::super::contract::{Heads, JournalFailure, ROWS_PER_READ};
use super::super::stored::StoredEvent;
use crate::database::in_time;
use dispatch_core::model::CentreId;
use sqlx::PgPool;
use sqlx::postgres::PgConnection;

pub(super) async fn read(
    readers: &PgPool,
    centre: &CentreId,
    after: u64,
    limit: u32,
) -> Result<Vec<StoredEvent>, JournalFailure> {
    let rows = in_time(
        sqlx::query_as::<_, EventColumns<i32>>(
            "SELECT version, recorded_at, made_at, kind, schema, body, hash FROM event
             WHERE centre = $1 AND version > $2 ORDER BY version LIMIT $3",
        )
        .bind(centre.as_str())
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(i64::from(limit.min(ROWS_PER_READ)))
        .fetch_all(readers),
    )
    .await?;
    rows.into_iter().map(columns::event).collect()
}

/// Jumps from centre to centre along the primary key, and to the last event of each: a dozen index
/// look-ups, however many events there are.
pub(super) async fn heads(readers: &PgPool) -> Result<Heads, JournalFailure> {
    let rows = in_time(
        sqlx::query_as(
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
    columns::heads(rows)
}

pub(super) async fn head_of(
    connection: &mut PgConnection,
    centre: &CentreId,
) -> Result<Head, JournalFailure> {
    let last = in_time(
        sqlx::query_as(
            "SELECT version, hash FROM event WHERE centre = $1 ORDER BY version DESC LIMIT 1",
        )
        .bind(centre.as_str())
        .fetch_optional(connection),
    )
    .await?;
    last.map_or(Ok(Head::empty(centre)), columns::head)
}
