//! The region's data: what it is made of, its map, its places, and whose a place is.

use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::encoding::accepts_gzip;
use crate::http::input::Query;
use crate::http::region_view::{Ready, kilometre_unknown, place_found};
use crate::http::routes::rank::both;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dispatch_core::model::Wgs84;
use dispatch_core::text::is_hidden;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire_protocol::region::{PlacesFound, RegionView};

/// Most characters of a search that are looked at; an address in Chinese has some thirty.
const SEARCH_CHARS_MOST: usize = 100;
/// Places sent when the search names no number.
const PLACES_USUAL: usize = 10;

/// Changes only when the server starts anew.
const KEPT_A_MINUTE: &str = "private, max-age=60";

/// The region: centres, stations, hospitals, norms, credits.
#[utoipa::path(get, path = "/api/v1/region", tag = "region",
    responses((status = 200, body = RegionView)))]
pub(super) async fn region(State(app): State<App>, headers: HeaderMap) -> Response {
    document("application/json", &app.documents.region, &headers)
}

/// The region's map as GeoJSON; every feature has a `layer`.
#[utoipa::path(get, path = "/api/v1/map", tag = "region",
    responses((status = 200, content_type = "application/geo+json", body = Object)))]
pub(super) async fn map(State(app): State<App>, headers: HeaderMap) -> Response {
    document("application/geo+json", &app.documents.map, &headers)
}

/// What of the region's map a terminal draws without a network: outline, rivers, roads of the larger classes, places,
/// hospitals, stations. GeoJSON in WGS-84; every feature has a `layer`.
#[utoipa::path(get, path = "/api/v1/vehicle/map", tag = "links",
    responses((status = 200, content_type = "application/geo+json", body = Object),
        (status = 304, description = "It is the map that `If-None-Match` names")))]
pub(super) async fn tablet_map(State(app): State<App>, headers: HeaderMap) -> Response {
    let map = &app.documents.tablet_map;
    if has(&headers, &map.etag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, map.etag.clone())]).into_response();
    }
    let mut response = document("application/geo+json", map, &headers);
    if let Ok(etag) = HeaderValue::from_str(&map.etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}

/// Whether the asker has what this tag names, by the weak comparison of RFC 9110.
fn has(asked: &HeaderMap, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let lines = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|tag| opaque(tag) == opaque(etag))
}

fn document(media_type: &'static str, ready: &Ready, asked: &HeaderMap) -> Response {
    let gzip = ready.gzip.as_ref().filter(|_| accepts_gzip(asked));
    let body = gzip.unwrap_or(&ready.plain).clone();
    let always = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, KEPT_A_MINUTE),
        (header::VARY, "accept-encoding"),
    ];
    match gzip {
        Some(_) => (always, [(header::CONTENT_ENCODING, "gzip")], body).into_response(),
        None => (always, body).into_response(),
    }
}

/// What to search for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PlaceSearch {
    /// Words of the address or name, in Chinese or pinyin.
    q: String,
    /// WGS-84 degrees east near which to look first.
    lon: Option<f64>,
    /// WGS-84 degrees north near which to look first.
    lat: Option<f64>,
    /// How many at most; 10 when absent, never more than 50.
    limit: Option<u16>,
}

/// Places by name, the best first, and whether a kilometre was asked for that nobody knows.
#[utoipa::path(get, path = "/api/v1/places", tag = "region", params(PlaceSearch),
    responses((status = 200, body = PlacesFound)))]
pub(super) async fn places(
    State(app): State<App>,
    Query(search): Query<PlaceSearch>,
) -> Result<Json<PlacesFound>, ApiError> {
    if search.q.chars().count() > SEARCH_CHARS_MOST {
        return Err(ApiError::bad_field("q", "must be at most 100 characters"));
    }
    // Only a hint, such as the middle of a map that was moved far away.
    let near = both(search.lon, search.lat)?.map(|(lon, lat)| position(lon, lat)).transpose()?;
    let limit = search.limit.map_or(PLACES_USUAL, usize::from);
    let words: String = search.q.chars().filter(|c| !is_hidden(*c)).collect();
    let found = app.region.search_places(&words, near.map(|p| (p.lon, p.lat)), limit);
    let places = found.into_iter().map(place_found).collect();
    let kilometre_unknown = app.region.unknown_kilometre(&words).map(kilometre_unknown);
    Ok(Json(PlacesFound { places, kilometre_unknown }))
}

/// A place on the ground.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Spot {
    /// WGS-84 degrees east.
    lon: f64,
    /// WGS-84 degrees north.
    lat: f64,
}

/// Whose a place is.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnerCentre {
    /// The city centre that owns the place; absent far outside the region.
    #[serde(skip_serializing_if = "Option::is_none")]
    centre: Option<String>,
}

/// The centre that owns a place.
#[utoipa::path(get, path = "/api/v1/owner-centre", tag = "region", params(Spot),
    responses((status = 200, body = OwnerCentre)))]
pub(super) async fn owner_centre(
    State(app): State<App>,
    Query(spot): Query<Spot>,
) -> Result<Json<OwnerCentre>, ApiError> {
    let position = position(spot.lon, spot.lat)?;
    let owner = app.region.centre_of(position.lon, position.lat);
    Ok(Json(OwnerCentre { centre: owner.map(|centre| centre.id.clone()) }))
}

/// A position on the globe; `NaN` is a number to a query, but no position.
pub(super) fn position(lon: f64, lat: f64) -> Result<Wgs84, ApiError> {
    Wgs84::checked(lon, lat)
        .ok_or_else(|| ApiError::bad_field("lon", "or lat is not a position on the globe"))
}
