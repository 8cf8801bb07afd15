//! How a centre's ground is covered by its free vehicles.

use crate::api_error::{ApiError, Code};
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Query;
use crate::http::queries::run_blocking;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::CentreId;
use serde::Deserialize;
use utoipa::IntoParams;
use wire_protocol::moves::CoverageView;

/// Of which centre.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CoverageQuery {
    /// The centre.
    centre: String,
}

/// The coverage of a centre: each piece of ground with its times, each station with the share of its ground that is
/// reached. Made once for each version of the centre's journal, and every half minute while that stands still.
#[utoipa::path(get, path = "/api/v1/coverage", tag = "roads", params(CoverageQuery),
    responses((status = 200, body = CoverageView)))]
pub(super) async fn coverage(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<CoverageQuery>,
) -> Result<Json<CoverageView>, ApiError> {
    let centre = CentreId::from(query.centre.as_str());
    let unknown = || ApiError::from(Code::UnknownCentre).with("centre", &query.centre);
    if app.region.centre(&query.centre).is_none() {
        return Err(unknown());
    }
    signed.must_see(&centre)?;
    let app = app.clone();
    let found = run_blocking(move || {
        let (states, _) = app.desk.states_and_heads();
        app.live.coverage().view(&app.coverage_sources(), states.get(&centre)?)
    });
    found.await?.map(Json).ok_or_else(unknown)
}
