//! Asking for the track of a vehicle.

use super::super::contract::MOST_FIXES;
use super::super::error::HistoryError;
use super::super::row::{LAST_TRUSTED, StoredFix, quality_of};
use dispatch_core::model::{OutboxId, Timestamp, VehicleId, Wgs84};
use dispatch_desk::database::in_time;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};

pub(super) async fn track(
    readers: &PgPool,
    vehicle: &VehicleId,
    from: Timestamp,
    to: Timestamp,
    limit: u32,
) -> Result<Vec<StoredFix>, HistoryError> {
    let rows = in_time(
        sqlx::query(
            "SELECT outbox.name, number, fix_time, received_at, ST_X(position) AS lon,
                 ST_Y(position) AS lat, speed_mmps, heading_cd, satellites, hdop_c, quality
             FROM fix JOIN outbox ON outbox.id = fix.outbox
             WHERE outbox.vehicle = $1 AND fix_time >= $2 AND fix_time < $3
             ORDER BY fix_time, fix.outbox, number LIMIT $4",
        )
        .bind(vehicle.as_str())
        .bind(from.0)
        .bind(to.0)
        .bind(i64::from(limit.min(MOST_FIXES)))
        .fetch_all(readers),
    )
    .await?;
    rows.iter().map(|row| Ok(fix(vehicle, row)?)).collect()
}

pub(super) async fn newest(
    readers: &PgPool,
    since: Timestamp,
) -> Result<Vec<StoredFix>, HistoryError> {
    let rows = in_time(
        sqlx::query(
            "SELECT outbox.vehicle, outbox.name, number, fix_time, received_at, ST_X(position) AS lon,
                 ST_Y(position) AS lat, speed_mmps, heading_cd, satellites, hdop_c, quality
             FROM outbox CROSS JOIN LATERAL (
                 SELECT * FROM fix WHERE fix.outbox = outbox.id AND fix_time >= $1 AND quality <= $2
                 ORDER BY fix_time DESC LIMIT 1) AS newest",
        )
        .bind(since.0)
        .bind(LAST_TRUSTED as i16)
        .fetch_all(readers),
    )
    .await?;
    let vehicle = |row: &PgRow| row.try_get::<&str, _>("vehicle").map(VehicleId::from);
    rows.iter().map(|row| Ok(fix(&vehicle(row)?, row)?)).collect()
}

fn fix(vehicle: &VehicleId, row: &PgRow) -> Result<StoredFix, sqlx::Error> {
    let outbox: &str = row.try_get("name")?;
    let optional = |column: &str, scale: f64| -> Result<Option<f32>, sqlx::Error> {
        let value: Option<i32> = row.try_get(column)?;
        Ok(value.map(|value| (f64::from(value) / scale) as f32))
    };
    let satellites: Option<i16> = row.try_get("satellites")?;
    let quality: i16 = row.try_get("quality")?;
    Ok(StoredFix {
        vehicle: vehicle.clone(),
        outbox: OutboxId::from(outbox),
        number: row.try_get::<i64, _>("number")?.cast_unsigned(),
        fix_time: Timestamp(row.try_get("fix_time")?),
        received_at: Timestamp(row.try_get("received_at")?),
        position: Wgs84 { lon: row.try_get("lon")?, lat: row.try_get("lat")? },
        speed_mps: optional("speed_mmps", 1e3)?,
        heading_deg: optional("heading_cd", 1e2)?,
        satellites: satellites.and_then(|number| u8::try_from(number).ok()),
        hdop: optional("hdop_c", 1e2)?,
        quality: quality_of(quality.into()),
    })
}
