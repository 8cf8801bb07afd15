//! What can still be read of one vehicle's rows in a damaged file: each command that has a whole row is saved.

use super::columns::{Kind, What};
use super::rows::remembered;
use crate::outbox::columns::{signed, unsigned};
use crate::outbox::{OutboxContent, StoredCommand};
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;
use wire_protocol::agent::{PressedAs, PreviousOutbox, RenewalReason};

/// Commands read of a vehicle at most: as many as a whole outbox may hold.
const MOST_SALVAGED: usize = 1_000;
/// Vehicles read of a damaged file at most: far more than a gateway has.
const MOST_VEHICLES: usize = 100_000;
/// The name of an outbox whose name cannot be read.
const UNREADABLE: &str = "unreadable";

/// The vehicles whose rows can be found.
pub(super) async fn vehicles(connection: &mut SqliteConnection) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // One row at a time: a bad page ends the reading there, not before.
    while found.len() < MOST_VEHICLES {
        let after = found.last().cloned().unwrap_or_default();
        let next = "SELECT vehicle FROM vehicles WHERE vehicle > ? ORDER BY vehicle LIMIT 1";
        match sqlx::query_scalar(next).bind(&after).fetch_optional(&mut *connection).await {
            Ok(Some(vehicle)) => found.push(vehicle),
            Ok(None) | Err(_) => break,
        }
    }
    found
}

/// A new outbox that goes on where the damaged rows of this vehicle end.
pub(super) async fn salvage(
    connection: &mut SqliteConnection,
    vehicle: &str,
    new_id: String,
) -> OutboxContent {
    let mut content = OutboxContent::empty(new_id);
    let sql = "SELECT id, last_command FROM vehicles WHERE vehicle = ?";
    let row = sqlx::query(sql).bind(vehicle).fetch_optional(&mut *connection).await;
    let row = row.ok().flatten();
    let id: String = row.as_ref().and_then(|row| row.try_get(0).ok()).unwrap_or_default();
    let last_command = unsigned(row.and_then(|row| row.try_get(1).ok()).unwrap_or(0));
    content.duty = remembered(connection, vehicle, What::Duty).await.ok().flatten();
    let earlier = remembered(connection, vehicle, What::Salvaged).await.ok().flatten();
    content.salvaged = earlier.unwrap_or_default();
    let outbox = if id.is_empty() { UNREADABLE.to_owned() } else { id.clone() };
    let (mut after, mut through) = (0, last_command);
    for _ in 0..MOST_SALVAGED {
        let Some((number, entry)) = next_command(connection, vehicle, after).await else { break };
        after = number;
        through = through.min(number.saturating_sub(1));
        let Ok(stored) = serde_json::from_str::<StoredCommand>(&entry) else { continue };
        let own = PressedAs { outbox: outbox.clone(), number };
        let pressed_as = Some(stored.pressed_as.unwrap_or(own));
        content.salvaged.push(StoredCommand { pressed_as, ..stored });
    }
    content.order_salvaged();
    content.previous = Some(PreviousOutbox {
        outbox: id,
        commands_through: through,
        last_command,
        moved: content.salvaged.len() as u64,
        reason: RenewalReason::OutboxDamaged,
        confirmed: None,
    });
    content
}

async fn next_command(
    connection: &mut SqliteConnection,
    vehicle: &str,
    after: u64,
) -> Option<(u64, String)> {
    let next = "SELECT number, entry FROM entries WHERE vehicle = ? AND kind = ? AND number > ?
                ORDER BY number LIMIT 1";
    let row = sqlx::query(next)
        .bind(vehicle)
        .bind(Kind::Command.number())
        .bind(signed(after))
        .fetch_optional(connection)
        .await
        .ok()??;
    Some((unsigned(row.try_get(0).ok()?), row.try_get(1).ok()?))
}
