//! Taking events out, for the command that mends a damaged journal.

use super::super::contract::{Cut, JournalFailure};
use super::append::{insert, rows_of};
use super::rows::head_of;
use crate::sqlite::SqliteFile;
use sqlx::AssertSqlSafe;

/// The guard that is lifted for it, as the first migration laid it down.
const LIFT: &str = "DROP TRIGGER event_is_never_deleted";
const LAY: &str = "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END";

pub(super) async fn cut(file: &SqliteFile, asked: &Cut<'_>) -> Result<(), JournalFailure> {
    let instead = &asked.instead;
    let (centre, after) = (instead.centre, instead.after.version);
    let mut turn = file.turn().await?;
    turn.begin().await?;
    asked.check_end(head_of(turn.connection(), centre).await?)?;
    sqlx::raw_sql(LIFT).execute(turn.connection()).await?;
    sqlx::query("DELETE FROM event WHERE centre = ? AND version > ?")
        .bind(centre.as_str())
        .bind(after.cast_signed())
        .execute(turn.connection())
        .await?;
    for table in ["snapshot", "snapshot_piece"] {
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {table} WHERE centre = ?")))
            .bind(centre.as_str())
            .execute(turn.connection())
            .await?;
    }
    sqlx::raw_sql(LAY).execute(turn.connection()).await?;
    insert(turn.connection(), &rows_of(instead).collect::<Vec<_>>()).await?;
    turn.commit().await?;
    turn.done();
    Ok(())
}
