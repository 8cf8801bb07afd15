//! Loading and writing the rows. They travel as one JSON text each way, so a step costs a few trips however
//! many rows it has.

use super::project::Rows;
use super::rows::{IncidentRow, TaskRow, VehicleRow};
use dispatch_core::model::CentreId;
use dispatch_desk::journal::{Hash, Head};
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::postgres::PgConnection;

/// The ids whose rows a step needs.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) incidents: Vec<String>,
    pub(super) tasks: Vec<String>,
    pub(super) vehicles: Vec<String>,
}

const LOAD_INCIDENTS: &str = "SELECT coalesce(json_agg(r), '[]')::text FROM (
    SELECT id, centre, kind, priority, source, accident_level, ST_X(scene) AS lon, ST_Y(scene) AS lat,
        test, appointment, calls, tasks, stage, reason, report.millis(opened_at) AS opened_at,
        report.millis(first_dispatch_at) AS first_dispatch_at, report.millis(over_at) AS over_at, version,
        report.millis(appointment_at) AS appointment_at, turn, report.millis(turn_began_at) AS turn_began_at,
        calls_told, counted, patients_reported, carried_besides, treated_at_scene, refused_transport, dead_at_scene, 
        not_found, carried_by_others
    FROM report.incident WHERE id = ANY ($1)) AS r";

const LOAD_TASKS: &str = "SELECT coalesce(json_agg(r), '[]')::text FROM (
    SELECT id, incident, centre, vehicle, station, set_out_from, ARRAY[report.millis(created_at),
        report.millis(order_received_at), report.millis(departed_at), report.millis(at_scene_at),
        report.millis(left_scene_at), report.millis(at_hospital_at), report.millis(finished_at),
        report.millis(back_at_station_at)] AS reached,
        hospital, patients_carried, distance_km, ended, reason, report.millis(ended_at) AS ended_at, version,
        turn, report.millis(turn_began_at) AS turn_began_at, report.millis(ordered_at) AS ordered_at,
        report.millis(sent_at) AS sent_at, receipt, treated_at_scene, refused_transport, 
        dead_at_scene, not_found, carried_by_others
    FROM report.task WHERE id = ANY ($1)) AS r";

const LOAD_VEHICLES: &str = "SELECT coalesce(json_agg(v), '[]')::text
    FROM report.vehicle AS v WHERE id = ANY ($1)";

const WRITE_INCIDENTS: &str = "INSERT INTO report.incident (id, centre, kind, priority, source,
        accident_level, scene, test, appointment, calls, tasks, stage, reason, opened_at,
        first_dispatch_at, over_at, version, appointment_at, turn, turn_began_at, calls_told, counted,
        patients_reported, carried_besides, treated_at_scene, refused_transport, dead_at_scene, not_found,
        carried_by_others)
    SELECT id, centre, kind, priority, source, accident_level, ST_SetSRID(ST_MakePoint(lon, lat), 4326),
        test, appointment, calls, tasks, stage, reason, report.moment(opened_at), report.moment(first_dispatch_at),
        report.moment(over_at), version, report.moment(appointment_at), turn, report.moment(turn_began_at),
        calls_told, counted, patients_reported, carried_besides, treated_at_scene, refused_transport,
        dead_at_scene, not_found, carried_by_others
    FROM json_to_recordset($1::json) AS r (id text, centre text, kind text, priority text, source text,
        accident_level text, lon float8, lat float8, test boolean, appointment boolean, calls integer,
        tasks integer, stage text, reason text, opened_at bigint, first_dispatch_at bigint, over_at bigint, version bigint,
        appointment_at bigint, turn integer, turn_began_at bigint, calls_told json, counted json,
        patients_reported integer, carried_besides integer, treated_at_scene integer, refused_transport integer,
        dead_at_scene integer, not_found integer, carried_by_others integer)
    ON CONFLICT (id) DO UPDATE SET (kind, priority, source, accident_level, test, scene, appointment, calls, tasks, stage, reason,
        opened_at, first_dispatch_at, over_at, version, appointment_at, turn, turn_began_at, calls_told, counted,
        patients_reported, carried_besides, treated_at_scene, refused_transport, dead_at_scene, not_found,
        carried_by_others) = (excluded.kind, excluded.priority, excluded.source,
        excluded.accident_level, excluded.test, excluded.scene, excluded.appointment, excluded.calls, excluded.tasks, excluded.stage,
        excluded.reason, excluded.opened_at, excluded.first_dispatch_at, excluded.over_at,
        excluded.version, excluded.appointment_at, excluded.turn, excluded.turn_began_at, excluded.calls_told,
        excluded.counted, excluded.patients_reported, excluded.carried_besides, excluded.treated_at_scene,
        excluded.refused_transport, excluded.dead_at_scene, excluded.not_found, excluded.carried_by_others)";

