//! Taking events out, for the command that mends a damaged journal.

use super::super::contract::JournalFailure;
use crate::sqlite::SqliteFile;
use dispatch_core::model::CentreId;

/// The guard that is lifted for it, as the first migration laid it down.
const LIFT: &str = "DROP TRIGGER event_is_never_deleted";
const LAY: &str = "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END";

pub(super) async fn cut(
    file: &SqliteFile,
    centre: &CentreId,
    after: u64,
) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    turn.begin().await?;
    sqlx::raw_sql(LIFT).execute(turn.connection()).await?;
    sqlx::query("DELETE FROM event WHERE centre = ? AND version > ?")
        .bind(centre.as_str())
        .bind(after.cast_signed())
        .execute(turn.connection())
        .await?;
    sqlx::query("DELETE FROM snapshot WHERE centre = ?")
        .bind(centre.as_str())
        .execute(turn.connection())
        .await?;
    sqlx::raw_sql(LAY).execute(turn.connection()).await?;
    turn.commit().await?;
    turn.done();
    Ok(())
}
