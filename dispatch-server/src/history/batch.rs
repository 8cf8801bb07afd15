//! Writing a batch of fixes in one transaction.

use super::error::HistoryError;
use super::row::{StoredFix, quality_number, scaled};
use dispatch_core::model::{OutboxId, VehicleId};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;
use std::collections::HashMap;

/// Rows in one statement. One size for all full chunks keeps it prepared.
const ROWS_PER_STATEMENT: usize = 250;

/// Outboxes whose numbers are remembered; past it they are looked up again. A province has some ten
/// thousand terminals at most.
const REMEMBERED_OUTBOXES: usize = 50_000;

/// The numbers under which the file knows outboxes.
pub(super) type Numbers = HashMap<(VehicleId, OutboxId), i64>;

/// Those that are known to be in the file.
#[derive(Debug, Default)]
pub(super) struct OutboxNumbers(Numbers);

impl OutboxNumbers {
    /// Takes what a committed batch has added.
    pub(super) fn learn(&mut self, fresh: Numbers) {
        if self.0.len() > REMEMBERED_OUTBOXES {
            self.0.clear();
        }
        self.0.extend(fresh);
    }
}

/// Stores these fixes in the transaction that is open; those stored before, known by number and time, stay as they
/// are. Gives the numbers of outboxes met for the first time, which are true once the transaction is committed.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    known: &OutboxNumbers,
    rows: &[StoredFix],
) -> Result<Numbers, HistoryError> {
    let mut fresh = Numbers::new();
    let mut numbered = Vec::with_capacity(rows.len());
    for row in rows {
        let key = (row.vehicle.clone(), row.outbox.clone());
        let number = match known.0.get(&key).or_else(|| fresh.get(&key)) {
            Some(number) => *number,
            None => *fresh.entry(key).or_insert(outbox_number(&mut *connection, row).await?),
        };
        numbered.push((number, row));
    }
    for chunk in numbered.chunks(ROWS_PER_STATEMENT) {
        insert(&mut *connection, chunk).await?;
    }
    Ok(fresh)
}

async fn outbox_number(
    connection: &mut SqliteConnection,
    row: &StoredFix,
) -> Result<i64, sqlx::Error> {
    sqlx::query("INSERT OR IGNORE INTO outbox (vehicle, name) VALUES (?, ?)")
        .bind(row.vehicle.as_str())
        .bind(row.outbox.as_str())
        .execute(&mut *connection)
        .await?;
    sqlx::query_scalar("SELECT id FROM outbox WHERE vehicle = ? AND name = ?")
        .bind(row.vehicle.as_str())
        .bind(row.outbox.as_str())
        .fetch_one(connection)
        .await
}

async fn insert(
    connection: &mut SqliteConnection,
    rows: &[(i64, &StoredFix)],
) -> Result<(), sqlx::Error> {
    let mut sql = String::from(
        "INSERT OR IGNORE INTO fix (outbox, number, fix_time, received_at, lon_e7, lat_e7,
         speed_mmps, heading_cd, satellites, hdop_c, quality) SELECT * FROM (VALUES ",
    );
    for index in 0..rows.len() {
        sql.push_str(if index == 0 {
            "(?,?,?,?,?,?,?,?,?,?,?)"
        } else {
            ",(?,?,?,?,?,?,?,?,?,?,?)"
        });
    }
    sql.push_str(
        ") AS new WHERE NOT EXISTS (SELECT 1 FROM fix_before AS known WHERE known.outbox = new.column1
         AND known.number = new.column2 AND known.fix_time = new.column3)",
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (outbox, row) in rows {
        query = query
            .bind(outbox)
            .bind(row.number.cast_signed())
            .bind(row.fix_time.0)
            .bind(row.received_at.0)
            .bind(scaled(row.position.lon, 1e7))
            .bind(scaled(row.position.lat, 1e7))
            .bind(row.speed_mps.map(|speed| scaled(speed.into(), 1e3)))
            .bind(row.heading_deg.map(|heading| scaled(heading.into(), 1e2)))
            .bind(row.satellites.map(i64::from))
            .bind(row.hdop.map(|hdop| scaled(hdop.into(), 1e2)))
            .bind(quality_number(row.quality));
    }
    query.execute(connection).await.map(|_| ())
}
