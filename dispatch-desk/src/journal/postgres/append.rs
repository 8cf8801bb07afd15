//! The group commit: events of several centres in one statement, which is one transaction and one trip.
//!
//! A single statement also means that a server which freezes half-way never holds the others up: once
//! the database has the statement, it ends by itself.

use super::super::contract::{Append, AppendError, JournalFailure};
use super::super::stored::StoredEvent;
use super::guards::{guards, unguarded};
use super::rows::head_of;
use super::writer::{TURN_LOCK, Writer};
use crate::database::in_time;
use dispatch_core::model::CentreId;
use sqlx::postgres::PgConnection;

pub(super) type Row<'a> = (&'a CentreId, &'a StoredEvent);

pub(super) async fn append(writer: &Writer, appends: &[Append<'_>]) -> Result<(), AppendError> {
    let mut rows: Vec<Row<'_>> = appends.iter().flat_map(rows_of).collect();
    if rows.is_empty() {
        return Ok(());
    }
    // All servers write in the same order, so that no two wait for each other.
    rows.sort_by_key(|(centre, event)| (*centre, event.version));
    let mut turn = writer.turn().await.map_err(JournalFailure::from)?;
    let error = match in_time(insert(turn.connection(), &rows)).await {
        Ok(stored) if stored == rows.len() as u64 => {
            turn.commit().await.map_err(JournalFailure::from)?;
            turn.done();
            return Ok(());
        }
        Ok(_) => {
            turn.roll_back().await.map_err(JournalFailure::from)?;
            turn.done();
            return Err(unguarded().into());
        }
        Err(error) => error,
    };
    turn.roll_back().await.map_err(JournalFailure::from)?;
    // Every error but a broken rule of the table is one of the store.
    let broke_a_rule = error
        .as_database_error()
        .is_some_and(|e| e.is_unique_violation() || e.is_check_violation());
    if broke_a_rule && let Some(conflict) = find_conflict(turn.connection(), appends).await? {
        turn.done();
        return Err(conflict);
    }
    Err(JournalFailure::from(error).into())
}

pub(super) fn rows_of<'a>(append: &'a Append<'a>) -> impl Iterator<Item = Row<'a>> {
    append.events.iter().map(|event| (append.centre, event))
}

/// Stores events, all or none, and gives their number: 0 where nothing guards the table.
pub(super) async fn insert(
    connection: &mut PgConnection,
    rows: &[Row<'_>],
) -> Result<u64, sqlx::Error> {
    let column = |value: fn(&StoredEvent) -> i64| -> Vec<i64> {
        rows.iter().map(|(_, event)| value(event)).collect()
    };
    let centres: Vec<&str> = rows.iter().map(|(centre, _)| centre.as_str()).collect();
    let kinds: Vec<&str> = rows.iter().map(|(_, event)| event.kind.as_str()).collect();
    let schemas: Vec<i32> = rows.iter().map(|(_, event)| i32::from(event.schema)).collect();
    let bodies: Vec<&str> = rows.iter().map(|(_, event)| event.body.as_str()).collect();
    let hashes: Vec<&[u8]> = rows.iter().map(|(_, event)| event.hash.as_slice()).collect();
    sqlx::query(concat!(
        "WITH nobodys_turn AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared($9) WHERE ",
        guards!(),
        ") INSERT INTO event (centre, version, recorded_at, made_at, kind, schema, body, hash)
         SELECT batch.* FROM nobodys_turn, UNNEST($1::text[], $2::bigint[], $3::bigint[], $4::bigint[],
             $5::text[], $6::integer[], $7::text[], $8::bytea[]) AS batch",
    ))
    .bind(centres)
    .bind(column(|event| event.version.cast_signed()))
    .bind(column(|event| event.recorded_at.0))
    .bind(column(|event| event.made_at.0))
    .bind(kinds)
    .bind(schemas)
    .bind(bodies)
    .bind(hashes)
    .bind(TURN_LOCK)
    .execute(connection)
    .await
    .map(|done| done.rows_affected())
}

async fn find_conflict(
    connection: &mut PgConnection,
    appends: &[Append<'_>],
) -> Result<Option<AppendError>, JournalFailure> {
    for append in appends {
        let conflict = append.conflict_with(head_of(&mut *connection, append.centre).await?);
        if conflict.is_some() {
            return Ok(conflict);
        }
    }
    Ok(None)
}
