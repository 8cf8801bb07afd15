//! Writing a batch of fixes with one statement.

use super::super::row::{StoredFix, quality_number, scaled};
use dispatch_core::model::{OutboxId, VehicleId};
use sqlx::Row;
use sqlx::postgres::PgConnection;
use std::collections::{BTreeSet, HashMap};

/// The numbers under which the database knows outboxes.
type OutboxNumbers = HashMap<(VehicleId, OutboxId), i32>;

/// The rule that a second outbox under a number breaks.
const NUMBER_TAKEN: &str = "outbox_pkey";

/// Has the next number follow the largest there is.
const RAISE_NUMBERS: &str =
    "SELECT setval(pg_get_serial_sequence('outbox', 'id'), (SELECT max(id) FROM outbox))";

/// Stores these fixes; those stored before stay as they are. The numbers of outboxes are asked for each time: after an
/// older copy was put in the database's place, one remembered would lead to another vehicle's track.
pub(super) async fn write(
    connection: &mut PgConnection,
    rows: &[StoredFix],
) -> Result<(), sqlx::Error> {
    let numbers = number_outboxes(connection, rows).await?;
    let mut numbered = Vec::with_capacity(rows.len());
    for row in rows {
        let number = numbers.get(&(row.vehicle.clone(), row.outbox.clone()));
        // Removed by hand in this very moment: all is brought again.
        numbered.push((*number.ok_or(sqlx::Error::RowNotFound)?, row));
    }
    // All servers write in the order of the key, so that no two wait for each other.
    numbered.sort_by_key(|(outbox, row)| (*outbox, row.fix_time, row.number));
    insert(connection, &numbered).await
}

/// The numbers of all outboxes of these fixes; gives one to those that are new.
async fn number_outboxes(
    connection: &mut PgConnection,
    rows: &[StoredFix],
) -> Result<OutboxNumbers, sqlx::Error> {
    let wanted: BTreeSet<(&VehicleId, &OutboxId)> =
        rows.iter().map(|row| (&row.vehicle, &row.outbox)).collect();
    let mut known = OutboxNumbers::new();
    look_up(connection, &wanted, &mut known).await?;
    let is_new = |it: &&(&VehicleId, &OutboxId)| !known.contains_key(&(it.0.clone(), it.1.clone()));
    let fresh: BTreeSet<(&VehicleId, &OutboxId)> = wanted.iter().filter(is_new).copied().collect();
    if fresh.is_empty() {
        return Ok(known);
    }
    match add(connection, &fresh).await {
        // A copy by another way than ours may hold the rows and count from the beginning.
        Err(error) if breaks(&error, NUMBER_TAKEN) => {
            sqlx::query(RAISE_NUMBERS).execute(&mut *connection).await?;
            add(connection, &fresh).await?;
        }
        added => added?,
    }
    look_up(connection, &fresh, &mut known).await?;
    Ok(known)
}

fn breaks(error: &sqlx::Error, rule: &str) -> bool {
    error.as_database_error().is_some_and(|it| it.constraint() == Some(rule))
}

async fn add(
    connection: &mut PgConnection,
    fresh: &BTreeSet<(&VehicleId, &OutboxId)>,
) -> Result<(), sqlx::Error> {
    let (vehicles, names) = columns(fresh);
    sqlx::query(
        "INSERT INTO outbox (vehicle, name) SELECT * FROM UNNEST($1::text[], $2::text[])
         ON CONFLICT (vehicle, name) DO NOTHING",
    )
    .bind(&vehicles)
    .bind(&names)
    .execute(connection)
    .await
    .map(|_| ())
}

async fn look_up(
    connection: &mut PgConnection,
    wanted: &BTreeSet<(&VehicleId, &OutboxId)>,
    known: &mut OutboxNumbers,
) -> Result<(), sqlx::Error> {
    let (vehicles, names) = columns(wanted);
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

fn columns<'a>(outboxes: &BTreeSet<(&'a VehicleId, &'a OutboxId)>) -> (Vec<&'a str>, Vec<&'a str>) {
    outboxes.iter().map(|(vehicle, name)| (vehicle.as_str(), name.as_str())).unzip()
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
