//! Rows of one vehicle in the tables of many, written and read as JSON.

use super::columns::{Kind, What};
use crate::outbox::OutboxError;
use crate::outbox::columns::{from_json, signed};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

/// Fixes kept of those that the server has: a minute of the quickest terminals.
pub(super) const MOST_SENT: u64 = 64;

pub(super) async fn add<T: Serialize>(
    tx: &mut SqliteConnection,
    vehicle: &str,
    kind: Kind,
    number: u64,
    entry: &T,
) -> Result<(), OutboxError> {
    sqlx::query("INSERT INTO entries (vehicle, kind, number, entry) VALUES (?, ?, ?, ?)")
        .bind(vehicle)
        .bind(kind.number())
        .bind(signed(number))
        .bind(serde_json::to_string(entry)?)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn forget(
    tx: &mut SqliteConnection,
    vehicle: &str,
    kind: Kind,
    [first, last]: [u64; 2],
) -> Result<(), OutboxError> {
    sqlx::query("DELETE FROM entries WHERE vehicle = ? AND kind = ? AND number BETWEEN ? AND ?")
        .bind(vehicle)
        .bind(kind.number())
        .bind(signed(first))
        .bind(signed(last))
        .execute(tx)
        .await?;
    Ok(())
}

/// Fixes that the server has, or that were dropped: the newest are kept apart. Whoever measured one may not have heard that
/// it arrived, and brings it again after this program was killed.
pub(super) async fn forget_fixes(
    tx: &mut SqliteConnection,
    vehicle: &str,
    [first, last]: [u64; 2],
) -> Result<(), OutboxError> {
    let from = first.max(last.saturating_sub(MOST_SENT - 1));
    if first < from {
        forget(tx, vehicle, Kind::Fix, [first, from - 1]).await?;
    }
    sqlx::query(
        "UPDATE OR REPLACE entries SET kind = ? WHERE vehicle = ? AND kind = ? AND number BETWEEN ? AND ?",
    )
    .bind(Kind::Sent.number())
    .bind(vehicle)
    .bind(Kind::Fix.number())
    .bind(signed(from))
    .bind(signed(last))
    .execute(&mut *tx)
    .await?;
    forget(tx, vehicle, Kind::Sent, [0, last.saturating_sub(MOST_SENT)]).await
}

/// All of one kind in the order of their numbers.
pub(super) async fn entries<T: DeserializeOwned>(
    connection: &mut SqliteConnection,
    vehicle: &str,
    kind: Kind,
) -> Result<Vec<T>, OutboxError> {
    let sql = "SELECT entry FROM entries WHERE vehicle = ? AND kind = ? ORDER BY number";
    let rows =
        sqlx::query(sql).bind(vehicle).bind(kind.number()).fetch_all(&mut *connection).await?;
    rows.iter().map(|row| Ok(serde_json::from_str(&row.try_get::<String, _>(0)?)?)).collect()
}

pub(super) async fn remember<T: Serialize>(
    tx: &mut SqliteConnection,
    vehicle: &str,
    what: What,
    value: &T,
) -> Result<(), OutboxError> {
    sqlx::query("INSERT OR REPLACE INTO remembered (vehicle, what, value) VALUES (?, ?, ?)")
        .bind(vehicle)
        .bind(what.name())
        .bind(serde_json::to_string(value)?)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn remembered<T: DeserializeOwned>(
    connection: &mut SqliteConnection,
    vehicle: &str,
    what: What,
) -> Result<Option<T>, OutboxError> {
    let sql = "SELECT value FROM remembered WHERE vehicle = ? AND what = ?";
    let json = sqlx::query_scalar(sql).bind(vehicle).bind(what.name());
    from_json(json.fetch_optional(&mut *connection).await?)
}

/// Numbers are never given twice.
pub(super) async fn raise_numbers(
    tx: &mut SqliteConnection,
    vehicle: &str,
    last_command: u64,
    last_fix: u64,
) -> Result<(), OutboxError> {
    sqlx::query(
        "UPDATE vehicles SET last_command = max(last_command, ?), last_fix = max(last_fix, ?) WHERE vehicle = ?",
    )
    .bind(signed(last_command))
    .bind(signed(last_fix))
    .bind(vehicle)
    .execute(tx)
    .await?;
    Ok(())
}
