//! The outbox on disk: SQLite with a write-ahead log and full synchronisation, so that a batch
//! outlives a power cut once it is applied.

use std::path::Path;

use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Row};
use wire_protocol::agent::FixReport;

use super::{Change, Outbox, OutboxContent, OutboxError, StoredAct};

const SCHEMA: &str = include_str!("schema.sql");
/// Length of an outbox's name; 16 random bytes as hexadecimal. The protocol allows 40 characters.
const ID_BYTES: usize = 16;

/// The outbox of a real terminal.
#[derive(Debug)]
pub struct SqliteOutbox {
    connection: SqliteConnection,
}

impl SqliteOutbox {
    /// Opens the file, or makes it with a new random name.
    ///
    /// # Errors
    /// When the file cannot be made, opened or is no outbox.
    pub async fn open(path: &Path) -> Result<Self, OutboxError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let open_error = |source| OutboxError::Open { path: path.display().to_string(), source };
        let mut connection = options.connect().await.map_err(open_error)?;
        sqlx::raw_sql(SCHEMA).execute(&mut connection).await.map_err(open_error)?;
        sqlx::query("INSERT OR IGNORE INTO outbox (one, id) VALUES (1, ?)")
            .bind(new_id())
            .execute(&mut connection)
            .await
            .map_err(open_error)?;
        Ok(Self { connection })
    }

    /// Closes the file in good order. Not needed for safety, only for a tidy folder.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn close(self) -> Result<(), OutboxError> {
        Ok(self.connection.close().await?)
    }
}

/// A name nobody else has.
fn new_id() -> String {
    rand::random::<[u8; ID_BYTES]>().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Outbox for SqliteOutbox {
    async fn load(&mut self) -> Result<OutboxContent, OutboxError> {
        let row = sqlx::query("SELECT id, last_act, last_fix, duty FROM outbox")
            .fetch_one(&mut self.connection)
            .await?;
        let mut content = OutboxContent::empty(row.try_get(0)?);
        content.last_act_number = unsigned(row.try_get(1)?);
        content.last_fix_number = unsigned(row.try_get(2)?);
        let duty: Option<String> = row.try_get(3)?;
        content.duty = duty.map(|json| serde_json::from_str(&json)).transpose()?;
        let route: Option<String> = sqlx::query_scalar("SELECT way FROM route")
            .fetch_optional(&mut self.connection)
            .await?;
        content.route = route.map(|json| serde_json::from_str(&json)).transpose()?;
        for row in sqlx::query("SELECT number, made_at, act FROM acts ORDER BY number")
            .fetch_all(&mut self.connection)
            .await?
        {
            content.acts.push(StoredAct {
                number: unsigned(row.try_get(0)?),
                made_at_ms: row.try_get(1)?,
                act: serde_json::from_str(&row.try_get::<String, _>(2)?)?,
            });
        }
        for row in sqlx::query("SELECT * FROM fixes ORDER BY number")
            .fetch_all(&mut self.connection)
            .await?
        {
            content.fixes.push(fix(&row)?);
        }
        Ok(content)
    }

    async fn apply(&mut self, changes: &[Change]) -> Result<(), OutboxError> {
        let mut tx = self.connection.begin().await?;
        for change in changes {
            apply_one(&mut tx, change).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn apply_one(tx: &mut SqliteConnection, change: &Change) -> Result<(), OutboxError> {
    match change {
        Change::AddAct(act) => {
            sqlx::query("INSERT INTO acts (number, made_at, act) VALUES (?, ?, ?)")
                .bind(signed(act.number))
                .bind(act.made_at_ms)
                .bind(serde_json::to_string(&act.act)?)
                .execute(&mut *tx)
                .await?;
            sqlx::query("UPDATE outbox SET last_act = max(last_act, ?)")
                .bind(signed(act.number))
                .execute(tx)
                .await?;
        }
        Change::AddFix(fix) => {
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
            sqlx::query("UPDATE outbox SET last_fix = max(last_fix, ?)")
                .bind(signed(fix.number))
                .execute(tx)
                .await?;
        }
        Change::ForgetActs { through } => {
            sqlx::query("DELETE FROM acts WHERE number <= ?")
                .bind(signed(*through))
                .execute(tx)
                .await?;
        }
        Change::ForgetFixes(ranges) => {
            for [first, last] in ranges {
                sqlx::query("DELETE FROM fixes WHERE number BETWEEN ? AND ?")
                    .bind(signed(*first))
                    .bind(signed(*last))
                    .execute(&mut *tx)
                    .await?;
            }
        }
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

/// SQLite's integers are signed; numbers count from 1 and never reach the sign.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
