//! Which vehicle to send, and whether the call is about an incident already open.

use crate::acts::on_the_ground;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Query;
use crate::http::queries;
use crate::rank::DuplicateRequest;
use crate::refusal::Refusal;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::Wgs84;
use serde::Deserialize;
use utoipa::IntoParams;
use wire_protocol::recommendation::{DuplicateCandidate, Recommendation};
use wire_protocol::vocabulary::{IncidentKind, Priority, VehicleKind};

/// For what to rank: an incident, or a place with a priority while the call is still being taken.
#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct RankQuery {
    /// An open incident; the rest is then read from it.
    pub(in crate::http) incident: Option<String>,
    /// WGS-84 degrees east of the scene.
    pub(in crate::http) lon: Option<f64>,
    /// WGS-84 degrees north of the scene.
    pub(in crate::http) lat: Option<f64>,
    /// How soon a vehicle is needed; `urgent` when absent.
    #[param(inline)]
    pub(in crate::http) priority: Option<Priority>,
    /// What kind of incident; `illness` when absent.
    #[param(inline)]
    pub(in crate::http) kind: Option<IncidentKind>,
    /// For which centre; the owner of the place when absent. Not read with an incident.
    pub(in crate::http) centre: Option<String>,
    /// Whether vehicles of other centres are offered too.
    pub(in crate::http) mutual_aid: Option<bool>,
    /// Whether every vehicle is listed, however far; else the best thirty, and a count of those left out.
    pub(in crate::http) all: Option<bool>,
    /// Whether the place is that of an exercise. Not read with an incident.
    pub(in crate::http) test: Option<bool>,
    /// The kind of vehicle needed. Not read with an incident.
    #[param(inline)]
    pub(in crate::http) vehicle_kind: Option<VehicleKind>,
    /// Codes of equipment needed, with commas between. Not read with an incident.
    pub(in crate::http) equipment: Option<String>,
}

/// Ranked vehicles with their terms, and every other with why not.
#[utoipa::path(get, path = "/api/v1/recommendations", tag = "recommendation", params(RankQuery),
    responses((status = 200, body = Recommendation)))]
pub(super) async fn recommendations(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<RankQuery>,
) -> Result<Json<Recommendation>, Refusal> {
    queries::recommend(&app, &signed, query).await.map(Json)
}

/// What is known of the call.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DuplicateQuery {
    /// The centre that takes the call.
    centre: String,
    /// WGS-84 degrees east of the scene, when known.
    lon: Option<f64>,
    /// WGS-84 degrees north of the scene, when known.
    lat: Option<f64>,
    /// The caller's number, when shown.
    caller_number: Option<String>,
    /// Radius in metres within which the true place lies, when known.
    error_radius_m: Option<u32>,
    /// True for an exercise, which is compared with exercises only.
    test: Option<bool>,
}

/// Open incidents that may be the one being reported. Nothing is ever merged by itself.
#[utoipa::path(get, path = "/api/v1/duplicates", tag = "recommendation", params(DuplicateQuery),
    responses((status = 200, body = Vec<DuplicateCandidate>)))]
pub(super) async fn duplicates(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<DuplicateQuery>,
) -> Result<Json<Vec<DuplicateCandidate>>, Refusal> {
    let request = DuplicateRequest {
        centre: query.centre.as_str().into(),
        scene: spot(&app, query.lon, query.lat)?,
        error_radius_m: query.error_radius_m,
        caller_number: query.caller_number,
        test: query.test.unwrap_or(false),
    };
    signed.must_see(&request.centre)?;
    queries::duplicates(&app, &request).map(Json)
}

/// A scene from two halves that come together or not at all.
pub(in crate::http) fn spot(
    app: &App,
    lon: Option<f64>,
    lat: Option<f64>,
) -> Result<Option<Wgs84>, Refusal> {
    let halves = both(lon, lat)?;
    halves.map(|(lon, lat)| on_the_ground(&app.region, "lon", lon, lat)).transpose()
}

/// Two halves of a position that come together or not at all.
pub(in crate::http) fn both(
    lon: Option<f64>,
    lat: Option<f64>,
) -> Result<Option<(f64, f64)>, Refusal> {
    match (lon, lat) {
        (Some(lon), Some(lat)) => Ok(Some((lon, lat))),
        (None, None) => Ok(None),
        (Some(_), None) | (None, Some(_)) => Err(Refusal::bad_field("lon", "and lat go together")),
    }
}
