//! Writing a batch of fixes with one statement.

use super::super::row::{StoredFix, quality_number, scaled};
use dispatch_core::model::{OutboxId, VehicleId};
use sqlx::Row;
use sqlx::postgres::PgConnection;
use std::collections::{BTreeSet, HashMap};

/// Outboxes whose numbers are remembered; past it they are looked up again. A province has some ten
/// thousand terminals at most.
const REMEMBERED_OUTBOXES: usize = 50_000;

/// The numbers under which the database knows outboxes.
pub(super) type OutboxNumbers = HashMap<(VehicleId, OutboxId), i32>;

/// Stores these fixes; those stored before stay as they are.
pub(super) async fn write(
    connection: &mut PgConnection,
    known: &mut OutboxNumbers,
    rows: &[StoredFix],
) -> Result<(), sqlx::Error> {
    if known.len() > REMEMBERED_OUTBOXES {
        known.clear();
    }
    number_outboxes(connection, known, rows).await?;
    let mut numbered: Vec<(i32, &StoredFix)> = rows
        .iter()
        .filter_map(|row| Some((*known.get(&(row.vehicle.clone(), row.outbox.clone()))?, row)))
        .collect();
    assert_eq!(numbered.len(), rows.len(), "every outbox has a number by now");
    // All servers write in the order of the key, so that no two wait for each other.
    numbered.sort_by_key(|(outbox, row)| (*outbox, row.fix_time, row.number));
    insert(connection, &numbered).await
}

/// Learns the numbers of the outboxes that are new to us, and gives one to those new to all.
async fn number_outboxes(
    connection: &mut PgConnection,
    known: &mut OutboxNumbers,
    rows: &[StoredFix],
) -> Result<(), sqlx::Error> {
    let fresh: BTreeSet<(&VehicleId, &OutboxId)> = rows
        .iter()
        .filter(|row| !known.contains_key(&(row.vehicle.clone(), row.outbox.clone())))
        .map(|row| (&row.vehicle, &row.outbox))
        .collect();
    if fresh.is_empty() {
        return Ok(());
    }
    let vehicles: Vec<&str> = fresh.iter().map(|(vehicle, _)| vehicle.as_str()).collect();
    let names: Vec<&str> = fresh.iter().map(|(_, name)| name.as_str()).collect();
    sqlx::query(
        "INSERT INTO outbox (vehicle, name) SELECT * FROM UNNEST($1::text[], $2::text[])
         ON CONFLICT DO NOTHING",
    )
    .bind(&vehicles)
    .bind(&names)
    .execute(&mut *connection)
    .await?;
    let found = sqlx::query(
        "SELECT id, vehicle, name FROM outbox JOIN UNNEST($1::text[], $2::text[]) AS asked (v, n)
         ON vehicle = v AND name = n",
    )
    .bind(&vehicles)
    .bind(&names)
    .fetch_all(connection)
    .await?;
    for row in found {
        let (vehicle, name): (&str, &str) = (row.try_get("vehicle")?, row.try_get("name")?);
        known.insert((vehicle.into(), name.into()), row.try_get("id")?);
    }
    Ok(())
}

async fn insert(
    connection: &mut PgConnection,
    rows: &[(i32, &StoredFix)],
) -> Result<(), sqlx::Error> {
    fn column<T>(rows: &[(i32, &StoredFix)], value: impl Fn(&StoredFix) -> T) -> Vec<T> {
        rows.iter().map(|(_, row)| value(row)).collect()
    }
    sqlx::query(
        "INSERT INTO fix (outbox, number, fix_time, received_at, position, speed_mmps, heading_cd,
             satellites, hdop_c, quality)
         SELECT o, n, f, r, ST_SetSRID(ST_MakePoint(lon, lat), 4326), speed, heading, satellites, hdop, q
         FROM UNNEST($1::integer[], $2::bigint[], $3::bigint[], $4::bigint[], $5::float8[], $6::float8[],
             $7::integer[], $8::integer[], $9::smallint[], $10::integer[], $11::smallint[])
             AS batch (o, n, f, r, lon, lat, speed, heading, satellites, hdop, q)
         ON CONFLICT DO NOTHING",
    )
    .bind(rows.iter().map(|(outbox, _)| *outbox).collect::<Vec<_>>())
    .bind(column(rows, |row| row.number.cast_signed()))
    .bind(column(rows, |row| row.fix_time.0))
    .bind(column(rows, |row| row.received_at.0))
    .bind(column(rows, |row| rounded(row.position.lon)))
    .bind(column(rows, |row| rounded(row.position.lat)))
    .bind(column(rows, |row| row.speed_mps.map(|speed| small(speed.into(), 1e3))))
    .bind(column(rows, |row| row.heading_deg.map(|heading| small(heading.into(), 1e2))))
    .bind(column(rows, |row| row.satellites.map(i16::from)))
    .bind(column(rows, |row| row.hdop.map(|hdop| small(hdop.into(), 1e2))))
    .bind(column(rows, |row| i16::try_from(quality_number(row.quality)).unwrap_or(i16::MAX)))
    .execute(connection)
    .await
    .map(|_| ())
}

/// Degrees to seven places, as every store of ours keeps them.
fn rounded(degrees: f64) -> f64 {
    scaled(degrees, 1e7) as f64 / 1e7
}

/// A scaled number that fits the column; an absurd one becomes the largest or smallest that does.
fn small(value: f64, scale: f64) -> i32 {
    let value = scaled(value, scale).clamp(i32::MIN.into(), i32::MAX.into());
    i32::try_from(value).unwrap_or_default()
}
