//! The group commit: events of several centres in one transaction, as few statements as possible.

use super::super::contract::{Append, AppendError, JournalFailure};
use super::super::stored::Hash;
use super::super::stored::StoredEvent;
use super::rows::head_of;
use crate::sqlite::{SqliteFile, Turn};
use dispatch_core::model::CentreId;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;

/// SQLite's code for a trigger that refused.
const RAISED: &str = "1811";

/// Rows in one statement. Nine values a row stay far below SQLite's 32 766.
const ROWS_PER_STATEMENT: usize = 512;

/// An event and the hash that it follows.
pub(super) type Row<'a> = (&'a CentreId, &'a Hash, &'a StoredEvent);

pub(super) async fn append(file: &SqliteFile, appends: &[Append<'_>]) -> Result<(), AppendError> {
    let rows: Vec<Row<'_>> = appends.iter().flat_map(rows_of).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let mut turn = file.turn().await.map_err(JournalFailure::from)?;
    let Err(error) = write(&mut turn, &rows).await else {
        turn.done();
        return Ok(());
    };
    // Every error but a broken rule of the table is one of the store.
    let broke_a_rule = error
        .as_database_error()
        .is_some_and(|e| e.is_unique_violation() || e.code().as_deref() == Some(RAISED));
    if broke_a_rule && let Some(conflict) = find_conflict(turn.connection(), appends).await? {
        turn.roll_back().await.map_err(JournalFailure::from)?;
        turn.done();
        return Err(conflict);
    }
    Err(JournalFailure::from(error).into())
}

pub(super) fn rows_of<'a>(append: &'a Append<'a>) -> impl Iterator<Item = Row<'a>> {
    let hashes = append.events.iter().map(|event| &event.hash);
    let followed = std::iter::once(&append.after.hash).chain(hashes);
    append.events.iter().zip(followed).map(|(event, followed)| (append.centre, followed, event))
}

/// A single statement is a transaction of its own, so the usual batch costs one trip to the
/// connection's thread.
async fn write(turn: &mut Turn<'_>, rows: &[Row<'_>]) -> Result<(), sqlx::Error> {
    if rows.len() > ROWS_PER_STATEMENT {
        turn.begin().await?;
    }
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        insert(turn.connection(), chunk).await?;
    }
    turn.commit().await
}

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    rows: &[Row<'_>],
) -> Result<(), sqlx::Error> {
    let mut sql = String::with_capacity(120 + 20 * rows.len());
    sql.push_str(
        "INSERT INTO event
         (centre, version, recorded_at, made_at, kind, schema, body, hash, previous_hash) VALUES ",
    );
    for index in 0..rows.len() {
        sql.push_str(if index == 0 { "(?,?,?,?,?,?,?,?,?)" } else { ",(?,?,?,?,?,?,?,?,?)" });
    }
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (centre, followed, event) in rows {
        query = query
            .bind(centre.as_str())
            .bind(event.version as i64)
            .bind(event.recorded_at.0)
            .bind(event.made_at.0)
            .bind(event.kind.as_str())
            .bind(i64::from(event.schema))
            .bind(event.body.as_str())
            .bind(event.hash.as_slice())
            .bind(followed.as_slice());
    }
    query.execute(connection).await.map(|_| ())
}

async fn find_conflict(
    connection: &mut SqliteConnection,
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
