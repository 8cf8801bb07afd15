//! Positions that came before a server told the time, on disk until they have their date.

use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::columns::{signed, unsigned};
use super::{OutboxError, PressStamp};
use crate::nmea::{DatedBy, Fix};

/// Positions kept: an hour, one every two seconds. Above it the oldest are given up.
pub const MOST_UNDATED: usize = 1_800;

/// A position whose date is not known yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UndatedFix {
    /// Counts them from 1 in the order in which they came. No server sees it.
    pub place: u64,
    /// The position as the receiver told it.
    pub fix: Fix,
    /// When it came, by the terminal's clock; milliseconds since 1970-01-01T00:00:00Z.
    pub made_at_ms: i64,
    /// When it came by the steady clock.
    pub stamp: PressStamp,
}

pub(super) async fn read(
    connection: &mut SqliteConnection,
) -> Result<Vec<UndatedFix>, OutboxError> {
    let rows =
        sqlx::query("SELECT * FROM undated ORDER BY place").fetch_all(&mut *connection).await?;
    rows.iter().map(undated).collect()
}

pub(super) async fn add(tx: &mut SqliteConnection, it: &UndatedFix) -> Result<(), OutboxError> {
    sqlx::query("INSERT INTO undated VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(signed(it.place))
        .bind(it.fix.fix_time_ms)
        .bind(number_of(it.fix.dated_by))
        .bind(it.fix.lon)
        .bind(it.fix.lat)
        .bind(it.fix.speed_mps)
        .bind(it.fix.heading_deg)
        .bind(it.fix.satellites)
        .bind(it.fix.hdop)
        .bind(it.made_at_ms)
        .bind(serde_json::to_string(&it.stamp)?)
        .execute(tx)
        .await?;
    Ok(())
}

pub(super) async fn forget(tx: &mut SqliteConnection, through: u64) -> Result<(), OutboxError> {
    sqlx::query("DELETE FROM undated WHERE place <= ?").bind(signed(through)).execute(tx).await?;
    Ok(())
}

fn undated(row: &SqliteRow) -> Result<UndatedFix, OutboxError> {
    let stamp: String = row.try_get("stamp")?;
    Ok(UndatedFix {
        place: unsigned(row.try_get("place")?),
        fix: Fix {
            fix_time_ms: row.try_get("fix_time")?,
            dated_by: dated_by(row.try_get("dated_by")?),
            lat: row.try_get("lat")?,
            lon: row.try_get("lon")?,
            speed_mps: row.try_get("speed_mps")?,
            heading_deg: row.try_get("heading_deg")?,
            satellites: row.try_get("satellites")?,
            hdop: row.try_get("hdop")?,
        },
        made_at_ms: row.try_get("made_at")?,
        stamp: serde_json::from_str(&stamp)?,
    })
}

fn number_of(dated_by: DatedBy) -> i64 {
    match dated_by {
        DatedBy::Receiver => 0,
        DatedBy::Clock => 1,
        DatedBy::Nobody => 2,
    }
}

/// A number that is none of ours says nothing of a date.
fn dated_by(number: i64) -> DatedBy {
    match number {
        0 => DatedBy::Receiver,
        1 => DatedBy::Clock,
        _ => DatedBy::Nobody,
    }
}
