//! Terminals of other makers: which is on which vehicle, who called without being known, and the gateways' keys.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::http::app::App;
use crate::http::guard::{Signed, SignedGateway};
use crate::http::input::{Body, Path};
use crate::http::routes::keys::managed;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dispatch_core::model::CentreId;
use wire_protocol::terminals::{
    BoundTerminal, GatewayKey, GatewayReport, GatewayTerminals, TerminalToBind, TerminalsView,
};

/// The gateways, with those who called and are not known, and the terminals on the vehicles one manages.
#[utoipa::path(get, path = "/api/v1/terminals", tag = "keys",
    responses((status = 200, body = TerminalsView)))]
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
) -> Result<Json<TerminalsView>, ApiError> {
    let gateways = app.people.gateways().await?;
    let terminals = app.people.terminals().await?.into_iter();
    let bound = terminals.filter(|it| managed(&app, &signed, &it.binding.vehicle).is_ok());
    Ok(Json(TerminalsView { gateways, bound: bound.collect() }))
}

/// Binds a terminal to a vehicle, or changes how it is bound. A terminal that changes its vehicle has to register anew.
#[utoipa::path(put, path = "/api/v1/terminals/{number}", tag = "keys", request_body = TerminalToBind,
    params(("number" = String, Path)), responses((status = 200, body = BoundTerminal)))]
pub(super) async fn bind(
    State(app): State<App>,
    signed: Signed,
    Path(number): Path<String>,
    Body(asked): Body<TerminalToBind>,
) -> Result<Json<BoundTerminal>, ApiError> {
    let (vehicle, centre) = managed(&app, &signed, &asked.vehicle)?;
    // Whoever takes a terminal from a vehicle must manage that one too.
    let may = |before: &BoundTerminal| managed_or_gone(&app, &signed, before);
    let bound = app.people.bind_terminal(&number, &asked, &signed.author(), &centre, may).await;
    let terminal: BoundTerminal = bound?;
    tracing::info!(%vehicle, by = %signed.session.person.id, "a terminal was bound");
    Ok(Json(terminal))
}

/// Unbinds a terminal; its vehicle loses its link.
#[utoipa::path(delete, path = "/api/v1/terminals/{number}", tag = "keys",
    params(("number" = String, Path)), responses((status = 204)))]
pub(super) async fn unbind(
    State(app): State<App>,
    signed: Signed,
    Path(number): Path<String>,
) -> Result<StatusCode, ApiError> {
    let may = |terminal: &BoundTerminal| managed_or_gone(&app, &signed, terminal);
    let terminal = app.people.unbind_terminal(&number, &signed.author(), may).await?;
    tracing::info!(vehicle = terminal.binding.vehicle, by = %signed.session.person.id, "a terminal was unbound");
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a terminal's code void: it has to register anew, and its line ends.
#[utoipa::path(post, path = "/api/v1/terminals/{number}/code", tag = "keys",
    params(("number" = String, Path)), responses((status = 200, body = BoundTerminal)))]
pub(super) async fn rotate(
    State(app): State<App>,
    signed: Signed,
    Path(number): Path<String>,
) -> Result<Json<BoundTerminal>, ApiError> {
    let may = |terminal: &BoundTerminal| managed_or_gone(&app, &signed, terminal);
    let terminal = app.people.rotate_terminal(&number, &signed.author(), may).await?;
    tracing::info!(vehicle = terminal.binding.vehicle, by = %signed.session.person.id, "a terminal's code was changed");
    Ok(Json(terminal))
}

/// Makes a gateway, or a new key for one, and shows it this once. Links with the earlier key end.
#[utoipa::path(post, path = "/api/v1/gateways/{name}/key", tag = "keys",
    params(("name" = String, Path)), responses((status = 201, body = GatewayKey)))]
pub(super) async fn make_gateway_key(
    State(app): State<App>,
    signed: Signed,
    Path(name): Path<String>,
) -> Result<(StatusCode, Json<GatewayKey>), ApiError> {
    must_manage_all(&app, &signed)?;
    let key = app.people.make_gateway_key(&name, &signed.author()).await?;
    tracing::info!(gateway = name, by = %signed.session.person.id, "a gateway's key was made");
    let made_at = app.clock.now().0;
    Ok((StatusCode::CREATED, Json(GatewayKey { gateway: name, key, made_at })))
}

/// Removes a gateway; links with its key end.
#[utoipa::path(delete, path = "/api/v1/gateways/{name}/key", tag = "keys",
    params(("name" = String, Path)), responses((status = 204)))]
pub(super) async fn remove_gateway(
    State(app): State<App>,
    signed: Signed,
    Path(name): Path<String>,
) -> Result<StatusCode, ApiError> {
    must_manage_all(&app, &signed)?;
    if !app.people.remove_gateway(&name, &signed.author()).await? {
        return Err(Code::UnknownGateway.into());
    }
    tracing::info!(gateway = name, by = %signed.session.person.id, "a gateway was removed");
    Ok(StatusCode::NO_CONTENT)
}

/// What a gateway tells of itself and of those it does not know; it is given the terminals that are bound to it.
#[utoipa::path(post, path = "/api/v1/gateway/terminals", tag = "links", request_body = GatewayReport,
    responses((status = 200, body = GatewayTerminals)))]
pub(super) async fn report(
    State(app): State<App>,
    SignedGateway(gateway): SignedGateway,
    Body(report): Body<GatewayReport>,
) -> Result<Json<GatewayTerminals>, ApiError> {
    Ok(Json(app.people.gateway_reported(&gateway, report).await))
}

/// The centre of a bound terminal's vehicle, which the person must manage. A vehicle that left the region is anybody's
/// who manages the whole of it.
fn managed_or_gone(
    app: &App,
    signed: &Signed,
    terminal: &BoundTerminal,
) -> Result<CentreId, ApiError> {
    let vehicle = &terminal.binding.vehicle;
    if app.region.vehicles.iter().any(|it| it.id == *vehicle) {
        return Ok(managed(app, signed, vehicle)?.1);
    }
    must_manage_all(app, signed)?;
    Ok(signed.session.person.centre.clone())
}

/// A gateway speaks for vehicles of every centre.
fn must_manage_all(app: &App, signed: &Signed) -> Result<(), ApiError> {
    app.centres.iter().try_for_each(|centre| signed.must_manage(centre))
}
