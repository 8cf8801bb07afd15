//! What supervisors draw on the roads, how right the predictions were, and the correction they switch on.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::commands::{on_the_ground, optional_moment};
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::{Body, Path};
use crate::roads::{BadCondition, BadProfile, RoadStoreError};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dispatch_core::model::Wgs84;
use region::Area;
use wire_protocol::route::{
    RoadConditionRequest, RoadConditionView, TravelProfileRequest, TravelProfileView,
    TravelTimesReport,
};

/// The closed roads and slow areas that hold.
#[utoipa::path(get, path = "/api/v1/road-conditions", tag = "roads",
    responses((status = 200, body = Vec<RoadConditionView>)))]
pub(super) async fn list(State(app): State<App>) -> Json<Vec<RoadConditionView>> {
    Json(app.roads.conditions(app.clock.now()))
}

/// Closes roads or slows them down; the next ranking already knows.
#[utoipa::path(post, path = "/api/v1/road-conditions", tag = "roads",
    request_body = RoadConditionRequest, responses((status = 201, body = RoadConditionView)))]
pub(super) async fn add(
    State(app): State<App>,
    signed: Signed,
    Body(asked): Body<RoadConditionRequest>,
) -> Result<(StatusCode, Json<RoadConditionView>), ApiError> {
    for &[lon, lat] in &asked.area {
        on_the_ground(&app.region, "area", lon, lat)?;
    }
    optional_moment("until", asked.until)?;
    within_own_land(&app, &signed, &asked.area)?;
    let by = &signed.session.person.id;
    let added = app.roads.add_condition(asked, by.as_str(), app.clock.now()).await.map_err(
        |why| match why {
            BadCondition::Field(field, problem) => ApiError::bad_field(field, problem),
            BadCondition::Full => ApiError::bad_field(
                "area",
                "is one too many: 500 conditions hold already, end some first",
            ),
            BadCondition::Store(failure) => failed(&failure),
        },
    )?;
    tracing::info!(id = added.id, %by, "a road condition was added");
    Ok((StatusCode::CREATED, Json(added)))
}

/// Ends a condition.
#[utoipa::path(delete, path = "/api/v1/road-conditions/{id}", tag = "roads",
    params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn remove(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let find = || app.roads.conditions(app.clock.now()).into_iter().find(|held| held.id == id);
    let held = match find() {
        Some(held) => held,
        // Drawn at another server a moment ago.
        None => {
            app.roads.read_again().await.map_err(|failure| failed(&failure))?;
            find().ok_or(Code::NotFound)?
        }
    };
    within_own_land(&app, &signed, &held.area)?;
    let by = &signed.session.person.id;
    let done = app.roads.remove_condition(&id, by.as_str(), app.clock.now()).await;
    if !done.map_err(|failure| failed(&failure))? {
        return Err(Code::NotFound.into());
    }
    tracing::info!(id, %by, "a road condition was ended");
    Ok(StatusCode::NO_CONTENT)
}

/// How right the predicted times to the scene were.
#[utoipa::path(get, path = "/api/v1/reports/travel-times", tag = "roads",
    responses((status = 200, body = TravelTimesReport)))]
pub(super) async fn report(State(app): State<App>) -> Json<TravelTimesReport> {
    Json(app.roads.report(app.clock.now()))
}

/// Switches a correction of all predicted times on.
#[utoipa::path(post, path = "/api/v1/travel-profile", tag = "roads",
    request_body = TravelProfileRequest, responses((status = 200, body = TravelProfileView)))]
pub(super) async fn correct(
    State(app): State<App>,
    signed: Signed,
    Body(asked): Body<TravelProfileRequest>,
) -> Result<Json<TravelProfileView>, ApiError> {
    if !acts_everywhere(&app, &signed) {
        return Err(ApiError::from(Code::WrongCentre)
            .saying("travel times are corrected for the whole region, by the regional centre alone")
            .with("centre", &app.regional));
    }
    let by = &signed.session.person.id;
    let done = app.roads.correct(asked, by.as_str(), app.clock.now()).await;
    let profile = done.map_err(|why| match why {
        BadProfile::Field(field, problem) => ApiError::bad_field(field, problem),
        BadProfile::Store(failure) => failed(&failure),
    })?;
    let (roads, parts) = (profile.roads.len(), profile.parts.len());
    tracing::info!(factor = profile.factor, roads, parts, %by, "a travel time correction was switched on");
    Ok(Json(profile))
}

/// Whether a person acts for every centre.
fn acts_everywhere(app: &App, signed: &Signed) -> bool {
    app.centres.iter().all(|centre| signed.scope.acts_for.contains(centre))
}

/// Refuses an area that does not lie whole within the land of a centre for which the person may give commands: a closed road
/// turns away every vehicle that comes by.
fn within_own_land(app: &App, signed: &Signed, area: &[[f64; 2]]) -> Result<(), ApiError> {
    if acts_everywhere(app, signed) {
        return Ok(());
    }
    let corners: Option<Vec<Wgs84>> =
        area.iter().map(|&[lon, lat]| Wgs84::checked(lon, lat)).collect();
    // A ring of fewer corners is told as such by the check of fields.
    let Some(corners) = corners.filter(|corners| corners.len() >= 3) else { return Ok(()) };
    let own = |area: &&Area| {
        area.centre.as_deref().is_some_and(|owner| {
            signed.scope.acts_for.iter().any(|centre| centre.as_str() == owner)
        })
    };
    if app.region.areas.prefectures.iter().filter(own).any(|land| land.holds_ring(&corners)) {
        return Ok(());
    }
    Err(ApiError::from(Code::WrongCentre)
        .saying("the area reaches beyond your centre's land; ask the regional centre")
        .with("centre", &signed.session.person.centre))
}

fn failed(failure: &RoadStoreError) -> ApiError {
    tracing::error!(%failure, "the tables of roads cannot be written");
    Code::StoreFailed.into()
}
