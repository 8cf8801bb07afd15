//! Routes, isochrones and hospitals: what the road network answers.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::{Path, Query};
use crate::http::queries::run_blocking;
use crate::http::routes::rank::spot;
use crate::roads::Travel;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::{IncidentId, TaskId, VehicleId, Wgs84};
use dispatch_core::recommend::VehicleAt;
use region::Speciality;
use serde::Deserialize;
use utoipa::IntoParams;
use wire_protocol::route::{HospitalChoice, IsochroneView, RouteView};

/// Isochrones in one question.
const MOST_LIMITS: usize = 6;
/// What is said of a task without a route.
const NO_ROUTE: &str = "its order was not received, it leads nowhere, nobody knows where its vehicle is, or all roads are closed";
/// Longest limit in minutes.
const MOST_MINUTES: u32 = 180;

/// The way of a running task from where its vehicle is to where it is wanted now.
#[utoipa::path(get, path = "/api/v1/tasks/{id}/route", tag = "roads",
    params(("id" = String, Path)), responses((status = 200, body = RouteView)))]
pub(super) async fn route(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Json<RouteView>, ApiError> {
    let task = TaskId::from(id.as_str());
    let unknown = || ApiError::from(Code::NotFound).with("task", &id);
    let centre = app.desk.centre_of_task(&task).ok_or_else(unknown)?;
    signed.must_see(&centre)?;
    let live = app.live.clone();
    let found = run_blocking(move || live.task_route(&task)).await?;
    let none = || ApiError::from(Code::NoPosition).saying(NO_ROUTE).with("task", &id);
    found.map(Json).ok_or_else(none)
}

/// From where, and how far.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct IsochroneQuery {
    /// A station.
    station: Option<String>,
    /// A vehicle, where it is now.
    vehicle: Option<String>,
    /// WGS-84 degrees east.
    lon: Option<f64>,
    /// WGS-84 degrees north.
    lat: Option<f64>,
    /// Limits in minutes with commas between, e.g. `5,10,15`; at most six, none over 180.
    minutes: String,
}

/// The land within some minutes of a station, a vehicle or a place, as GeoJSON.
#[utoipa::path(get, path = "/api/v1/isochrones", tag = "roads", params(IsochroneQuery),
    responses((status = 200, body = IsochroneView)))]
pub(super) async fn isochrones(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<IsochroneQuery>,
) -> Result<Json<IsochroneView>, ApiError> {
    let minutes = limits(&query.minutes)?;
    let from = match (&query.station, &query.vehicle, spot(&app, query.lon, query.lat)?) {
        (Some(id), None, None) => {
            let station = app.region.station(id).ok_or_else(|| ApiError::from(Code::NotFound))?;
            standing(station.position)
        }
        (None, Some(id), None) => vehicle_at(&app, &signed, id)?,
        (None, None, Some(at)) => standing(at),
        _ => return Err(ApiError::bad_field("station", "or vehicle or lon and lat: name one")),
    };
    let travel = travel(&app, from.position)?;
    run_blocking(move || travel.isochrones(&from, &minutes)).await.map(Json)
}

/// For whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HospitalQuery {
    /// An open incident; the patient is where a vehicle is wanted.
    incident: Option<String>,
    /// WGS-84 degrees east.
    lon: Option<f64>,
    /// WGS-84 degrees north.
    lat: Option<f64>,
    /// What the hospital should treat: `chest_pain`, `stroke`, `trauma`, `maternity`, `neonatal`,
    /// `paediatrics`, `psychiatry` or `infectious`.
    #[param(value_type = Option<String>)]
    speciality: Option<Speciality>,
}

/// Hospitals for a patient, ranked by road time, grade and speciality.
#[utoipa::path(get, path = "/api/v1/hospital-choices", tag = "roads", params(HospitalQuery),
    responses((status = 200, body = Vec<HospitalChoice>)))]
pub(super) async fn hospital_choices(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<HospitalQuery>,
) -> Result<Json<Vec<HospitalChoice>>, ApiError> {
    let at = match (&query.incident, spot(&app, query.lon, query.lat)?) {
        (Some(id), None) => scene(&app, &signed, id)?,
        (None, Some(at)) => at,
        _ => return Err(ApiError::bad_field("incident", "or lon and lat: name one of the two")),
    };
    let travel = travel(&app, at)?;
    let region = app.region.clone();
    let choices = move || travel.hospitals(&region.hospitals, at, query.speciality);
    run_blocking(choices).await.map(Json)
}

fn travel(app: &App, near: Wgs84) -> Result<Travel, ApiError> {
    let travel = app.roads.travel(app.clock.now()).ok_or(Code::Internal)?;
    Ok(travel.reaching(near))
}

const fn standing(position: Wgs84) -> VehicleAt {
    VehicleAt { position, heading_deg: None }
}

fn vehicle_at(app: &App, signed: &Signed, id: &str) -> Result<VehicleAt, ApiError> {
    let unknown = || ApiError::from(Code::UnknownVehicle).with("vehicle", id);
    let vehicle = VehicleId::from(id);
    let centre = app.desk.centre_of_vehicle(&vehicle).ok_or_else(unknown)?;
    signed.must_see(&centre)?;
    let at = app.rank_sources().whereabouts(&vehicle).ok_or_else(unknown)?;
    let nowhere = || ApiError::from(Code::VehicleUnseen).with("vehicle", id);
    let position = at.position.filter(|_| at.is_believed()).ok_or_else(nowhere)?;
    Ok(VehicleAt { position, heading_deg: at.heading_deg })
}

fn scene(app: &App, signed: &Signed, id: &str) -> Result<Wgs84, ApiError> {
    let incident = IncidentId::from(id);
    let found = app.desk.read_all(|states| {
        let mut all = states.values();
        all.find_map(|state| {
            let facts = &state.incidents.get(&incident)?.facts;
            Some((state.centre.clone(), facts.meeting_place().position))
        })
    });
    let unknown = || ApiError::from(Code::UnknownIncident).with("incident", id);
    let (centre, position) = found.ok_or_else(unknown)?;
    signed.must_see(&centre)?;
    position.ok_or_else(|| ApiError::from(Code::NoPosition).with("incident", id))
}

fn limits(text: &str) -> Result<Vec<u32>, ApiError> {
    let read: Result<Vec<u32>, _> = text.split(',').map(|it| it.trim().parse::<u32>()).collect();
    match read {
        Ok(limits)
            if limits.len() <= MOST_LIMITS
                && limits.iter().all(|it| (1..=MOST_MINUTES).contains(it)) =>
        {
            Ok(limits)
        }
        Ok(_) | Err(_) => {
            Err(ApiError::bad_field("minutes", "must be one to six whole numbers from 1 to 180"))
        }
    }
}
