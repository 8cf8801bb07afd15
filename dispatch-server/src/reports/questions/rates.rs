//! The norms of a 120 centre: departure within three minutes of the order (3分钟出车率) and response time, by
//! station and by area. Exercises are not counted.

use super::{Span, names};
use crate::reports::{Reports, ReportsError};
use dispatch_core::model::CentreId;
use sqlx::Row;

/// How a station or an area did.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// Id of the station, code of the area; absent for tasks of no known one.
    pub id: Option<String>,
    /// Tasks created in the span.
    pub tasks: i64,
    /// Of these, tasks whose vehicle departed.
    pub departed: i64,
    /// Of the departed, those that did within three minutes, as a share from 0 to 1; absent when none
    /// departed.
    pub within_three_minutes: Option<f64>,
    /// Seconds from the order to the scene, the middle value; absent when no vehicle arrived.
    pub response_median_s: Option<f64>,
    /// Seconds from the order to the scene that nine in ten did not exceed.
    pub response_ninth_decile_s: Option<f64>,
}

/// $1 from and $2 to in unix ms, $3 centres.
pub const RATES_BY_STATION: &str = "SELECT task.station AS id, count(*) AS tasks,
        count(departed_at) AS departed,
        (avg((departed_at - created_at <= interval '3 minutes')::integer)
            FILTER (WHERE departed_at IS NOT NULL))::float8 AS within_three_minutes,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at_scene_at - created_at)::float8)
            AS response_median_s,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM at_scene_at - created_at)::float8)
            AS response_ninth_decile_s
    FROM report.task JOIN report.incident ON incident.id = task.incident AND NOT incident.test
    WHERE task.created_at >= report.moment($1) AND task.created_at < report.moment($2)
        AND task.centre = ANY ($3)
    GROUP BY task.station ORDER BY task.station";

/// $1 from and $2 to in unix ms, $3 kind of area, $4 centres.
pub const RATES_BY_AREA: &str = "SELECT area.code AS id, count(*) AS tasks,
        count(departed_at) AS departed,
        (avg((departed_at - created_at <= interval '3 minutes')::integer)
            FILTER (WHERE departed_at IS NOT NULL))::float8 AS within_three_minutes,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at_scene_at - created_at)::float8)
            AS response_median_s,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM at_scene_at - created_at)::float8)
            AS response_ninth_decile_s
    FROM report.task JOIN report.incident ON incident.id = task.incident AND NOT incident.test
    LEFT JOIN report.area ON area.kind = $3 AND ST_Covers(area.border, incident.scene)
    WHERE task.created_at >= report.moment($1) AND task.created_at < report.moment($2)
        AND task.centre = ANY ($4)
    GROUP BY area.code ORDER BY area.code";

impl Reports {
    /// By station, for tasks of some centres created in a span of time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rates_by_station(
        &self,
        span: Span,
        centres: &[CentreId],
    ) -> Result<Vec<Rate>, ReportsError> {
        let query = sqlx::query(RATES_BY_STATION).bind(span.from.0).bind(span.to.0);
        let query = query.bind(names(centres));
        query.fetch_all(&self.pool).await?.iter().map(rate).collect()
    }

    /// The same by area of a kind (`prefecture`, `county`) in which the scene lies.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rates_by_area(
        &self,
        kind: &str,
        span: Span,
        centres: &[CentreId],
    ) -> Result<Vec<Rate>, ReportsError> {
        let query = sqlx::query(RATES_BY_AREA).bind(span.from.0).bind(span.to.0).bind(kind);
        let query = query.bind(names(centres));
        query.fetch_all(&self.pool).await?.iter().map(rate).collect()
    }
}

fn rate(row: &sqlx::postgres::PgRow) -> Result<Rate, ReportsError> {
    Ok(Rate {
        id: row.try_get("id")?,
        tasks: row.try_get("tasks")?,
        departed: row.try_get("departed")?,
        within_three_minutes: row.try_get("within_three_minutes")?,
        response_median_s: row.try_get("response_median_s")?,
        response_ninth_decile_s: row.try_get("response_ninth_decile_s")?,
    })
}
