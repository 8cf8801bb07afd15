//! Where vehicles were: near a place, and in a box.

use super::{POSITIONS_DAYS_MOST, failed, geo_box, reports, span};
use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Query;
use crate::http::routes::region::position;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire_protocol::commands::Position;

/// Farthest that "near" may mean.
const METRES_MOST: f64 = 50_000.0;

/// Near what, and when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct PassersQuery {
    /// WGS-84 degrees east.
    lon: f64,
    /// WGS-84 degrees north.
    lat: f64,
    /// Radius in metres, at most 50 000.
    metres: f64,
    /// From this moment of measurement on.
    from: i64,
    /// To before this moment; at most 93 days later.
    to: i64,
}

/// A vehicle that was near a place.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct PasserView {
    /// Which.
    vehicle: String,
    /// Its first fix within the radius.
    first_at: i64,
    /// Its last fix within the radius.
    last_at: i64,
    /// Metres between the place and its nearest fix.
    nearest_m: f64,
}

/// Which vehicles were near a place, in order of their coming; at most 10 000.
#[utoipa::path(get, path = "/api/v1/reports/passers", tag = "reports", params(PassersQuery),
    responses((status = 200, body = Vec<PasserView>)))]
pub(in crate::http) async fn passers(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<PassersQuery>,
) -> Result<Json<Vec<PasserView>>, ApiError> {
    let place = position(asked.lon, asked.lat)?;
    if !(asked.metres > 0.0 && asked.metres <= METRES_MOST) {
        return Err(ApiError::bad_field("metres", "must be above 0 and at most 50000"));
    }
    let span = span(asked.from, asked.to, POSITIONS_DAYS_MOST)?;
    let found = reports(&app)?.who_was_near(place, asked.metres, span, &signed.scope.sees).await;
    let view = |passer: crate::reports::questions::Passer| PasserView {
        vehicle: passer.vehicle.to_string(),
        first_at: passer.first_at.0,
        last_at: passer.last_at.0,
        nearest_m: passer.nearest_m,
    };
    Ok(Json(found.map_err(failed)?.into_iter().map(view).collect()))
}

/// Which box, and when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct TracksQuery {
    /// WGS-84 degrees east of the western side.
    west: f64,
    /// WGS-84 degrees north of the southern side.
    south: f64,
    /// WGS-84 degrees east of the eastern side.
    east: f64,
    /// WGS-84 degrees north of the northern side.
    north: f64,
    /// From this moment of measurement on.
    from: i64,
    /// To before this moment; at most 93 days later.
    to: i64,
}

/// One fix of a track.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct TrackPointView {
    /// Which vehicle.
    vehicle: String,
    /// When it was measured.
    at: i64,
    /// Where, WGS-84.
    position: Position,
}

/// The fixes in a box, by vehicle and time; at most 10 000.
#[utoipa::path(get, path = "/api/v1/reports/tracks", tag = "reports", params(TracksQuery),
    responses((status = 200, body = Vec<TrackPointView>)))]
pub(in crate::http) async fn tracks(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<TracksQuery>,
) -> Result<Json<Vec<TrackPointView>>, ApiError> {
    let area = geo_box(asked.west, asked.south, asked.east, asked.north)?;
    let span = span(asked.from, asked.to, POSITIONS_DAYS_MOST)?;
    let found = reports(&app)?.tracks_in(area, span, &signed.scope.sees).await;
    let view = |point: crate::reports::questions::TrackPoint| TrackPointView {
        vehicle: point.vehicle.to_string(),
        at: point.at.0,
        position: Position { lon: point.position.lon, lat: point.position.lat },
    };
    Ok(Json(found.map_err(failed)?.into_iter().map(view).collect()))
}
