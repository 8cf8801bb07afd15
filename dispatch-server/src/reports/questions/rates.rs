//! The norms of a 120 centre: order within a minute, departure within three of the order (3分钟出车率), response time, by
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
    /// Incidents whose first received order was that of one of these tasks; appointments are none.
    pub ordered: i64,
    /// Of these, those whose order was sent within a minute of the call, as a share from 0 to 1; absent when there are
    /// none.
    pub within_one_minute: Option<f64>,
    /// Seconds from the first call to the first vehicle at the scene, the middle value; absent when none of
    /// these tasks was the first there.
    pub response_median_s: Option<f64>,
    /// Seconds from the first call to the first vehicle at the scene that nine in ten did not exceed.
    pub response_ninth_decile_s: Option<f64>,
}

/// Whether the vehicle was wanted at once as the turn of the task began. Rows of an earlier release know only whether
/// there was an appointment.
macro_rules! not_later {
    () => {
        "NOT (incident.appointment
            AND coalesce(incident.appointment_at > task.turn_began_at, true))"
    };
}

/// Whether the response norm applies to an incident, as `dispatch_core::deadlines::is_in_haste` says; a test
/// holds the two together.
macro_rules! in_haste {
    () => {
        concat!(not_later!(), " AND incident.kind NOT IN ('transfer', 'standby')")
    };
}

/// Whether the order of a task was received: by its terminal, or by any step that somebody told.
macro_rules! received {
    ($task:literal) => {
        concat!(
            "(",
            $task,
            ".receipt OR coalesce(",
            $task,
            ".order_received_at, ",
            $task,
            ".departed_at, ",
            $task,
            ".at_scene_at, ",
            $task,
            ".left_scene_at, ",
            $task,
            ".at_hospital_at, ",
            $task,
            ".finished_at, ",
            $task,
            ".back_at_station_at) IS NOT NULL)"
        )
    };
}

/// Tasks of a span and of some centres; those of exercises where these count. The norms of order and response are the incident's, by
/// `dispatch_core::deadlines::measure`: each counts once, in the first turn that reached its end, and stands with the
/// task that was first in it.
macro_rules! tasks {
    ($centres:literal, $exercises:literal) => {
        concat!(
            "(SELECT task.station, incident.scene, task.departed_at,
                extract(epoch FROM task.departed_at - coalesce(task.ordered_at, task.created_at))::float8 AS departure_s,
                CASE WHEN ",
            not_later!(),
            " AND ",
            received!("task"),
            " AND NOT EXISTS (SELECT FROM report.task AS other
                    WHERE other.incident = task.incident AND ",
            received!("other"),
            " AND (other.turn, other.sent_at, other.id) < (task.turn, task.sent_at, task.id))
                THEN extract(epoch FROM task.sent_at - task.turn_began_at)::float8
                END AS order_s,
                CASE WHEN ",
            in_haste!(),
            " AND NOT EXISTS (SELECT FROM report.task AS other
                    WHERE other.incident = task.incident AND (
                        (other.turn = task.turn AND (other.at_scene_at, other.id) < (task.at_scene_at, task.id))
                        OR (other.turn < task.turn AND coalesce(other.at_scene_at, other.left_scene_at,
                            other.at_hospital_at, other.finished_at, other.back_at_station_at) IS NOT NULL)))
                THEN extract(epoch FROM
                    task.at_scene_at - coalesce(task.turn_began_at, incident.opened_at))::float8
                END AS response_s
            FROM report.task JOIN report.incident ON incident.id = task.incident AND (NOT incident.test OR ",
            $exercises,
            ")
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
        avg((departure_s <= 180)::integer)::float8 AS within_three_minutes,
        count(order_s) AS ordered, avg((order_s <= 60)::integer)::float8 AS within_one_minute,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY response_s) AS response_median_s,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY response_s) AS response_ninth_decile_s"
    };
}

/// $1 from and $2 to in unix ms, $3 centres, $4 whether exercises count.
pub const RATES_BY_STATION: &str = concat!(
    "SELECT station AS id, ",
    measures!(),
    " FROM ",
    tasks!("$3", "$4"),
    " GROUP BY station ORDER BY station"
);

/// $1 from and $2 to in unix ms, $3 kind of area, $4 centres, $5 whether exercises count.
pub const RATES_BY_AREA: &str = concat!(
    "SELECT area.code AS id, ",
    measures!(),
    " FROM ",
    tasks!("$4", "$5"),
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
        let query = query.bind(names(centres)).bind(self.exercises_count);
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
        let query = query.bind(names(centres)).bind(self.exercises_count);
        query.fetch_all(&self.pool).await?.iter().map(rate).collect()
    }
}

fn rate(row: &sqlx::postgres::PgRow) -> Result<Rate, ReportsError> {
    Ok(Rate {
        id: row.try_get("id")?,
        tasks: row.try_get("tasks")?,
        departed: row.try_get("departed")?,
        within_three_minutes: row.try_get("within_three_minutes")?,
        ordered: row.try_get("ordered")?,
        within_one_minute: row.try_get("within_one_minute")?,
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
