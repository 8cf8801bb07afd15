//! An outbox's content as rows of its database, and back.

use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use wire_protocol::agent::{FixReport, PressedAs};

use super::columns::{from_json, signed, unsigned};
use super::{Change, OutboxContent, OutboxError, Renewal, StoredCommand};
use super::{confirmed, undated};

/// Reads everything, and how many batches were stored.
pub(super) async fn read(
    connection: &mut SqliteConnection,
) -> Result<(OutboxContent, u64), OutboxError> {
    let row = sqlx::query("SELECT id, last_act, last_fix, duty, previous, batch, time FROM outbox")
        .fetch_one(&mut *connection)
        .await?;
    let mut content = OutboxContent::empty(row.try_get(0)?);
    content.last_command_number = unsigned(row.try_get(1)?);
    content.last_fix_number = unsigned(row.try_get(2)?);
    let (duty, previous): (Option<String>, Option<String>) = (row.try_get(3)?, row.try_get(4)?);
    content.duty = duty.map(|json| serde_json::from_str(&json)).transpose()?;
    content.previous = previous.map(|json| serde_json::from_str(&json)).transpose()?;
    let batch = unsigned(row.try_get(5)?);
    content.time = from_json(row.try_get(6)?)?;
    let route: Option<String> =
        sqlx::query_scalar("SELECT way FROM route").fetch_optional(&mut *connection).await?;
    content.route = route.map(|json| serde_json::from_str(&json)).transpose()?;
    let commands = "SELECT number, made_at, act, pressed_as, stamp FROM acts ORDER BY number";
    for row in sqlx::query(commands).fetch_all(&mut *connection).await? {
        content.commands.push(StoredCommand {
            number: unsigned(row.try_get(0)?),
            made_at_ms: row.try_get(1)?,
            command: serde_json::from_str(&row.try_get::<String, _>(2)?)?,
            pressed_as: from_json(row.try_get(3)?)?,
            stamp: from_json(row.try_get(4)?)?,
        });
    }
    let salvaged =
        "SELECT outbox, number, made_at, act, stamp FROM salvaged ORDER BY made_at, number, outbox";
    for row in sqlx::query(salvaged).fetch_all(&mut *connection).await? {
        let number = unsigned(row.try_get(1)?);
        content.salvaged.push(StoredCommand {
            number,
            made_at_ms: row.try_get(2)?,
            command: serde_json::from_str(&row.try_get::<String, _>(3)?)?,
            pressed_as: Some(PressedAs { outbox: row.try_get(0)?, number }),
            stamp: from_json(row.try_get(4)?)?,
        });
    }
    content.confirmed = confirmed::read(connection).await?;
    for row in
        sqlx::query("SELECT * FROM fixes ORDER BY number").fetch_all(&mut *connection).await?
    {
        content.fixes.push(fix(&row)?);
    }
    content.undated = undated::read(connection).await?;
    Ok((content, batch))
}

/// Writes a whole content into an empty database.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    content: &OutboxContent,
    batch: u64,
) -> Result<(), OutboxError> {
    sqlx::query("INSERT INTO outbox (one, id, last_act, last_fix, batch, previous) VALUES (1, ?, ?, ?, ?, ?)")
        .bind(&content.id)
        .bind(signed(content.last_command_number))
        .bind(signed(content.last_fix_number))
        .bind(signed(batch))
        .bind(content.previous.as_ref().map(serde_json::to_string).transpose()?)
        .execute(&mut *connection)
        .await?;
    for stored in &content.commands {
        apply(connection, &Change::AddCommand(stored.clone())).await?;
    }
    confirmed::write(connection, &content.confirmed).await?;
    for fix in &content.fixes {
        apply(connection, &Change::AddFix(fix.clone())).await?;
    }
    for fix in &content.undated {
        undated::add(connection, fix).await?;
    }
    for stored in &content.salvaged {
        salvaged(connection, stored).await?;
    }
    if let Some(duty) = &content.duty {
        apply(connection, &Change::RememberDuty(Box::new(duty.clone()))).await?;
    }
    if let Some(time) = &content.time {
        apply(connection, &Change::RememberTime(time.clone())).await?;
    }
    if let Some(route) = &content.route {
        apply(connection, &Change::RememberRoute(Box::new(route.clone()))).await?;
    }
    Ok(())
}

async fn salvaged(
    connection: &mut SqliteConnection,
    stored: &StoredCommand,
) -> Result<(), OutboxError> {
    let Some(pressed_as) = &stored.pressed_as else { return Ok(()) };
    sqlx::query("INSERT OR IGNORE INTO salvaged VALUES (?, ?, ?, ?, ?)")
        .bind(&pressed_as.outbox)
        .bind(signed(pressed_as.number))
        .bind(stored.made_at_ms)
        .bind(serde_json::to_string(&stored.command)?)
        .bind(stored.stamp.as_ref().map(serde_json::to_string).transpose()?)
        .execute(connection)
        .await?;
    Ok(())
}

