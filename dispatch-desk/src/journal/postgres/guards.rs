//! Whether the table of events still decides who was first. While a dump is put back under running servers the table is
//! there without its primary key and without the trigger that holds every event to the one before: whoever wrote then
//! would write beside the journal, and whoever read would take a half-filled table for the whole.

use super::super::contract::JournalFailure;
use crate::database::in_time;
use sqlx::PgPool;

/// A condition that is true while both are in force. A later release keeps their kind and the trigger's name.
macro_rules! guards {
    () => {
        "EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('event') AND contype = 'p')
         AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('event')
             AND tgname = 'event_follows' AND tgenabled IN ('O', 'A'))"
    };
}
pub(super) use guards;

pub(super) async fn check(readers: &PgPool) -> Result<(), JournalFailure> {
    let guarded = sqlx::query_scalar(concat!("SELECT ", guards!()));
    let is_guarded: bool = in_time(guarded.fetch_one(readers)).await?;
    if is_guarded { Ok(()) } else { Err(unguarded()) }
}

pub(super) fn unguarded() -> JournalFailure {
    JournalFailure(
        "the table of events has no primary key or no guard: a dump is being put back, or somebody took them away"
            .to_owned(),
    )
}
