//! Vehicle keys: made (and shown once), listed without showing them, removed.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Path;
use crate::release::is_outdated;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dispatch_core::model::{CentreId, VehicleId};
use wire_protocol::people::{VehicleKey, VehicleKeyView};

/// What is known of the keys of the vehicles one manages.
#[utoipa::path(get, path = "/api/v1/vehicle-keys", tag = "keys",
    responses((status = 200, body = Vec<VehicleKeyView>)))]
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
) -> Result<Json<Vec<VehicleKeyView>>, ApiError> {
    let keys = app.people.keys().await?;
    let managed =
        keys.into_iter().filter(|key| managed(&app, &signed, key.vehicle.as_str()).is_ok());
    let view = |key: crate::people::KeyRow| VehicleKeyView {
        vehicle: key.vehicle.to_string(),
        made_at: key.made_at.0,
        last_used_at: key.last_used_at.map(|at| at.0),
        is_outdated: is_outdated(&key.software),
        software: key.software,
    };
    Ok(Json(managed.map(view).collect()))
}

/// Makes a vehicle's key and shows it this once. The earlier key is void and its link ends.
#[utoipa::path(post, path = "/api/v1/vehicles/{id}/key", tag = "keys",
    params(("id" = String, Path)), responses((status = 201, body = VehicleKey)))]
pub(super) async fn make(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<VehicleKey>), ApiError> {
    let (vehicle, centre) = managed(&app, &signed, &id)?;
    let made = app
        .people
        .make_keys_by(std::slice::from_ref(&vehicle), &signed.author(), Some(&centre))
        .await?;
    let Some((_, key)) = made.into_iter().next() else { return Err(Code::Internal.into()) };
    tracing::info!(%vehicle, by = %signed.session.person.id, "a vehicle key was made");
    let made_at = app.clock.now().0;
    Ok((StatusCode::CREATED, Json(VehicleKey { vehicle: vehicle.to_string(), key, made_at })))
}

/// Removes a vehicle's key; its link ends.
#[utoipa::path(delete, path = "/api/v1/vehicles/{id}/key", tag = "keys",
    params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn remove(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let (vehicle, centre) = managed(&app, &signed, &id)?;
    app.people.remove_key_by(&vehicle, &signed.author(), Some(&centre)).await?;
    tracing::info!(%vehicle, by = %signed.session.person.id, "a vehicle key was removed");
    Ok(StatusCode::NO_CONTENT)
}

/// A vehicle of the region whose home centre the person manages; a lent one stays with its home.
pub(super) fn managed(
    app: &App,
    signed: &Signed,
    id: &str,
) -> Result<(VehicleId, CentreId), ApiError> {
    let known = app.region.vehicles.iter().find(|vehicle| vehicle.id == id);
    let vehicle = known.ok_or_else(|| ApiError::from(Code::UnknownVehicle).with("vehicle", id))?;
    let centre = CentreId::from(vehicle.centre.as_str());
    signed.must_manage(&centre)?;
    Ok((VehicleId::from(id), centre))
}
