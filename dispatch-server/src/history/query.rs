//! Asking for the track of a vehicle.

use super::contract::MOST_FIXES;
use super::error::HistoryError;
use super::row::{LAST_TRUSTED, StoredFix, quality_of};
use super::store::Store;
use dispatch_core::model::{OutboxId, Timestamp, VehicleId, Wgs84};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

impl Store {
    pub(super) async fn track(
        &self,
        vehicle: &VehicleId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<StoredFix>, HistoryError> {
        let mut reading = self.file()?.reading().await?;
        let rows = sqlx::query(
            "SELECT outbox.name, fix.* FROM outbox JOIN fix ON fix.outbox = outbox.id
             WHERE outbox.vehicle = ?1 AND fix.fix_time >= ?2 AND fix.fix_time < ?3
             UNION ALL
             SELECT outbox.name, fix.* FROM outbox JOIN fix_before AS fix ON fix.outbox = outbox.id
             WHERE outbox.vehicle = ?1 AND fix.fix_time >= ?2 AND fix.fix_time < ?3
             ORDER BY fix_time, outbox, number LIMIT ?4",
        )
        .bind(vehicle.as_str())
        .bind(from.0)
        .bind(to.0)
        .bind(i64::from(limit.min(MOST_FIXES)))
        .fetch_all(reading.connection())
        .await;
        reading.end(rows)?.iter().map(|row| Ok(fix(vehicle, row)?)).collect()
    }

    pub(super) async fn newest(&self, since: Timestamp) -> Result<Vec<StoredFix>, HistoryError> {
        let mut reading = self.file()?.reading().await?;
        // What an earlier release stored counts where an outbox has had nothing believed since.
        let rows = sqlx::query(
            "WITH newest AS (SELECT outbox.id, (
                 SELECT fix_time FROM fix WHERE fix.outbox = outbox.id AND fix_time >= ?1 AND quality <= ?2
                 ORDER BY fix_time DESC LIMIT 1) AS now
             FROM outbox)
             SELECT outbox.vehicle, outbox.name, fix.* FROM outbox JOIN newest USING (id)
             JOIN fix ON fix.outbox = outbox.id AND fix.fix_time = newest.now
             UNION ALL
             SELECT outbox.vehicle, outbox.name, fix.* FROM outbox JOIN newest USING (id)
             JOIN fix_before AS fix ON fix.outbox = outbox.id AND newest.now IS NULL AND fix.fix_time = (
                 SELECT fix_time FROM fix_before AS known
                 WHERE known.outbox = outbox.id AND fix_time >= ?1 AND quality <= ?2
                 ORDER BY fix_time DESC LIMIT 1)",
        )
        .bind(since.0)
        .bind(LAST_TRUSTED)
        .fetch_all(reading.connection())
        .await;
        let rows = reading.end(rows)?;
        let vehicle = |row: &SqliteRow| row.try_get::<&str, _>("vehicle").map(VehicleId::from);
        rows.iter().map(|row| Ok(fix(&vehicle(row)?, row)?)).collect()
    }
}

pub(super) fn fix(vehicle: &VehicleId, row: &SqliteRow) -> Result<StoredFix, sqlx::Error> {
    let outbox: &str = row.try_get("name")?;
    let optional = |column: &str, scale: f64| -> Result<Option<f32>, sqlx::Error> {
        let value: Option<i64> = row.try_get(column)?;
        Ok(value.map(|value| (value as f64 / scale) as f32))
    };
    let degrees = |column: &str| -> Result<f64, sqlx::Error> {
        Ok(row.try_get::<i64, _>(column)? as f64 / 1e7)
    };
    Ok(StoredFix {
        vehicle: vehicle.clone(),
        outbox: OutboxId::from(outbox),
        number: row.try_get::<i64, _>("number")?.cast_unsigned(),
        fix_time: Timestamp(row.try_get("fix_time")?),
        received_at: Timestamp(row.try_get("received_at")?),
        position: Wgs84 { lon: degrees("lon_e7")?, lat: degrees("lat_e7")? },
        speed_mps: optional("speed_mmps", 1e3)?,
        heading_deg: optional("heading_cd", 1e2)?,
        satellites: row.try_get("satellites")?,
        hdop: optional("hdop_c", 1e2)?,
        quality: quality_of(row.try_get("quality")?),
    })
}
