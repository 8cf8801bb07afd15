//! What does not move: stations, hospitals, areas and AEDs from the region's data. AEDs may also come from
//! whoever keeps the list: a region without one leaves theirs alone.

use super::keep::{Reports, ReportsError};
use dispatch_core::model::Wgs84;
use region::{Aed, Area, Region};
use serde_json::json;
use sqlx::postgres::PgConnection;
use sqlx::{Postgres, Transaction};

/// The lock under which the tables of what does not move are replaced.
const LOCK: i64 = 0x4845_4c41_4e03;

const STATIONS: &str = "INSERT INTO report.station
    SELECT id, centre, name_zh, name_en, county_code,
        ST_SetSRID(ST_MakePoint((position->>'lon')::float8, (position->>'lat')::float8), 4326)
    FROM json_to_recordset($1::json) AS r (id text, centre text, name_zh text, name_en text,
        county_code text, position json)";

const HOSPITALS: &str = "INSERT INTO report.hospital
    SELECT id, centre, name_zh, name_en, county_code, grade, specialities,
        ST_SetSRID(ST_MakePoint((position->>'lon')::float8, (position->>'lat')::float8), 4326)
    FROM json_to_recordset($1::json) AS r (id text, centre text, name_zh text, name_en text,
        county_code text, grade text, specialities text[], position json)";

const AREAS: &str = "INSERT INTO report.area
    SELECT kind, code, centre, name_zh, name_en,
        ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_GeomFromGeoJSON(border)), 3))
    FROM json_to_recordset($1::json) AS r (kind text, code text, centre text, name_zh text, name_en text,
        border json)
    ON CONFLICT DO NOTHING";

const AEDS: &str = "INSERT INTO report.aed (id, name, position, basis)
    SELECT id, name,
        ST_SetSRID(ST_MakePoint((position->>'lon')::float8, (position->>'lat')::float8), 4326), basis
    FROM json_to_recordset($1::json) AS r (id text, name text, position json, basis text)";

impl Reports {
    /// Replaces stations, hospitals and areas by those of the region, and AEDs where it has any.
    ///
    /// # Errors
    /// When the database fails; then nothing changed.
    pub async fn take_over_region(&self, region: &Region) -> Result<(), ReportsError> {
        let areas: Vec<_> = [
            ("outline", &region.areas.outlines),
            ("prefecture", &region.areas.prefectures),
            ("county", &region.areas.counties),
        ]
        .into_iter()
        .flat_map(|(kind, areas)| areas.iter().map(move |area| area_json(kind, area)))
        .collect();
        let all = [
            (STATIONS, json!(region.stations)),
            (HOSPITALS, json!(region.hospitals)),
            (AREAS, json!(areas)),
        ];
        let mut transaction = self.begin_alone().await?;
        sqlx::raw_sql(
            "DELETE FROM report.station; DELETE FROM report.hospital; DELETE FROM report.area",
        )
        .execute(&mut *transaction)
        .await?;
        for (sql, rows) in all {
            sqlx::query(sql).bind(rows.to_string()).execute(&mut *transaction).await?;
        }
        if !region.aeds.is_empty() {
            replace_aeds(&mut transaction, &region.aeds).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Replaces the list of AEDs.
    ///
    /// # Errors
    /// When the database fails or two have the same id; then nothing changed.
    pub async fn take_over_aeds(&self, aeds: &[Aed]) -> Result<(), ReportsError> {
        let mut transaction = self.begin_alone().await?;
        replace_aeds(&mut transaction, aeds).await?;
        Ok(transaction.commit().await?)
    }

    /// Begins a transaction when no other server is replacing the same: servers that start together take
    /// turns.
    async fn begin_alone(&self) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let wait = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK);
        wait.execute(&mut *transaction).await?;
        Ok(transaction)
    }
}

async fn replace_aeds(connection: &mut PgConnection, aeds: &[Aed]) -> Result<(), sqlx::Error> {
    sqlx::raw_sql("DELETE FROM report.aed").execute(&mut *connection).await?;
    sqlx::query(AEDS).bind(json!(aeds).to_string()).execute(connection).await.map(|_| ())
}

fn area_json(kind: &str, area: &Area) -> serde_json::Value {
    let ring = |ring: &Vec<Wgs84>| ring.iter().map(|at| [at.lon, at.lat]).collect::<Vec<_>>();
    let polygons: Vec<Vec<Vec<[f64; 2]>>> =
        area.polygons.iter().map(|polygon| polygon.iter().map(ring).collect()).collect();
    // An outline may have no code of its own; its name tells it from others.
    let code = if area.code.is_empty() { &area.name_zh } else { &area.code };
    json!({
        "kind": kind, "code": code, "centre": area.centre, "name_zh": area.name_zh,
        "name_en": area.name_en,
        "border": { "type": "MultiPolygon", "coordinates": polygons },
    })
}
