//! Commands that the server confirmed, kept for a while all the same: a server whose journal was set back asks for
//! what it no longer has. In memory and as rows alike, so that the two can be held against each other.

use sqlx::Row;
use sqlx::sqlite::SqliteConnection;
use wire_protocol::agent::PressedAs;

use super::columns::{from_json, signed, unsigned};
use super::{OutboxError, StoredCommand};

/// Confirmed commands kept: more than a busy crew presses in a shift. A centre remembers twice as many of each vehicle,
/// so what is sent again and was not lost is known there and not recorded twice.
pub const MOST_CONFIRMED: usize = 64;

/// Adds confirmed commands behind those kept; a command that is there already moves to the end, and the oldest make room.
pub(super) fn keep(kept: &mut Vec<StoredCommand>, confirmed: &[StoredCommand]) {
    for stored in confirmed {
        kept.retain(|other| other.pressed_as != stored.pressed_as);
        kept.push(stored.clone());
    }
    kept.drain(..kept.len().saturating_sub(MOST_CONFIRMED));
}

/// What is kept once these commands wait in a new outbox: they are confirmed no more, and no number means the others.
pub(super) fn renumber(kept: &mut Vec<StoredCommand>, waiting: &[StoredCommand]) {
    kept.retain(|stored| waiting.iter().all(|other| other.pressed_as != stored.pressed_as));
    kept.iter_mut().for_each(|stored| stored.number = 0);
}

/// Reads what is kept.
pub(super) async fn read(
    connection: &mut SqliteConnection,
) -> Result<Vec<StoredCommand>, OutboxError> {
    let sql =
        "SELECT outbox, first_number, number, made_at, act, stamp FROM confirmed ORDER BY place";
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let first = PressedAs { outbox: row.try_get(0)?, number: unsigned(row.try_get(1)?) };
            Ok(StoredCommand {
                number: unsigned(row.try_get(2)?),
                made_at_ms: row.try_get(3)?,
                command: serde_json::from_str(&row.try_get::<String, _>(4)?)?,
                pressed_as: Some(first),
                stamp: from_json(row.try_get(5)?)?,
            })
        })
        .collect()
}

/// As [`keep`].
pub(super) async fn write(
    tx: &mut SqliteConnection,
    confirmed: &[StoredCommand],
) -> Result<(), OutboxError> {
    let sql = "INSERT OR REPLACE INTO confirmed (outbox, first_number, number, made_at, act, stamp)
               VALUES (?, ?, ?, ?, ?, ?)";
    for stored in confirmed {
        let Some(first) = &stored.pressed_as else { continue };
        sqlx::query(sql)
            .bind(&first.outbox)
            .bind(signed(first.number))
            .bind(signed(stored.number))
            .bind(stored.made_at_ms)
            .bind(serde_json::to_string(&stored.command)?)
            .bind(stored.stamp.as_ref().map(serde_json::to_string).transpose()?)
            .execute(&mut *tx)
            .await?;
    }
    sqlx::query(
        "DELETE FROM confirmed WHERE place NOT IN
         (SELECT place FROM confirmed ORDER BY place DESC LIMIT ?)",
    )
    .bind(signed(MOST_CONFIRMED as u64))
    .execute(tx)
    .await?;
    Ok(())
}

/// As [`renumber`].
pub(super) async fn write_renumbered(
    tx: &mut SqliteConnection,
    waiting: &[StoredCommand],
) -> Result<(), OutboxError> {
    for first in waiting.iter().filter_map(|stored| stored.pressed_as.as_ref()) {
        sqlx::query("DELETE FROM confirmed WHERE outbox = ? AND first_number = ?")
            .bind(&first.outbox)
            .bind(signed(first.number))
            .execute(&mut *tx)
            .await?;
    }
    sqlx::query("UPDATE confirmed SET number = 0").execute(tx).await?;
    Ok(())
}
