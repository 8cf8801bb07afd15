//! Vehicles as they are, and where they were.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::commands::moment;
use crate::history::StoredFix;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::{Path, Query};
use crate::http::queries;
use crate::views::ToWire;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::{CentreId, Timestamp, VehicleId};
use dispatch_core::state::Stay;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire_protocol::commands::Position;
use wire_protocol::terminals::VehicleTerminalView;
use wire_protocol::views::VehicleView;
use wire_protocol::vocabulary::FixQuality;

/// Fixes in one answer when no number is asked for: half an hour at one a second.
const FIXES_USUAL: u32 = 2_000;
/// Most fixes in one answer: a megabyte.
const FIXES_MOST: u32 = 10_000;

/// Every vehicle of the centres one sees.
#[utoipa::path(get, path = "/api/v1/vehicles", tag = "vehicles",
    responses((status = 200, body = Vec<VehicleView>)))]
pub(super) async fn list(State(app): State<App>, signed: Signed) -> Json<Vec<VehicleView>> {
    Json(queries::vehicles(&app, &signed.scope.sees))
}

/// One vehicle.
#[utoipa::path(get, path = "/api/v1/vehicles/{id}", tag = "vehicles",
    params(("id" = String, Path)), responses((status = 200, body = VehicleView)))]
pub(super) async fn one(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Json<VehicleView>, ApiError> {
    let vehicle = seen(&app, &signed, &id)?;
    queries::vehicle(&app, &vehicle).map(Json).ok_or_else(|| unknown(&id))
}

/// Its terminal, as it is known now.
#[utoipa::path(get, path = "/api/v1/vehicles/{id}/terminal", tag = "vehicles",
    params(("id" = String, Path)), responses((status = 200, body = VehicleTerminalView)))]
pub(super) async fn terminal(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Json<VehicleTerminalView>, ApiError> {
    let vehicle = seen(&app, &signed, &id)?;
    let (software, has_camera) = (app.live.software_of(&vehicle), app.live.has_camera(&vehicle));
    Ok(Json(VehicleTerminalView { software, has_camera }))
}

/// Which stretch of time.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Stretch {
    /// From this moment of measurement on.
    from: i64,
    /// To this moment of measurement.
    to: i64,
    /// How many at most; 2 000 when absent, never more than 10 000.
    limit: Option<u32>,
}

/// A fix of the past.
#[derive(Serialize, ToSchema)]
pub(super) struct PastFix {
    /// Where, WGS-84.
    position: Position,
    /// When it was measured.
    fix_time: i64,
    /// When it reached the server.
    received_at: i64,
    /// Metres a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    speed_mps: Option<f32>,
    /// Degrees from north.
    #[serde(skip_serializing_if = "Option::is_none")]
    heading_deg: Option<f32>,
    /// What was thought of it.
    quality: FixQuality,
}

/// Where a vehicle was, in order of measurement, while it belonged to a centre that one sees: what it did for
/// another centre before or since is that one's.
#[utoipa::path(get, path = "/api/v1/vehicles/{id}/positions", tag = "vehicles",
    params(("id" = String, Path), Stretch), responses((status = 200, body = Vec<PastFix>)))]
pub(super) async fn positions(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
    Query(asked): Query<Stretch>,
) -> Result<Json<Vec<PastFix>>, ApiError> {
    let vehicle = VehicleId::from(id.as_str());
    let (from, to) = stretch(asked.from, asked.to)?;
    let mut room = asked.limit.unwrap_or(FIXES_USUAL).min(FIXES_MOST);
    let mut fixes = Vec::new();
    for (from, to) in stretches_seen(&app, &signed, &vehicle, (from, to))? {
        if room == 0 {
            break;
        }
        let rows = app.history.query(&vehicle, from, to, room).await.map_err(|failure| {
            tracing::error!(%failure, "position history cannot be read");
            ApiError::from(Code::StoreFailed)
        })?;
        room = room.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        fixes.extend(rows.into_iter().map(past_fix));
    }
    Ok(Json(fixes))
}

/// The parts of a stretch of time in which a vehicle belonged to centres that the person sees, in order.
fn stretches_seen(
    app: &App,
    signed: &Signed,
    vehicle: &VehicleId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<(Timestamp, Timestamp)>, ApiError> {
    let stays_at = |centre: &CentreId| -> Vec<Stay> {
        app.desk.read(centre, |state| state.stays(vehicle).collect()).unwrap_or_default()
    };
    let sees = &signed.scope.sees;
    let own: Vec<Stay> = sees.iter().flat_map(&stays_at).collect();
    if own.is_empty() {
        // A vehicle of others is refused; one that never was is not known.
        let elsewhere = app.centres.iter().find(|centre| !stays_at(centre).is_empty());
        let Some(centre) = elsewhere else { return Err(unknown(vehicle.as_str())) };
        signed.must_see(centre)?;
    }
    if app.centres.iter().all(|centre| sees.contains(centre)) {
        return Ok(vec![(from, to)]);
    }
    // What it measured before it was enrolled belongs to its first stay.
    let first = app.centres.iter().flat_map(&stays_at).map(|stay| stay.from).min();
    let since = |stay: &Stay| if Some(stay.from) == first { from } else { stay.from };
    let parts = own.iter().map(|stay| Stay { from: since(stay), ..*stay });
    let mut parts: Vec<_> = parts.filter_map(|stay| stay.within(from, to)).collect();
    parts.sort_unstable();
    Ok(parts)
}

fn past_fix(row: StoredFix) -> PastFix {
    PastFix {
        position: Position { lon: row.position.lon, lat: row.position.lat },
        fix_time: row.fix_time.0,
        received_at: row.received_at.0,
        speed_mps: row.speed_mps,
        heading_deg: row.heading_deg,
        quality: row.quality.to_wire(),
    }
}

/// Two moments that some clock shows, in their order.
pub(super) fn stretch(from: i64, to: i64) -> Result<(Timestamp, Timestamp), ApiError> {
    let (from, to) = (moment("from", from)?, moment("to", to)?);
    if from > to {
        return Err(ApiError::bad_field("from", "must not lie after to"));
    }
    Ok((from, to))
}

/// The vehicle, when there is one and the person sees the centre it is with now.
pub(super) fn seen(app: &App, signed: &Signed, id: &str) -> Result<VehicleId, ApiError> {
    let vehicle = VehicleId::from(id);
    let centre: CentreId = app.desk.centre_of_vehicle(&vehicle).ok_or_else(|| unknown(id))?;
    signed.must_see(&centre)?;
    Ok(vehicle)
}

fn unknown(id: &str) -> ApiError {
    ApiError::from(Code::UnknownVehicle).with("vehicle", id)
}
