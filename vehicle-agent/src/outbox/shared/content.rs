//! A vehicle's outbox as its rows, and back.

use super::batch::Batch;
use super::columns::{Kind, What};
use super::positions;
use super::rows::{add, entries, forget, forget_fixes, raise_numbers, remember, remembered};
use crate::outbox::columns::{signed, unsigned};
use crate::outbox::{Change, OutboxContent, OutboxError, Renewal, StoredCommand, confirmed};
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

/// Begins a vehicle's outbox with this name if there is none.
pub(super) async fn begin(
    connection: &mut SqliteConnection,
    vehicle: &str,
    id: &str,
) -> Result<(), OutboxError> {
    sqlx::query("INSERT OR IGNORE INTO vehicles (vehicle, id) VALUES (?, ?)")
        .bind(vehicle)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// All that a vehicle's outbox holds, and how many batches were stored; `None` if it was never begun.
pub(super) async fn read(
    connection: &mut SqliteConnection,
    vehicle: &str,
) -> Result<Option<(OutboxContent, u64)>, OutboxError> {
    let sql = "SELECT id, last_command, last_fix, batch FROM vehicles WHERE vehicle = ?";
    let Some(row) = sqlx::query(sql).bind(vehicle).fetch_optional(&mut *connection).await? else {
        return Ok(None);
    };
    let content = OutboxContent {
        id: row.try_get(0)?,
        last_command_number: unsigned(row.try_get(1)?),
        last_fix_number: unsigned(row.try_get(2)?),
        commands: entries(connection, vehicle, Kind::Command).await?,
        fixes: entries(connection, vehicle, Kind::Fix).await?,
        undated: entries(connection, vehicle, Kind::Undated).await?,
        confirmed: remembered(connection, vehicle, What::Confirmed).await?.unwrap_or_default(),
        salvaged: remembered(connection, vehicle, What::Salvaged).await?.unwrap_or_default(),
        duty: remembered(connection, vehicle, What::Duty).await?,
        route: remembered(connection, vehicle, What::Route).await?,
        time: remembered(connection, vehicle, What::Time).await?,
        previous: remembered(connection, vehicle, What::Previous).await?,
        is_unsaved: false,
    };
    Ok(Some((content, unsigned(row.try_get(3)?))))
}

/// Applies batches inside a transaction, and counts them: one of whatever changes, or several of positions alone.
///
/// # Errors
/// When they cannot be written, or rows of another number of batches stand there: an older image of the file.
pub(super) async fn apply_all(
    tx: &mut SqliteConnection,
    batches: &[Batch],
) -> Result<(), OutboxError> {
    let mut counted = 0;
    if batches.iter().all(Batch::is_of_positions) {
        counted = positions::apply(tx, batches).await?;
    } else {
        for batch in batches {
            counted += apply(tx, &batch.vehicle, &batch.changes, batch.number).await?;
        }
    }
    if counted == batches.len() as u64 {
        return Ok(());
    }
    let why =
        "the outboxes' file does not hold what was stored before; the rows are read again first";
    Err(OutboxError::File(std::io::Error::other(why)))
}

/// Puts this content in the place of whatever a vehicle's outbox holds.
pub(super) async fn replace(
    tx: &mut SqliteConnection,
    vehicle: &str,
    content: &OutboxContent,
    batch: u64,
) -> Result<(), OutboxError> {
    for table in ["vehicles", "entries", "remembered"] {
        let sql = sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE vehicle = ?"));
        sqlx::query(sql).bind(vehicle).execute(&mut *tx).await?;
    }
    sqlx::query(
        "INSERT INTO vehicles (vehicle, id, last_command, last_fix, batch) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(vehicle)
    .bind(&content.id)
    .bind(signed(content.last_command_number))
    .bind(signed(content.last_fix_number))
    .bind(signed(batch))
    .execute(&mut *tx)
    .await?;
    for stored in &content.commands {
        add(tx, vehicle, Kind::Command, stored.number, stored).await?;
    }
    for fix in &content.fixes {
        add(tx, vehicle, Kind::Fix, fix.number, fix).await?;
    }
    for fix in &content.undated {
        add(tx, vehicle, Kind::Undated, fix.place, fix).await?;
    }
    remember(tx, vehicle, What::Confirmed, &content.confirmed).await?;
    remember(tx, vehicle, What::Salvaged, &content.salvaged).await?;
    if let Some(duty) = &content.duty {
        remember(tx, vehicle, What::Duty, duty).await?;
    }
    if let Some(route) = &content.route {
        remember(tx, vehicle, What::Route, route).await?;
    }
    if let Some(time) = &content.time {
        remember(tx, vehicle, What::Time, time).await?;
    }
    if let Some(previous) = &content.previous {
        remember(tx, vehicle, What::Previous, previous).await?;
    }
    Ok(())
}

/// Applies a batch, and gives how many were counted.
async fn apply(
    tx: &mut SqliteConnection,
    vehicle: &str,
    changes: &[Change],
    number: u64,
) -> Result<u64, OutboxError> {
    for change in changes {
        apply_one(tx, vehicle, change).await?;
    }
    let sql = "UPDATE vehicles SET batch = ? WHERE vehicle = ? AND batch + 1 = ?";
    let number = signed(number);
    let counted = sqlx::query(sql).bind(number).bind(vehicle).bind(number).execute(tx).await?;
    Ok(counted.rows_affected())
}

async fn apply_one(
    tx: &mut SqliteConnection,
    vehicle: &str,
    change: &Change,
) -> Result<(), OutboxError> {
    match change {
        Change::AddCommand(stored) => add_command(tx, vehicle, stored).await,
        Change::AddFix(fix) => {
            add(tx, vehicle, Kind::Fix, fix.number, fix).await?;
            raise_numbers(tx, vehicle, 0, fix.number).await
        }
        Change::ForgetCommands { through } => {
            forget(tx, vehicle, Kind::Command, [0, *through]).await
        }
        Change::KeepConfirmed(commands) => {
            let kept: Option<Vec<_>> = remembered(tx, vehicle, What::Confirmed).await?;
            let mut kept = kept.unwrap_or_default();
            confirmed::keep(&mut kept, commands);
            remember(tx, vehicle, What::Confirmed, &kept).await
        }
        Change::ForgetFixes(ranges) => {
            for range in ranges {
                forget_fixes(tx, vehicle, *range).await?;
            }
            Ok(())
        }
        Change::AddUndated(fix) => add(tx, vehicle, Kind::Undated, fix.place, fix).await,
        Change::ForgetUndated { through } => {
            forget(tx, vehicle, Kind::Undated, [0, *through]).await
        }
        Change::RememberDuty(duty) => remember(tx, vehicle, What::Duty, duty).await,
        Change::RememberRoute(route) => remember(tx, vehicle, What::Route, route).await,
        Change::RememberTime(time) => remember(tx, vehicle, What::Time, time).await,
        Change::RaiseNumbers { last_command, last_fix } => {
            raise_numbers(tx, vehicle, *last_command, *last_fix).await
        }
        Change::Renew(renewal) => renew(tx, vehicle, renewal).await,
    }
}

async fn add_command(
    tx: &mut SqliteConnection,
    vehicle: &str,
    stored: &StoredCommand,
) -> Result<(), OutboxError> {
    if stored.pressed_as.is_some() {
        let found: Option<Vec<StoredCommand>> = remembered(tx, vehicle, What::Salvaged).await?;
        let mut salvaged = found.unwrap_or_default();
        let before = salvaged.len();
        salvaged.retain(|other| other.pressed_as != stored.pressed_as);
        if salvaged.len() < before {
            remember(tx, vehicle, What::Salvaged, &salvaged).await?;
        }
    }
    add(tx, vehicle, Kind::Command, stored.number, stored).await?;
    raise_numbers(tx, vehicle, stored.number, 0).await
}

async fn renew(
    tx: &mut SqliteConnection,
    vehicle: &str,
    renewal: &Renewal,
) -> Result<(), OutboxError> {
    const ALL: [u64; 2] = [0, i64::MAX as u64];
    forget(tx, vehicle, Kind::Command, ALL).await?;
    forget(tx, vehicle, Kind::Fix, ALL).await?;
    // Of other numbers, which would never be passed.
    forget(tx, vehicle, Kind::Sent, ALL).await?;
    sqlx::query("UPDATE vehicles SET id = ?, last_command = ?, last_fix = ? WHERE vehicle = ?")
        .bind(&renewal.id)
        .bind(signed(renewal.last_command))
        .bind(signed(renewal.last_fix))
        .bind(vehicle)
        .execute(&mut *tx)
        .await?;
    remember(tx, vehicle, What::Previous, &renewal.previous).await?;
    let kept: Option<Vec<_>> = remembered(tx, vehicle, What::Confirmed).await?;
    let mut kept = kept.unwrap_or_default();
    confirmed::renumber(&mut kept, &renewal.commands);
    remember(tx, vehicle, What::Confirmed, &kept).await?;
    for stored in &renewal.commands {
        add_command(tx, vehicle, stored).await?;
    }
    for fix in &renewal.fixes {
        add(tx, vehicle, Kind::Fix, fix.number, fix).await?;
        raise_numbers(tx, vehicle, 0, fix.number).await?;
    }
    Ok(())
}
