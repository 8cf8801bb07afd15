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
    /// Seconds from the first call to the first vehicle at the scene, the middle value; absent when none of
    /// these tasks was the first there.
    pub response_median_s: Option<f64>,
    /// Seconds from the first call to the first vehicle at the scene that nine in ten did not exceed.
    pub response_ninth_decile_s: Option<f64>,
}

/// Whether the response norm applies to an incident, as `dispatch_core::deadlines::is_in_haste` says; a test
/// holds the two together.
macro_rules! in_haste {
    () => {
        "NOT incident.appointment AND incident.kind NOT IN ('transfer', 'standby')"
    };
}

/// Tasks of a span and of some centres that are no exercise. The response is that of the incident, from its first
/// call to its first vehicle at the scene, and stands with the task that was first.
macro_rules! tasks {
    ($centres:literal) => {
        concat!(
            "(SELECT task.created_at, task.departed_at, task.station, incident.scene,
                CASE WHEN ",
            in_haste!(),
            " AND NOT EXISTS (SELECT FROM report.task AS other
                    WHERE other.incident = task.incident
                        AND (other.at_scene_at, other.id) < (task.at_scene_at, task.id))
                THEN extract(epoch FROM task.at_scene_at - incident.opened_at)::float8
                END AS response_s
            FROM report.task JOIN report.incident ON incident.id = task.incident AND NOT incident.test
            WHERE task.created_at >= report.moment($1) AND task.created_at < report.moment($2)
                AND task.centre = ANY (",
            $centres,
            ")) AS task"
        )
    };
}

macro_rules! measures {
    () => {
        "count(*) AS tasks, count(departed_at) AS departed,
        (avg((departed_at - created_at <= interval '3 minutes')::integer)
            FILTER (WHERE departed_at IS NOT NULL))::float8 AS within_three_minutes,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY response_s) AS response_median_s,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY response_s) AS response_ninth_decile_s"
    };
}

/// $1 from and $2 to in unix ms, $3 centres.
pub const RATES_BY_STATION: &str = concat!(
    "SELECT station AS id, ",
    measures!(),
    " FROM ",
    tasks!("$3"),
    " GROUP BY station ORDER BY station"
);

/// $1 from and $2 to in unix ms, $3 kind of area, $4 centres.
pub const RATES_BY_AREA: &str = concat!(
    "SELECT area.code AS id, ",
    measures!(),
    " FROM ",
    tasks!("$4"),
    " LEFT JOIN report.area ON area.kind = $3 AND ST_Covers(area.border, task.scene)
    GROUP BY area.code ORDER BY area.code"
);

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

#[cfg(test)]
mod tests {
    use dispatch_core::deadlines::is_in_haste;
    use dispatch_core::model::IncidentKind;

    #[test]
    fn the_response_norm_applies_where_the_core_says_so() {
        for kind in [
            IncidentKind::Illness,
            IncidentKind::Injury,
            IncidentKind::TrafficAccident,
            IncidentKind::Maternity,
            IncidentKind::Poisoning,
            IncidentKind::Transfer,
            IncidentKind::Standby,
            IncidentKind::MassCasualty,
            IncidentKind::Other,
        ] {
            let word = serde_json::to_string(&kind).expect("a word").replace('"', "'");
            assert_eq!(in_haste!().contains(&word), !is_in_haste(kind, false), "{word}");
            assert!(!is_in_haste(kind, true), "an appointment");
        }
    }
}
