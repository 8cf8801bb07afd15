//! Turns that last longer than one piece of work, and the trial whether anything can be written.

use super::super::contract::JournalFailure;
use crate::sqlite::SqliteFile;

/// Keeps all other writers out until the next append.
pub(super) async fn take(file: &SqliteFile) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    turn.begin().await?;
    turn.done();
    Ok(())
}

pub(super) async fn give_back(file: &SqliteFile) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    turn.roll_back().await?;
    turn.done();
    Ok(())
}

pub(super) async fn probe(file: &SqliteFile) -> Result<(), JournalFailure> {
    let mut turn = file.turn().await?;
    sqlx::query(
        "INSERT INTO probe (id, count) VALUES (1, 1)
         ON CONFLICT (id) DO UPDATE SET count = count + 1",
    )
    .execute(turn.connection())
    .await?;
    turn.done();
    Ok(())
}
