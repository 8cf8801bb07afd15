//! The nearest AEDs and hospitals, by distance on the globe: for telling a caller and for lists, not for
//! choosing where to drive, which goes by road.

use crate::reports::{Reports, ReportsError};
use dispatch_core::model::Wgs84;
use sqlx::Row;

/// Something near.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Its id.
    pub id: String,
    /// Its name in Chinese.
    pub name: String,
    /// Where, WGS-84.
    pub position: Wgs84,
    /// Metres from the place asked for.
    pub distance_m: f64,
    /// How far its position may be trusted: `fact`, `approximate` or `invented`; absent where nobody said.
    pub basis: Option<String>,
}

/// $1 lon, $2 lat, $3 rows.
pub const NEAREST_AEDS: &str =
    "SELECT id, name, basis, ST_X(position) AS lon, ST_Y(position) AS lat,
        position::geography <-> ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography AS distance_m
    FROM report.aed ORDER BY distance_m LIMIT $3";

/// $1 lon, $2 lat, $3 rows.
pub const NEAREST_HOSPITALS: &str =
    "SELECT id, name_zh AS name, NULL AS basis, ST_X(position) AS lon,
        ST_Y(position) AS lat,
        position::geography <-> ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography AS distance_m
    FROM report.hospital ORDER BY distance_m LIMIT $3";

impl Reports {
    /// The nearest AEDs, nearest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn nearest_aeds(&self, place: Wgs84, most: u32) -> Result<Vec<Near>, ReportsError> {
        self.nearest(NEAREST_AEDS, place, most).await
    }

    /// The nearest hospitals, nearest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn nearest_hospitals(
        &self,
        place: Wgs84,
        most: u32,
    ) -> Result<Vec<Near>, ReportsError> {
        self.nearest(NEAREST_HOSPITALS, place, most).await
    }

    async fn nearest(
        &self,
        sql: &'static str,
        place: Wgs84,
        most: u32,
    ) -> Result<Vec<Near>, ReportsError> {
        let rows = sqlx::query(sql)
            .bind(place.lon)
            .bind(place.lat)
            .bind(i64::from(most.min(super::MOST_ROWS)))
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Near {
                    id: row.try_get("id")?,
                    name: row.try_get("name")?,
                    position: Wgs84 { lon: row.try_get("lon")?, lat: row.try_get("lat")? },
                    distance_m: row.try_get("distance_m")?,
                    basis: row.try_get("basis")?,
                })
            })
            .collect()
    }
}
