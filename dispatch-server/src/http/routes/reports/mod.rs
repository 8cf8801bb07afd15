//! Reports: what PostGIS answers about the past. Each counts what belongs to the centres one sees. With
//! the embedded store there is no PostGIS, and the answer says so.

mod areas;
mod nearest;
mod rates;
mod tracks;

pub(super) use areas::*;
pub(super) use nearest::*;
pub(super) use rates::*;
pub(super) use tracks::*;

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::http::app::App;
use crate::http::routes::vehicles::stretch;
use crate::reports::questions::{GeoBox, Span};
use crate::reports::{Reports, ReportsError};
use dispatch_core::model::Wgs84;
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest stretch that rates and counts are asked for: as long as records are kept, and some.
const COUNTS_DAYS_MOST: i64 = 4 * 366;
/// Longest stretch that positions are asked for: each day is a table of its own to look into.
const POSITIONS_DAYS_MOST: i64 = 93;

const DAY_MILLIS: i64 = 24 * 3600 * 1000;

/// Which areas.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum AreaKind {
    /// Cities (地级市).
    Prefecture,
    /// Counties and districts (县、区).
    County,
}

impl AreaKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Prefecture => "prefecture",
            Self::County => "county",
        }
    }
}

fn reports(app: &App) -> Result<&Reports, ApiError> {
    app.reports.as_ref().ok_or_else(|| Code::NeedsPostgres.into())
}

fn span(from: i64, to: i64, days_most: i64) -> Result<Span, ApiError> {
    let (from, to) = stretch(from, to)?;
    if (to.0 - from.0) / DAY_MILLIS > days_most {
        return Err(ApiError::bad_field(
            "to",
            &format!("must lie within {days_most} days of from"),
        ));
    }
    Ok(Span { from, to })
}

fn geo_box(west: f64, south: f64, east: f64, north: f64) -> Result<GeoBox, ApiError> {
    let corners = Wgs84::checked(west, south).zip(Wgs84::checked(east, north));
    let corners = corners.filter(|(a, b)| a.lon < b.lon && a.lat < b.lat);
    corners.map(|(south_west, north_east)| GeoBox { south_west, north_east }).ok_or_else(|| {
        ApiError::bad_field("west", "south, east and north must be a box on the globe")
    })
}

fn failed(error: ReportsError) -> ApiError {
    tracing::error!(%error, "a report cannot be made");
    Code::StoreFailed.into()
}
