//! Batches of positions alone, which nearly all are, written in few statements whatever their number: each statement goes
//! to SQLite's thread and back, which costs more than the row that it writes.

use super::batch::Batch;
use super::columns::Kind;
use super::rows::forget_fixes;
use crate::outbox::columns::signed;
use crate::outbox::{Change, OutboxError};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;

/// Rows in one statement, the most first. Few sizes, so that the connection keeps each of them prepared.
const ROWS: [usize; 3] = [64, 8, 1];

/// Applies batches of different vehicles inside a transaction. Gives how many of them were counted: a batch whose
/// rows hold another number of batches than it was made for is not.
pub(super) async fn apply(
    tx: &mut SqliteConnection,
    batches: &[Batch],
) -> Result<u64, OutboxError> {
    let mut added = Vec::new();
    for batch in batches {
        for change in &batch.changes {
            if let Change::AddFix(fix) = change {
                added.push((&*batch.vehicle, fix.number, serde_json::to_string(fix)?));
            }
        }
    }
    for rows in portions(&added) {
        add(tx, rows).await?;
    }
    let mut counted = 0;
    for batches in portions(batches) {
        counted += count(tx, batches).await?;
    }
    for batch in batches {
        for change in &batch.changes {
            let Change::ForgetFixes(ranges) = change else { continue };
            for range in ranges {
                forget_fixes(tx, &batch.vehicle, *range).await?;
            }
        }
    }
    Ok(counted)
}

async fn add(tx: &mut SqliteConnection, rows: &[(&str, u64, String)]) -> Result<(), OutboxError> {
    let values = values("(?, ?, ?, ?)", rows.len());
    let sql = format!("INSERT INTO entries (vehicle, kind, number, entry) VALUES {values}");
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (vehicle, number, entry) in rows {
        query = query.bind(*vehicle).bind(Kind::Fix.number()).bind(signed(*number)).bind(entry);
    }
    query.execute(tx).await?;
    Ok(())
}

/// Counts batches, and raises the numbers given to positions.
async fn count(tx: &mut SqliteConnection, batches: &[Batch]) -> Result<u64, OutboxError> {
    let values = values("(?, ?, ?)", batches.len());
    let sql = format!(
        "WITH stored (vehicle, batch, last_fix) AS (VALUES {values})
         UPDATE vehicles SET batch = stored.batch, last_fix = max(vehicles.last_fix, stored.last_fix)
         FROM stored WHERE vehicles.vehicle = stored.vehicle AND vehicles.batch + 1 = stored.batch"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for batch in batches {
        let last_fix = batch.changes.iter().filter_map(added).max().unwrap_or(0);
        query = query.bind(&*batch.vehicle).bind(signed(batch.number)).bind(signed(last_fix));
    }
    Ok(query.execute(tx).await?.rows_affected())
}

fn added(change: &Change) -> Option<u64> {
    if let Change::AddFix(fix) = change { Some(fix.number) } else { None }
}

fn values(row: &str, rows: usize) -> String {
    vec![row; rows].join(", ")
}

/// Cut into as few pieces as there can be of the sizes in [`ROWS`].
fn portions<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = ROWS.into_iter().find(|size| *size <= rows.len())?;
        let (portion, rest) = rows.split_at(size);
        rows = rest;
        Some(portion)
    })
}
