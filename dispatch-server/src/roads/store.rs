//! The tables of roads, the same in SQLite and PostgreSQL. Only this file and `record` speak SQL about them.

use super::Journey;
use super::journey::MOST_JOURNEYS;
use crate::people::Change;
use crate::people::change::record_change;
use dispatch_core::model::Timestamp;
use dispatch_desk::chance::random;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::MainDatabase;
use dispatch_desk::{reading, transaction, writing};
use sqlx::{ColumnIndex, Decode, Row, Type};
use wire_protocol::route::{
    RoadConditionKind, RoadConditionView, TravelProfileRequest, TravelProfileView,
};

/// Why the tables could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum RoadStoreError {
    /// The database.
    #[error("failed to use the tables of roads: {0}")]
    Database(#[from] sqlx::Error),
    /// An area that cannot be read back.
    #[error("failed to read an area of the tables of roads: {0}")]
    Area(#[from] serde_json::Error),
    /// A profile that cannot be read back.
    #[error("failed to read a travel profile of the tables of roads: {0}")]
    Detail(serde_json::Error),
    /// They kept changing while they were read.
    #[error("the tables of roads kept changing while they were read")]
    Busy,
}

/// The tables, in the database that also holds people.
#[derive(Clone)]
pub struct RoadStore {
    database: MainDatabase,
    clock: Clock,
}

impl RoadStore {
    /// The tables of a database that is migrated.
    pub fn new(database: MainDatabase, clock: Clock) -> Self {
        Self { database, clock }
    }

    /// The conditions that hold, oldest first.
    pub(super) async fn conditions(&self) -> Result<Vec<RoadConditionView>, RoadStoreError> {
        let now = self.clock.now();
        reading!(&self.database, connection => {
            let rows = sqlx::query(
                "SELECT * FROM road_conditions
                 WHERE ended_at IS NULL AND coalesce(until_at > $1, true) ORDER BY made_at, id",
            )
                .bind(now.0)
                .fetch_all(&mut *connection)
                .await?;
            rows.iter().map(condition).collect()
        })
    }

    pub(super) async fn add_condition(
        &self,
        it: &RoadConditionView,
        change: &Change,
    ) -> Result<(), RoadStoreError> {
        let area = serde_json::to_string(&it.area)?;
        let kind = match it.kind {
            RoadConditionKind::Closed => "closed",
            RoadConditionKind::Slow => "slow",
        };
        let shared = matches!(self.database, MainDatabase::Postgres(_));
        transaction!(&self.database, connection => {
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
            .execute(&mut *connection)
            .await?;
            record_change!(connection, shared, change);
            Ok(())
        })
    }

    /// Ends a condition; false when none of this id holds.
    pub(super) async fn end_condition(
        &self,
        id: &str,
        by: &str,
        now: Timestamp,
        change: &Change,
    ) -> Result<bool, RoadStoreError> {
        let shared = matches!(self.database, MainDatabase::Postgres(_));
        transaction!(&self.database, connection => {
            let done = sqlx::query(
                "UPDATE road_conditions SET ended_by = $1, ended_at = $2
                 WHERE id = $3 AND ended_at IS NULL AND coalesce(until_at > $2, true)",
            )
            .bind(by)
            .bind(now.0)
            .bind(id)
            .execute(&mut *connection)
            .await?;
            let ended = done.rows_affected() == 1;
            if ended {
                record_change!(connection, shared, change);
            }
            Ok(ended)
        })
    }

    pub(super) async fn profile(&self) -> Result<Option<TravelProfileView>, RoadStoreError> {
        reading!(&self.database, connection => {
            let row = sqlx::query(
                "SELECT factor, made_by, made_at, detail FROM travel_profiles
                 LEFT JOIN travel_profile_details ON profile = id
                 ORDER BY made_at DESC, id LIMIT 1",
            )
                .fetch_optional(&mut *connection)
                .await?;
            let Some(row) = row else { return Ok(None) };
            let (by, since) = (Some(row.try_get("made_by")?), Some(row.try_get("made_at")?));
            let detail: Option<String> = row.try_get("detail")?;
            let (roads, parts) = match detail {
                Some(text) => serde_json::from_str(&text).map_err(RoadStoreError::Detail)?,
                None => Default::default(),
            };
            Ok(Some(TravelProfileView { factor: row.try_get("factor")?, roads, parts, by, since }))
        })
    }

    /// Writes a profile; gives the time it counts from. That is always later than the one before: the clocks
    /// of servers differ, and the profile switched on last is the one that holds.
    pub(super) async fn add_profile(
        &self,
        asked: &TravelProfileRequest,
        by: &str,
        now: Timestamp,
        change: &Change,
    ) -> Result<i64, RoadStoreError> {
        let id = format!("p-{:016x}", random::<u64>());
        let is_plain = asked.roads.is_empty() && asked.parts.is_empty();
        let detail = serde_json::to_string(&(&asked.roads, &asked.parts));
        let detail = detail.map_err(RoadStoreError::Detail)?;
        let shared = matches!(self.database, MainDatabase::Postgres(_));
        transaction!(&self.database, connection => {
            let row = sqlx::query(
                "INSERT INTO travel_profiles (id, factor, made_by, made_at)
                 SELECT $1, $2, $3, CASE WHEN max(made_at) >= $4 THEN max(made_at) + 1 ELSE $4 END
                 FROM travel_profiles RETURNING made_at",
            )
            .bind(&id)
            .bind(asked.factor)
            .bind(by)
            .bind(now.0)
            .fetch_one(&mut *connection)
            .await?;
            let since = row.try_get("made_at")?;
            if !is_plain {
                sqlx::query("INSERT INTO travel_profile_details (profile, detail) VALUES ($1, $2)")
                    .bind(&id)
                    .bind(detail)
                    .execute(&mut *connection)
                    .await?;
            }
            record_change!(connection, shared, change);
            Ok(since)
        })
    }

    /// The newest journeys, oldest first.
    pub(super) async fn journeys(&self) -> Result<Vec<Journey>, RoadStoreError> {
        let most = MOST_JOURNEYS as i64;
        reading!(&self.database, connection => {
            let rows = sqlx::query("SELECT * FROM journeys ORDER BY departed_at DESC LIMIT $1")
                .bind(most)
                .fetch_all(&mut *connection)
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
        writing!(&self.database, connection => {
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
            .execute(&mut *connection)
            .await?;
            Ok(())
        })
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
