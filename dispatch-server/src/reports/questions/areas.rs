//! Incidents by area. Exercises are counted only where everything is one.

use super::{Span, names};
use crate::reports::{Reports, ReportsError};
use dispatch_core::model::CentreId;
use sqlx::Row;

/// How many incidents an area had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaCount {
    /// The area's code.
    pub code: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Incidents of the centres asked about whose scene lies in it.
    pub incidents: i64,
}

/// $1 kind of area, $2 from and $3 to in unix ms, $4 the one area asked for, or null for all,
/// $5 centres, $6 whether exercises count.
pub const INCIDENTS_BY_AREA: &str =
    "SELECT area.code, area.name_zh, count(incident.id) AS incidents
    FROM report.area LEFT JOIN report.incident ON ST_Covers(area.border, incident.scene)
        AND incident.opened_at >= report.moment($2) AND incident.opened_at < report.moment($3)
        AND (NOT incident.test OR $6) AND incident.centre = ANY ($5)
    WHERE area.kind = $1 AND ($4::text IS NULL OR area.code = $4)
    GROUP BY area.code, area.name_zh ORDER BY incidents DESC, area.code";

impl Reports {
    /// Incidents of some centres opened in a span of time by area of a kind (`prefecture`, `county`), the
    /// most first; areas without any at the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn incidents_by_area(
        &self,
        kind: &str,
        span: Span,
        centres: &[CentreId],
    ) -> Result<Vec<AreaCount>, ReportsError> {
        let rows = sqlx::query(INCIDENTS_BY_AREA)
            .bind(kind)
            .bind(span.from.0)
            .bind(span.to.0)
            .bind(None::<&str>)
            .bind(names(centres))
            .bind(self.exercises_count)
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(AreaCount {
                    code: row.try_get("code")?,
                    name_zh: row.try_get("name_zh")?,
                    incidents: row.try_get("incidents")?,
                })
            })
            .collect()
    }
}
