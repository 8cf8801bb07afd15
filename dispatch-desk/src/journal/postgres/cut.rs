//! Taking events out, for the command that mends a damaged journal. The table's owner may do it, which a
//! server's own role should not be.

use super::super::contract::{Cut, JournalFailure};
use super::append::{Row, insert, rows_of};
use super::guards::unguarded;
use super::rows::head_of;
use super::writer::Writer;
use crate::database::in_time;

const LIFT: &str = "BEGIN; ALTER TABLE event DISABLE TRIGGER event_is_never_changed";
const LAY: &str = "ALTER TABLE event ENABLE TRIGGER event_is_never_changed";

pub(super) async fn cut(writer: &Writer, asked: &Cut<'_>) -> Result<(), JournalFailure> {
    let instead = &asked.instead;
    let (centre, after) = (instead.centre, instead.after.version);
    // Dropped before its end, the turn closes the connection, which undoes everything.
    let mut turn = writer.turn().await?;
    // Keeps every server from appending until the end.
    in_time(sqlx::raw_sql(LIFT).execute(turn.connection())).await?;
    asked.check_end(head_of(turn.connection(), centre).await?)?;
    let delete = sqlx::query("DELETE FROM event WHERE centre = $1 AND version > $2")
        .bind(centre.as_str())
        .bind(after.cast_signed());
    in_time(delete.execute(turn.connection())).await?;
    let forget = sqlx::query("DELETE FROM snapshot WHERE centre = $1").bind(centre.as_str());
    in_time(forget.execute(turn.connection())).await?;
    in_time(sqlx::raw_sql(LAY).execute(turn.connection())).await?;
    let rows: Vec<Row<'_>> = rows_of(instead).collect();
    if in_time(insert(turn.connection(), &rows)).await? < rows.len() as u64 {
        return Err(unguarded());
    }
    in_time(sqlx::raw_sql("COMMIT").execute(turn.connection())).await?;
    turn.done();
    Ok(())
}