const WRITE_TASKS: &str = "INSERT INTO report.task (id, incident, centre, vehicle, station, set_out_from,
        created_at, order_received_at, departed_at, at_scene_at, left_scene_at, at_hospital_at,
        finished_at, back_at_station_at, hospital, patients_carried, distance_km, ended, reason, ended_at,
        version, turn, turn_began_at, ordered_at, sent_at, receipt, treated_at_scene, refused_transport,
        dead_at_scene, not_found, carried_by_others)
    SELECT id, incident, centre, vehicle, station, set_out_from,
        report.moment(reached[1]), report.moment(reached[2]), report.moment(reached[3]),
        report.moment(reached[4]), report.moment(reached[5]), report.moment(reached[6]),
        report.moment(reached[7]), report.moment(reached[8]), hospital, patients_carried, distance_km,
        ended, reason, report.moment(ended_at), version, turn, report.moment(turn_began_at),
        report.moment(ordered_at), report.moment(sent_at), receipt, treated_at_scene, refused_transport,
        dead_at_scene, not_found, carried_by_others
    FROM json_to_recordset($1::json) AS r (id text, incident text, centre text, vehicle text, station text,
        set_out_from text, reached bigint[], hospital text, patients_carried integer, distance_km float8,
        ended text, reason text, ended_at bigint, version bigint, turn integer, turn_began_at bigint,
        ordered_at bigint, sent_at bigint, receipt boolean, treated_at_scene integer, refused_transport integer,
        dead_at_scene integer, not_found integer, carried_by_others integer)
    ON CONFLICT (id) DO UPDATE SET (created_at, order_received_at, departed_at, at_scene_at, left_scene_at,
        at_hospital_at, finished_at, back_at_station_at, hospital, patients_carried, distance_km, ended,
        reason, ended_at, version, turn, turn_began_at, ordered_at, sent_at, receipt, treated_at_scene,
        refused_transport, dead_at_scene, not_found, carried_by_others) = (excluded.created_at, excluded.order_received_at,
        excluded.departed_at, excluded.at_scene_at, excluded.left_scene_at, excluded.at_hospital_at,
        excluded.finished_at, excluded.back_at_station_at, excluded.hospital, excluded.patients_carried,
        excluded.distance_km, excluded.ended, excluded.reason, excluded.ended_at, excluded.version,
        excluded.turn, excluded.turn_began_at, excluded.ordered_at, excluded.sent_at, excluded.receipt,
        excluded.treated_at_scene, excluded.refused_transport, excluded.dead_at_scene, excluded.not_found,
        excluded.carried_by_others)";

const WRITE_VEHICLES: &str = "INSERT INTO report.vehicle
    SELECT r.* FROM json_to_recordset($1::json) AS r (id text, centre text, home_centre text, station text,
        kind text, plate text, call_sign text, in_service boolean)
    ON CONFLICT (id) DO UPDATE SET (centre, home_centre, station, kind, plate, call_sign, in_service)
        = (excluded.centre, excluded.home_centre, excluded.station, excluded.kind, excluded.plate,
        excluded.call_sign, excluded.in_service)";

