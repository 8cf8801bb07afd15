//! The heat map: incidents counted in cells along the graticule. Exercises are counted only where everything is one.

use super::{GeoBox, MOST_ROWS, Span, names};
use crate::reports::{Reports, ReportsError};
use dispatch_core::model::{CentreId, Wgs84};
use sqlx::Row;

/// What the map shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatMap {
    /// Where.
    pub area: GeoBox,
    /// When.
    pub span: Span,
    /// The side of a cell in degrees; above 0.
    pub cell_deg: f64,
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatCell {
    /// Its middle, WGS-84.
    pub middle: Wgs84,
    /// Incidents in it.
    pub incidents: i64,
}

/// $1 west, $2 south, $3 east, $4 north, $5 from and $6 to in unix ms, $7 cell in degrees, $8 rows,
/// $9 centres, $10 whether exercises count.
pub const HEAT_CELLS: &str = "SELECT (floor(ST_X(scene) / $7) + 0.5) * $7 AS lon,
        (floor(ST_Y(scene) / $7) + 0.5) * $7 AS lat, count(*) AS incidents
    FROM report.incident
    WHERE scene && ST_MakeEnvelope($1, $2, $3, $4, 4326)
        AND opened_at >= report.moment($5) AND opened_at < report.moment($6)
        AND (NOT test OR $10) AND centre = ANY ($9)
    GROUP BY 1, 2 ORDER BY incidents DESC, lon, lat LIMIT $8";

impl Reports {
    /// The cells with incidents of some centres, the fullest first; at most [`MOST_ROWS`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn heat_cells(
        &self,
        map: HeatMap,
        centres: &[CentreId],
    ) -> Result<Vec<HeatCell>, ReportsError> {
        let rows = sqlx::query(HEAT_CELLS)
            .bind(map.area.south_west.lon)
            .bind(map.area.south_west.lat)
            .bind(map.area.north_east.lon)
            .bind(map.area.north_east.lat)
            .bind(map.span.from.0)
            .bind(map.span.to.0)
            .bind(map.cell_deg)
            .bind(i64::from(MOST_ROWS))
            .bind(names(centres))
            .bind(self.exercises_count)
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let middle = Wgs84 { lon: row.try_get("lon")?, lat: row.try_get("lat")? };
                Ok(HeatCell { middle, incidents: row.try_get("incidents")? })
            })
            .collect()
    }
}