/// Applies one change inside a transaction.
pub(super) async fn apply(tx: &mut SqliteConnection, change: &Change) -> Result<(), OutboxError> {
    match change {
        Change::AddCommand(stored) => add_command(tx, stored).await?,
        Change::AddFix(fix) => add_fix(tx, fix).await?,
        Change::ForgetCommands { through } => {
            sqlx::query("DELETE FROM acts WHERE number <= ?")
                .bind(signed(*through))
                .execute(tx)
                .await?;
        }
        Change::KeepConfirmed(commands) => confirmed::write(tx, commands).await?,
        Change::ForgetFixes(ranges) => {
            for [first, last] in ranges {
                sqlx::query("DELETE FROM fixes WHERE number BETWEEN ? AND ?")
                    .bind(signed(*first))
                    .bind(signed(*last))
                    .execute(&mut *tx)
                    .await?;
            }
        }
        Change::AddUndated(fix) => undated::add(tx, fix).await?,
        Change::ForgetUndated { through } => undated::forget(tx, *through).await?,
        Change::RememberDuty(duty) => {
            sqlx::query("UPDATE outbox SET duty = ?")
                .bind(serde_json::to_string(duty)?)
                .execute(tx)
                .await?;
        }
        Change::RememberRoute(route) => {
            sqlx::query("INSERT OR REPLACE INTO route (one, way) VALUES (1, ?)")
                .bind(serde_json::to_string(route)?)
                .execute(tx)
                .await?;
        }
        Change::RememberTime(time) => {
            sqlx::query("UPDATE outbox SET time = ?")
                .bind(serde_json::to_string(time)?)
                .execute(tx)
                .await?;
        }
        Change::RaiseNumbers { last_command, last_fix } => {
            raise_numbers(tx, *last_command, *last_fix).await?;
        }
        Change::Renew(renewal) => renew(tx, renewal).await?,
    }
    Ok(())
}

async fn add_command(tx: &mut SqliteConnection, stored: &StoredCommand) -> Result<(), OutboxError> {
    if let Some(pressed_as) = &stored.pressed_as {
        sqlx::query("DELETE FROM salvaged WHERE outbox = ? AND number = ?")
            .bind(&pressed_as.outbox)
            .bind(signed(pressed_as.number))
            .execute(&mut *tx)
            .await?;
    }
    sqlx::query(
        "INSERT INTO acts (number, made_at, act, pressed_as, stamp) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(signed(stored.number))
    .bind(stored.made_at_ms)
    .bind(serde_json::to_string(&stored.command)?)
    .bind(stored.pressed_as.as_ref().map(serde_json::to_string).transpose()?)
    .bind(stored.stamp.as_ref().map(serde_json::to_string).transpose()?)
    .execute(&mut *tx)
    .await?;
    raise_numbers(tx, stored.number, 0).await
}

async fn add_fix(tx: &mut SqliteConnection, fix: &FixReport) -> Result<(), OutboxError> {
    sqlx::query("INSERT INTO fixes VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(signed(fix.number))
        .bind(fix.fix_time)
        .bind(fix.lon)
        .bind(fix.lat)
        .bind(fix.speed_mps)
        .bind(fix.heading_deg)
        .bind(fix.satellites)
        .bind(fix.hdop)
        .execute(&mut *tx)
        .await?;
    raise_numbers(tx, 0, fix.number).await
}

async fn raise_numbers(
    tx: &mut SqliteConnection,
    last_command: u64,
    last_fix: u64,
) -> Result<(), OutboxError> {
    sqlx::query("UPDATE outbox SET last_act = max(last_act, ?), last_fix = max(last_fix, ?)")
        .bind(signed(last_command))
        .bind(signed(last_fix))
        .execute(tx)
        .await?;
    Ok(())
}

async fn renew(tx: &mut SqliteConnection, renewal: &Renewal) -> Result<(), OutboxError> {
    sqlx::raw_sql("DELETE FROM acts; DELETE FROM fixes;").execute(&mut *tx).await?;
    sqlx::query("UPDATE outbox SET id = ?, previous = ?, last_act = ?, last_fix = ?")
        .bind(&renewal.id)
        .bind(serde_json::to_string(&renewal.previous)?)
        .bind(signed(renewal.last_command))
        .bind(signed(renewal.last_fix))
        .execute(&mut *tx)
        .await?;
    confirmed::write_renumbered(tx, &renewal.commands).await?;
    for stored in &renewal.commands {
        add_command(tx, stored).await?;
    }
    for fix in &renewal.fixes {
        add_fix(tx, fix).await?;
    }
    Ok(())
}

fn fix(row: &SqliteRow) -> Result<FixReport, sqlx::Error> {
    Ok(FixReport {
        number: unsigned(row.try_get("number")?),
        fix_time: row.try_get("fix_time")?,
        lon: row.try_get("lon")?,
        lat: row.try_get("lat")?,
        speed_mps: row.try_get("speed_mps")?,
        heading_deg: row.try_get("heading_deg")?,
        satellites: row.try_get("satellites")?,
        hdop: row.try_get("hdop")?,
    })
}
