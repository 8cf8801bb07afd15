//! The nearest defibrillators and hospitals, by distance on the globe: to tell a caller, not to choose where
//! to drive, which goes by road.

use super::{failed, reports};
use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::input::Query;
use crate::http::routes::region::position;
use crate::reports::questions::Near;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire_protocol::commands::Position;

/// How many are told when no number is asked for.
const USUAL: u32 = 5;
/// Most in one answer.
const MOST: u32 = 100;

/// Near what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct NearQuery {
    /// WGS-84 degrees east.
    lon: f64,
    /// WGS-84 degrees north.
    lat: f64,
    /// How many at most; 5 when absent, never more than 100.
    limit: Option<u32>,
}

/// Something near.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct NearView {
    /// Its id.
    id: String,
    /// What it is called, or where exactly it is; in Chinese.
    name: String,
    /// Where, WGS-84.
    position: Position,
    /// Metres from the place asked for, on the globe.
    distance_m: f64,
    /// How far it may be trusted: `fact`, `approximate` or `invented`; absent where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
}

/// The nearest public defibrillators, nearest first.
#[utoipa::path(get, path = "/api/v1/reports/nearest-aeds", tag = "reports", params(NearQuery),
    responses((status = 200, body = Vec<NearView>)))]
pub(in crate::http) async fn nearest_aeds(
    State(app): State<App>,
    Query(asked): Query<NearQuery>,
) -> Result<Json<Vec<NearView>>, ApiError> {
    let place = position(asked.lon, asked.lat)?;
    let found = reports(&app)?.nearest_aeds(place, most(&asked)).await;
    Ok(Json(found.map_err(failed)?.into_iter().map(view).collect()))
}

/// The nearest hospitals, nearest first.
#[utoipa::path(get, path = "/api/v1/reports/nearest-hospitals", tag = "reports",
    params(NearQuery), responses((status = 200, body = Vec<NearView>)))]
pub(in crate::http) async fn nearest_hospitals(
    State(app): State<App>,
    Query(asked): Query<NearQuery>,
) -> Result<Json<Vec<NearView>>, ApiError> {
    let place = position(asked.lon, asked.lat)?;
    let found = reports(&app)?.nearest_hospitals(place, most(&asked)).await;
    Ok(Json(found.map_err(failed)?.into_iter().map(view).collect()))
}

fn most(asked: &NearQuery) -> u32 {
    asked.limit.unwrap_or(USUAL).min(MOST)
}

fn view(near: Near) -> NearView {
    NearView {
        id: near.id,
        name: near.name,
        position: Position { lon: near.position.lon, lat: near.position.lat },
        distance_m: near.distance_m,
        basis: near.basis,
    }
}
