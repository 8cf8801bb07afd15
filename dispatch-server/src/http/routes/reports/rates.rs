//! The 3-minute rate (3分钟出车率) and response times, by station and by area. Exercises are not counted.

use super::{AreaKind, COUNTS_DAYS_MOST, failed, reports, span};
use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Query;
use crate::reports::questions::Rate;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// When.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct SpanQuery {
    /// Tasks created from this moment on.
    from: i64,
    /// Tasks created before this moment; at most four years later.
    to: i64,
}

/// When, and which areas.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct AreaRatesQuery {
    /// `prefecture` or `county`, by where the scene lies.
    #[param(inline)]
    kind: AreaKind,
    /// Tasks created from this moment on.
    from: i64,
    /// Tasks created before this moment; at most four years later.
    to: i64,
}

/// How a station or an area did.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct RateView {
    /// Id of the station, code of the area; absent for tasks of no known one.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Tasks created in the stretch of time.
    tasks: i64,
    /// Of these, tasks whose vehicle departed.
    departed: i64,
    /// Of the departed, the share that did within three minutes of the order, 0 to 1; absent when none
    /// departed.
    #[serde(skip_serializing_if = "Option::is_none")]
    within_three_minutes: Option<f64>,
    /// Incidents whose first received order was that of one of these tasks; appointments are none. Absent when there
    /// are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    ordered: Option<i64>,
    /// Of these, the share whose order was sent within a minute of the call, 0 to 1; absent when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    within_one_minute: Option<f64>,
    /// Seconds from the first call to the first vehicle at the scene, the middle value; absent when none of
    /// these tasks was the first there.
    #[serde(skip_serializing_if = "Option::is_none")]
    response_median_seconds: Option<f64>,
    /// Seconds from the first call to the first vehicle at the scene that nine in ten did not exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    response_p90_seconds: Option<f64>,
}

/// By station.
#[utoipa::path(get, path = "/api/v1/reports/rates-by-station", tag = "reports",
    params(SpanQuery), responses((status = 200, body = Vec<RateView>)))]
pub(in crate::http) async fn rates_by_station(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<SpanQuery>,
) -> Result<Json<Vec<RateView>>, ApiError> {
    let span = span(asked.from, asked.to, COUNTS_DAYS_MOST)?;
    let found = reports(&app)?.rates_by_station(span, &signed.scope.sees).await;
    Ok(Json(found.map_err(failed)?.into_iter().map(view).collect()))
}

/// By the area in which the scene lies.
#[utoipa::path(get, path = "/api/v1/reports/rates-by-area", tag = "reports",
    params(AreaRatesQuery), responses((status = 200, body = Vec<RateView>)))]
pub(in crate::http) async fn rates_by_area(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<AreaRatesQuery>,
) -> Result<Json<Vec<RateView>>, ApiError> {
    let span = span(asked.from, asked.to, COUNTS_DAYS_MOST)?;
    let sees = &signed.scope.sees;
    let found = reports(&app)?.rates_by_area(asked.kind.word(), span, sees).await;
    Ok(Json(found.map_err(failed)?.into_iter().map(view).collect()))
}

fn view(rate: Rate) -> RateView {
    RateView {
        id: rate.id,
        tasks: rate.tasks,
        departed: rate.departed,
        within_three_minutes: rate.within_three_minutes,
        ordered: Some(rate.ordered).filter(|orders| *orders > 0),
        within_one_minute: rate.within_one_minute,
        response_median_seconds: rate.response_median_s,
        response_p90_seconds: rate.response_ninth_decile_s,
    }
}
