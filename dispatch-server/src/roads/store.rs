//! The tables of roads, the same in SQLite and PostgreSQL. Only this file speaks SQL about them.

use super::Journey;
use super::journeys::MOST_JOURNEYS;
use crate::people::PeopleDatabase;
use dispatch_core::model::Timestamp;
use sqlx::{ColumnIndex, Decode, Row, Type};
use wire_protocol::route::{RoadConditionKind, RoadConditionView, TravelProfileView};

/// Why the tables could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum RoadStoreError {
    /// The database.
    #[error("failed to use the tables of roads: {0}")]
    Database(#[from] sqlx::Error),
    /// An area that cannot be read back.
    #[error("failed to read an area of the tables of roads: {0}")]
    Area(#[from] serde_json::Error),
}

/// The tables, in the database that also holds people.
#[derive(Clone)]
pub struct RoadStore {
    database: PeopleDatabase,
}

/// The same words to whichever database there is.
macro_rules! with {
    ($store:expr, $pool:ident => $work:block) => {
        match &$store.database {
            PeopleDatabase::Sqlite($pool) => $work,
            PeopleDatabase::Postgres($pool) => $work,
        }
    };
}

impl RoadStore {
    /// The tables of a database that is migrated.
    pub fn new(database: PeopleDatabase) -> Self {
        Self { database }
    }

    pub(super) async fn conditions(&self) -> Result<Vec<RoadConditionView>, RoadStoreError> {
        with!(self, pool => {
            let rows = sqlx::query("SELECT * FROM road_conditions WHERE ended_at IS NULL ORDER BY made_at")
                .fetch_all(pool)
                .await?;
            rows.iter().map(condition).collect()
        })
    }

    pub(super) async fn add_condition(&self, it: &RoadConditionView) -> Result<(), RoadStoreError> {
        let area = serde_json::to_string(&it.area)?;
        let kind = match it.kind {
            RoadConditionKind::Closed => "closed",
            RoadConditionKind::Slow => "slow",
        };
        with!(self, pool => {
            sqlx::query(
                "INSERT INTO road_conditions (id, kind, factor, area, note, until_at, made_by, made_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(&it.id)
            .bind(kind)
            .bind(it.factor)
            .bind(area)
            .bind(&it.note)
            .bind(it.until)
            .bind(&it.by)
            .bind(it.made_at)
            .execute(pool)
            .await?;
        });
        Ok(())
    }

    pub(super) async fn end_condition(
        &self,
        id: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<(), RoadStoreError> {
        with!(self, pool => {
            sqlx::query("UPDATE road_conditions SET ended_by = $1, ended_at = $2 WHERE id = $3 AND ended_at IS NULL")
                .bind(by)
                .bind(now.0)
                .bind(id)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    pub(super) async fn profile(&self) -> Result<Option<TravelProfileView>, RoadStoreError> {
        with!(self, pool => {
            let row = sqlx::query("SELECT * FROM travel_profiles ORDER BY made_at DESC, id LIMIT 1")
                .fetch_optional(pool)
                .await?;
            let Some(row) = row else { return Ok(None) };
            let (by, since) = (Some(row.try_get("made_by")?), Some(row.try_get("made_at")?));
            Ok(Some(TravelProfileView { factor: row.try_get("factor")?, by, since }))
        })
    }

    pub(super) async fn add_profile(
        &self,
        factor: f64,
        by: &str,
        now: Timestamp,
    ) -> Result<(), RoadStoreError> {
        let id = format!("p-{:016x}", rand::random::<u64>());
        with!(self, pool => {
            sqlx::query("INSERT INTO travel_profiles (id, factor, made_by, made_at) VALUES ($1, $2, $3, $4)")
                .bind(id)
                .bind(factor)
                .bind(by)
                .bind(now.0)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// The newest journeys, oldest first.
    pub(super) async fn journeys(&self) -> Result<Vec<Journey>, RoadStoreError> {
        let most = MOST_JOURNEYS as i64;
        with!(self, pool => {
            let rows = sqlx::query("SELECT * FROM journeys ORDER BY departed_at DESC LIMIT $1")
                .bind(most)
                .fetch_all(pool)
                .await?;
            rows.iter().rev().map(|row| {
                let task: String = row.try_get("task")?;
                let hour: i64 = row.try_get("hour")?;
                Ok(Journey {
                    task: task.as_str().into(),
                    departed_at: Timestamp(row.try_get("departed_at")?),
                    predicted_seconds: row.try_get("predicted_s")?,
                    actual_seconds: row.try_get("actual_s")?,
                    hour: hour as u8,
                    class: row.try_get("class")?,
                    area: row.try_get("area")?,
                })
            }).collect()
        })
    }

    pub(super) async fn add_journey(&self, it: &Journey) -> Result<(), RoadStoreError> {
        with!(self, pool => {
            sqlx::query(
                "INSERT INTO journeys (task, departed_at, predicted_s, actual_s, hour, class, area)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (task) DO NOTHING",
            )
            .bind(it.task.as_str())
            .bind(it.departed_at.0)
            .bind(it.predicted_seconds)
            .bind(it.actual_seconds)
            .bind(i64::from(it.hour))
            .bind(&it.class)
            .bind(&it.area)
            .execute(pool)
            .await?;
        });
        Ok(())
    }
}

fn condition<'r, R>(row: &'r R) -> Result<RoadConditionView, RoadStoreError>
where
    R: Row,
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    f64: Decode<'r, R::Database> + Type<R::Database>,
{
    let kind: String = row.try_get("kind")?;
    let area: String = row.try_get("area")?;
    let is_slow = kind == "slow";
    Ok(RoadConditionView {
        id: row.try_get("id")?,
        kind: if is_slow { RoadConditionKind::Slow } else { RoadConditionKind::Closed },
        factor: row.try_get("factor")?,
        area: serde_json::from_str(&area)?,
        note: row.try_get("note")?,
        until: row.try_get("until_at")?,
        by: row.try_get("made_by")?,
        made_at: row.try_get("made_at")?,
    })
}
