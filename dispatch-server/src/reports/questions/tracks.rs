//! Where vehicles were: near a place, and in a box.

use super::{GeoBox, MOST_ROWS, Span, names};
use crate::reports::{Reports, ReportsError};
use dispatch_core::model::{CentreId, Timestamp, VehicleId, Wgs84};
use sqlx::Row;
use sqlx::postgres::PgRow;

/// A vehicle that was near a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Passer {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// Its first fix within the distance.
    pub first_at: Timestamp,
    /// Its last fix within the distance.
    pub last_at: Timestamp,
    /// Metres between the place and its nearest fix.
    pub nearest_m: f64,
}

/// One fix of a track.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackPoint {
    /// Which vehicle.
    pub vehicle: VehicleId,
    /// When.
    pub at: Timestamp,
    /// Where, WGS-84.
    pub position: Wgs84,
}

/// Whether a fix is one of the centres': measured while its vehicle belonged to one of them. What came before its first
/// stay belongs to that; of a vehicle of which no stay is known yet, the centre it is with now decides.
macro_rules! theirs {
    ($centres:literal) => {
        concat!(
            "(EXISTS (SELECT FROM report.stay WHERE stay.vehicle = outbox.vehicle AND stay.centre = ANY (",
            $centres,
            ") AND (stay.ended_at IS NULL OR fix_time < stay.ended_at)
                AND (fix_time >= stay.began_at OR NOT EXISTS (SELECT FROM report.stay AS earlier
                    WHERE earlier.vehicle = stay.vehicle AND earlier.began_at < stay.began_at)))
            OR (vehicle.centre = ANY (",
            $centres,
            ") AND NOT EXISTS (SELECT FROM report.stay WHERE stay.vehicle = outbox.vehicle)))"
        )
    };
}

/// $1 lon, $2 lat, $3 metres, $4 from and $5 to in unix ms, $6 rows, $7 centres. The box around the circle
/// finds the fixes by the index of their partitions; the distance on the globe decides.
pub const WHO_WAS_NEAR: &str = concat!("WITH place AS MATERIALIZED (
        SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography AS here)
    SELECT outbox.vehicle, min(fix_time) AS first_at, max(fix_time) AS last_at,
        min(ST_Distance(position::geography, here)) AS nearest_m
    FROM fix JOIN outbox ON outbox.id = fix.outbox
        JOIN report.vehicle ON vehicle.id = outbox.vehicle, place
    WHERE ", theirs!("$7"), " AND position && geometry(ST_Buffer(ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography, $3 * 1.1))
        AND fix_time >= $4 AND fix_time < $5 AND ST_DWithin(position::geography, here, $3)
    GROUP BY outbox.vehicle ORDER BY first_at, outbox.vehicle LIMIT $6");

/// $1 west, $2 south, $3 east, $4 north, $5 from and $6 to in unix ms, $7 rows, $8 centres.
pub const TRACKS_IN_BOX: &str = concat!(
    "SELECT outbox.vehicle, fix_time, ST_X(position) AS lon, ST_Y(position) AS lat
    FROM fix JOIN outbox ON outbox.id = fix.outbox
        JOIN report.vehicle ON vehicle.id = outbox.vehicle
    WHERE ",
    theirs!("$8"),
    " AND position && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND fix_time >= $5 AND fix_time < $6
    ORDER BY outbox.vehicle, fix_time LIMIT $7"
);

impl Reports {
    /// Which vehicles of some centres were within `metres` of a place in a span of time, in order of their
    /// coming; at most [`MOST_ROWS`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn who_was_near(
        &self,
        place: Wgs84,
        metres: f64,
        span: Span,
        centres: &[CentreId],
    ) -> Result<Vec<Passer>, ReportsError> {
        let rows = sqlx::query(WHO_WAS_NEAR)
            .bind(place.lon)
            .bind(place.lat)
            .bind(metres)
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(i64::from(MOST_ROWS))
            .bind(names(centres))
            .fetch_all(&self.pool)
            .await?;
        let passer = |row: &PgRow| -> Result<Passer, sqlx::Error> {
            Ok(Passer {
                vehicle: row.try_get::<&str, _>("vehicle")?.into(),
                first_at: Timestamp(row.try_get("first_at")?),
                last_at: Timestamp(row.try_get("last_at")?),
                nearest_m: row.try_get("nearest_m")?,
            })
        };
        Ok(rows.iter().map(passer).collect::<Result<_, _>>()?)
    }

    /// The fixes of some centres' vehicles in a box in a span of time, by vehicle and time; at most
    /// [`MOST_ROWS`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tracks_in(
        &self,
        area: GeoBox,
        span: Span,
        centres: &[CentreId],
    ) -> Result<Vec<TrackPoint>, ReportsError> {
        let rows = sqlx::query(TRACKS_IN_BOX)
            .bind(area.south_west.lon)
            .bind(area.south_west.lat)
            .bind(area.north_east.lon)
            .bind(area.north_east.lat)
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(i64::from(MOST_ROWS))
            .bind(names(centres))
            .fetch_all(&self.pool)
            .await?;
        let point = |row: &PgRow| -> Result<TrackPoint, sqlx::Error> {
            Ok(TrackPoint {
                vehicle: row.try_get::<&str, _>("vehicle")?.into(),
                at: Timestamp(row.try_get("fix_time")?),
                position: Wgs84 { lon: row.try_get("lon")?, lat: row.try_get("lat")? },
            })
        };
        Ok(rows.iter().map(point).collect::<Result<_, _>>()?)
    }
}