/// Ends the stays that were open, and writes those that began.
const WRITE_STAYS: &str = "WITH told AS (
        SELECT * FROM json_to_recordset($1::json) AS r (centre text, vehicle text, began_at bigint, ended_at bigint)),
    ended AS (
        UPDATE report.stay SET ended_at = told.ended_at FROM told WHERE told.began_at IS NULL
            AND stay.centre = told.centre AND stay.vehicle = told.vehicle AND stay.ended_at IS NULL)
    INSERT INTO report.stay (centre, vehicle, began_at, ended_at)
    SELECT centre, vehicle, began_at, ended_at FROM told WHERE began_at IS NOT NULL
    ON CONFLICT (vehicle, centre, began_at) DO UPDATE SET ended_at = excluded.ended_at";

pub(super) async fn load(
    connection: &mut PgConnection,
    wanted: &Wanted,
) -> Result<Rows, sqlx::Error> {
    let incidents: Vec<IncidentRow> = rows(connection, LOAD_INCIDENTS, &wanted.incidents).await?;
    let tasks: Vec<TaskRow> = rows(connection, LOAD_TASKS, &wanted.tasks).await?;
    let vehicles: Vec<VehicleRow> = rows(connection, LOAD_VEHICLES, &wanted.vehicles).await?;
    Ok(Rows {
        incidents: incidents.into_iter().map(|row| (row.id.clone(), row)).collect(),
        tasks: tasks.into_iter().map(|row| (row.id.clone(), row)).collect(),
        vehicles: vehicles.into_iter().map(|row| (row.id.clone(), row)).collect(),
        stays: Vec::new(),
    })
}

pub(super) async fn write(connection: &mut PgConnection, rows: &Rows) -> Result<(), sqlx::Error> {
    write_all(connection, WRITE_INCIDENTS, rows.incidents.values().collect()).await?;
    write_all(connection, WRITE_TASKS, rows.tasks.values().collect()).await?;
    write_all(connection, WRITE_VEHICLES, rows.vehicles.values().collect()).await?;
    write_all(connection, WRITE_STAYS, rows.stays.iter().collect()).await
}

/// How far a centre has been taken over. Locks it until the transaction ends, so that of several
/// servers one does the work.
pub(super) async fn lock_progress(
    connection: &mut PgConnection,
    centre: &CentreId,
) -> Result<(u64, Option<Hash>), sqlx::Error> {
    sqlx::query("INSERT INTO report.progress VALUES ($1, 0) ON CONFLICT DO NOTHING")
        .bind(centre.as_str())
        .execute(&mut *connection)
        .await?;
    let row = sqlx::query("SELECT version, hash FROM report.progress WHERE centre = $1 FOR UPDATE")
        .bind(centre.as_str())
        .fetch_one(connection)
        .await?;
    let hash: Option<&[u8]> = row.try_get("hash")?;
    let hash = hash.and_then(|hash| hash.try_into().ok());
    Ok((row.try_get::<i64, _>("version")?.cast_unsigned(), hash))
}

/// Empties everything kept from the journals, so that it is made again.
pub(super) async fn empty_all(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(
        "DELETE FROM report.incident; DELETE FROM report.task; DELETE FROM report.vehicle; DELETE FROM report.stay;
         UPDATE report.progress SET version = 0, hash = NULL",
    )
    .execute(connection)
    .await
    .map(|_| ())
}

pub(super) async fn set_progress(
    connection: &mut PgConnection,
    centre: &CentreId,
    head: &Head,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE report.progress SET version = $2, hash = $3 WHERE centre = $1")
        .bind(centre.as_str())
        .bind(head.version.cast_signed())
        .bind(head.hash.as_slice())
        .execute(connection)
        .await
        .map(|_| ())
}

async fn rows<T: DeserializeOwned>(
    connection: &mut PgConnection,
    sql: &'static str,
    ids: &[String],
) -> Result<Vec<T>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let text: String = sqlx::query_scalar(sql).bind(ids).fetch_one(connection).await?;
    serde_json::from_str(&text).map_err(|error| sqlx::Error::Decode(error.into()))
}

async fn write_all<T: serde::Serialize>(
    connection: &mut PgConnection,
    sql: &'static str,
    rows: Vec<&T>,
) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let text = serde_json::to_string(&rows).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query(sql).bind(text).execute(connection).await.map(|_| ())
}
