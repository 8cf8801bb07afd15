//! What can still be read of a damaged outbox: each command that has a whole row is saved, the rest is left
//! to whoever looks into the file that was set aside.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Row};
use wire_protocol::agent::{PressedAs, PreviousOutbox, RenewalReason};

use super::columns::unsigned;
use super::{OutboxContent, StoredCommand};

/// Commands read from a damaged file at most: as many as a whole one may hold.
const MOST_SALVAGED: i64 = 1_000;
/// The name of an outbox whose name cannot be read. A command from it is known again by what it says and
/// when it was made.
const UNREADABLE: &str = "unreadable";

/// A new outbox that goes on where the damaged file at this path ends.
pub(super) async fn salvage(path: &Path, id: String) -> OutboxContent {
    let mut content = OutboxContent::empty(id);
    let mut previous = PreviousOutbox {
        outbox: String::new(),
        commands_through: 0,
        last_command: 0,
        moved: 0,
        reason: RenewalReason::OutboxDamaged,
        confirmed: None,
    };
    if path.is_file()
        && let Ok(mut connection) =
            SqliteConnectOptions::new().filename(path).read_only(true).connect().await
    {
        read(&mut connection, &mut content, &mut previous).await;
        // Whatever closing says: nothing was written.
        connection.close().await.ok();
    }
    content.order_salvaged();
    previous.moved = content.salvaged.len() as u64;
    content.previous = Some(previous);
    content
}

async fn read(
    connection: &mut SqliteConnection,
    content: &mut OutboxContent,
    previous: &mut PreviousOutbox,
) {
    if let Ok(row) =
        sqlx::query("SELECT id, last_act, duty FROM outbox").fetch_one(&mut *connection).await
    {
        previous.outbox = row.try_get(0).unwrap_or_default();
        previous.last_command = unsigned(row.try_get(1).unwrap_or(0));
        previous.commands_through = previous.last_command;
        let duty: Option<String> = row.try_get(2).unwrap_or_default();
        content.duty = duty.and_then(|json| serde_json::from_str(&json).ok());
    }
    let outbox = match previous.outbox.as_str() {
        "" => UNREADABLE,
        name => name,
    }
    .to_owned();
    let mut after = 0;
    // One row at a time: a bad page ends the reading there, not before.
    for _ in 0..MOST_SALVAGED {
        let next = "SELECT * FROM acts WHERE number > ? ORDER BY number LIMIT 1";
        let Ok(Some(row)) = sqlx::query(next).bind(after).fetch_optional(&mut *connection).await
        else {
            break;
        };
        let Ok(number) = row.try_get::<i64, _>("number") else { break };
        after = number;
        previous.commands_through =
            previous.commands_through.min(unsigned(number).saturating_sub(1));
        let command = row.try_get::<String, _>("act").ok();
        let command = command.and_then(|json| serde_json::from_str(&json).ok());
        let (Some(command), Ok(made_at_ms)) = (command, row.try_get("made_at")) else { continue };
        let first = row.try_get::<Option<String>, _>("pressed_as").ok().flatten();
        let first = first.and_then(|json| serde_json::from_str(&json).ok());
        let number = unsigned(number);
        let pressed_as = first.unwrap_or_else(|| PressedAs { outbox: outbox.clone(), number });
        // A file of an earlier release has no such column.
        let stamp = row.try_get::<Option<String>, _>("stamp").ok().flatten();
        let stamp = stamp.and_then(|json| serde_json::from_str(&json).ok());
        let pressed_as = Some(pressed_as);
        content.salvaged.push(StoredCommand { number, made_at_ms, command, pressed_as, stamp });
    }
}
