//! Where incidents were: by area, and in the cells of a heat map. Exercises are not counted.

use super::{AreaKind, COUNTS_DAYS_MOST, failed, geo_box, reports, span};
use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Query;
use crate::reports::questions::HeatMap;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire_protocol::commands::Position;

/// Sides that a cell may have, in degrees: from a hundred metres to a county.
const CELL_DEG: std::ops::RangeInclusive<f64> = 0.001..=1.0;

/// Which areas, and when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct AreasQuery {
    /// `prefecture` or `county`.
    #[param(inline)]
    kind: AreaKind,
    /// Opened from this moment on.
    from: i64,
    /// Opened before this moment; at most four years later.
    to: i64,
}

/// How many incidents an area had.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct AreaCountView {
    /// The area's code.
    code: String,
    /// Its name in Chinese.
    name_zh: String,
    /// Incidents of the centres one sees whose scene lies in it.
    incidents: i64,
}

/// Incidents by area, the most first.
#[utoipa::path(get, path = "/api/v1/reports/incidents-by-area", tag = "reports",
    params(AreasQuery), responses((status = 200, body = Vec<AreaCountView>)))]
pub(in crate::http) async fn incidents_by_area(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<AreasQuery>,
) -> Result<Json<Vec<AreaCountView>>, ApiError> {
    let span = span(asked.from, asked.to, COUNTS_DAYS_MOST)?;
    let sees = &signed.scope.sees;
    let found = reports(&app)?.incidents_by_area(asked.kind.word(), span, sees).await;
    let view = |area: crate::reports::questions::AreaCount| AreaCountView {
        code: area.code,
        name_zh: area.name_zh,
        incidents: area.incidents,
    };
    Ok(Json(found.map_err(failed)?.into_iter().map(view).collect()))
}

/// Which box, when, and how fine.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct HeatQuery {
    /// WGS-84 degrees east of the western side.
    west: f64,
    /// WGS-84 degrees north of the southern side.
    south: f64,
    /// WGS-84 degrees east of the eastern side.
    east: f64,
    /// WGS-84 degrees north of the northern side.
    north: f64,
    /// Opened from this moment on.
    from: i64,
    /// Opened before this moment; at most four years later.
    to: i64,
    /// The side of a cell in degrees, 0.001 to 1.
    cell_deg: f64,
}

/// One cell with incidents.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct HeatCellView {
    /// Its middle, WGS-84.
    middle: Position,
    /// Incidents in it.
    incidents: i64,
}

/// Incidents counted in cells, the fullest first; at most 10 000 cells.
#[utoipa::path(get, path = "/api/v1/reports/heat-map", tag = "reports", params(HeatQuery),
    responses((status = 200, body = Vec<HeatCellView>)))]
pub(in crate::http) async fn heat_map(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<HeatQuery>,
) -> Result<Json<Vec<HeatCellView>>, ApiError> {
    let area = geo_box(asked.west, asked.south, asked.east, asked.north)?;
    let span = span(asked.from, asked.to, COUNTS_DAYS_MOST)?;
    if !CELL_DEG.contains(&asked.cell_deg) {
        return Err(ApiError::bad_field("cell_deg", "must be 0.001 to 1"));
    }
    let map = HeatMap { area, span, cell_deg: asked.cell_deg };
    let found = reports(&app)?.heat_cells(map, &signed.scope.sees).await;
    let view = |cell: crate::reports::questions::HeatCell| HeatCellView {
        middle: Position { lon: cell.middle.lon, lat: cell.middle.lat },
        incidents: cell.incidents,
    };
    Ok(Json(found.map_err(failed)?.into_iter().map(view).collect()))
}
