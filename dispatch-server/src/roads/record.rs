//! What is kept about roads, as a move or a backup carries it: all that was laid on them, every correction
//! that was switched on, and what journeys taught.

use super::store::RoadStoreError;
use dispatch_desk::database::MainDatabase;
use dispatch_desk::{reading, transaction};
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// One row of the tables of roads. Times are unix milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoadRecord {
    /// A closed or slow road, in force or ended.
    Condition(ConditionRecord),
    /// A correction that was switched on.
    Profile(ProfileRecord),
    /// What a journey taught.
    Journey(JourneyRecord),
}

/// A closed or slow road as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionRecord {
    id: String,
    kind: String,
    factor: Option<f64>,
    area: String,
    note: String,
    until_at: Option<i64>,
    made_by: String,
    made_at: i64,
    ended_by: Option<String>,
    ended_at: Option<i64>,
}

/// A correction as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileRecord {
    id: String,
    factor: f64,
    made_by: String,
    made_at: i64,
    /// Factors by road and part of the day; absent in older records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// What a journey taught, as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JourneyRecord {
    task: String,
    departed_at: i64,
    predicted_s: f64,
    actual_s: f64,
    hour: i64,
    class: String,
    area: String,
}

/// Everything in the tables.
///
/// # Errors
/// When the database fails.
pub async fn road_records(database: &MainDatabase) -> Result<Vec<RoadRecord>, RoadStoreError> {
    reading!(unhurried database, connection => {
        let mut all = Vec::new();
        for row in sqlx::query("SELECT * FROM road_conditions ORDER BY id").fetch_all(&mut *connection).await? {
            all.push(RoadRecord::Condition(ConditionRecord {
                id: row.try_get("id")?,
                kind: row.try_get("kind")?,
                factor: row.try_get("factor")?,
                area: row.try_get("area")?,
                note: row.try_get("note")?,
                until_at: row.try_get("until_at")?,
                made_by: row.try_get("made_by")?,
                made_at: row.try_get("made_at")?,
                ended_by: row.try_get("ended_by")?,
                ended_at: row.try_get("ended_at")?,
            }));
        }
        let profiles = sqlx::query(
            "SELECT id, factor, made_by, made_at, detail FROM travel_profiles
             LEFT JOIN travel_profile_details ON profile = id ORDER BY id",
        );
        for row in profiles.fetch_all(&mut *connection).await? {
            all.push(RoadRecord::Profile(ProfileRecord {
                id: row.try_get("id")?,
                factor: row.try_get("factor")?,
                made_by: row.try_get("made_by")?,
                made_at: row.try_get("made_at")?,
                detail: row.try_get("detail")?,
            }));
        }
        for row in sqlx::query("SELECT * FROM journeys ORDER BY task").fetch_all(&mut *connection).await? {
            all.push(RoadRecord::Journey(JourneyRecord {
                task: row.try_get("task")?,
                departed_at: row.try_get("departed_at")?,
                predicted_s: row.try_get("predicted_s")?,
                actual_s: row.try_get("actual_s")?,
                hour: row.try_get("hour")?,
                class: row.try_get("class")?,
                area: row.try_get("area")?,
            }));
        }
        Ok(all)
    })
}

/// Puts records into the tables, all or none; those there stay as they are.
///
/// # Errors
/// When the database fails.
pub async fn put_road_records(
    database: &MainDatabase,
    all: &[RoadRecord],
) -> Result<(), RoadStoreError> {
    transaction!(unhurried database, connection => {
        for record in all {
            let query = match record {
                RoadRecord::Condition(it) => sqlx::query(
                    "INSERT INTO road_conditions (id, kind, factor, area, note, until_at, made_by,
                         made_at, ended_by, ended_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
                )
                .bind(&it.id)
                .bind(&it.kind)
                .bind(it.factor)
                .bind(&it.area)
                .bind(&it.note)
                .bind(it.until_at)
                .bind(&it.made_by)
                .bind(it.made_at)
                .bind(&it.ended_by)
                .bind(it.ended_at),
                RoadRecord::Profile(it) => sqlx::query(
                    "INSERT INTO travel_profiles (id, factor, made_by, made_at)
                     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                )
                .bind(&it.id)
                .bind(it.factor)
                .bind(&it.made_by)
                .bind(it.made_at),
                RoadRecord::Journey(it) => sqlx::query(
                    "INSERT INTO journeys (task, departed_at, predicted_s, actual_s, hour, class, area)
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
                )
                .bind(&it.task)
                .bind(it.departed_at)
                .bind(it.predicted_s)
                .bind(it.actual_s)
                .bind(it.hour)
                .bind(&it.class)
                .bind(&it.area),
            };
            query.execute(&mut *connection).await?;
            if let RoadRecord::Profile(ProfileRecord { id, detail: Some(detail), .. }) = record {
                sqlx::query(
                    "INSERT INTO travel_profile_details (profile, detail) VALUES ($1, $2)
                     ON CONFLICT DO NOTHING",
                )
                .bind(id)
                .bind(detail)
                .execute(&mut *connection)
                .await?;
            }
        }
        Ok(())
    })
}
