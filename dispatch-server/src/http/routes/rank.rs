//! Which vehicle to send, and whether the call is about an incident already open.

use crate::api_error::{ApiError, Code};
use crate::commands::{on_the_ground, rejection_refusal};
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Query;
use crate::http::queries;
use crate::rank::{self, DuplicateRequest, RankError, RankFor, RecommendRequest};
use crate::views::FromWire;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::{CentreId, IncidentId, Rejection, VehicleNeeds, Wgs84};
use serde::Deserialize;
use utoipa::IntoParams;
use wire_protocol::recommendation::{DuplicateCandidate, Recommendation};
use wire_protocol::vocabulary::{IncidentKind, Priority, VehicleKind};

/// For what to rank: an incident, or a place with a priority while the call is still being taken.
#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RankQuery {
    /// An open incident; the rest is then read from it.
    incident: Option<String>,
    /// WGS-84 degrees east of the scene.
    lon: Option<f64>,
    /// WGS-84 degrees north of the scene.
    lat: Option<f64>,
    /// How soon a vehicle is needed; `urgent` when absent.
    #[param(inline)]
    priority: Option<Priority>,
    /// What kind of incident; `illness` when absent.
    #[param(inline)]
    kind: Option<IncidentKind>,
    /// For which centre; the owner of the place when absent. Not read with an incident.
    centre: Option<String>,
    /// Whether vehicles of other centres are offered too.
    mutual_aid: Option<bool>,
    /// Whether every vehicle is listed, however far; else the best thirty, and a count of those left out.
    all: Option<bool>,
    /// Whether the place is that of an exercise. Not read with an incident.
    test: Option<bool>,
    /// The kind of vehicle needed. Not read with an incident.
    #[param(inline)]
    vehicle_kind: Option<VehicleKind>,
    /// Codes of equipment needed, with commas between. Not read with an incident.
    equipment: Option<String>,
}

/// Ranked vehicles with their terms, and every other with why not.
#[utoipa::path(get, path = "/api/v1/recommendations", tag = "recommendation", params(RankQuery),
    responses((status = 200, body = Recommendation)))]
pub(super) async fn recommendations(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<RankQuery>,
) -> Result<Json<Recommendation>, ApiError> {
    recommend(&app, &signed, query).await.map(Json)
}

async fn recommend(
    app: &App,
    signed: &Signed,
    query: RankQuery,
) -> Result<Recommendation, ApiError> {
    let (centre, target) = match (&query.incident, spot(app, query.lon, query.lat)?) {
        (Some(id), None) => {
            let id = IncidentId::from(id.as_str());
            let found = queries::incident(app, &id);
            let (centre, _) =
                found.ok_or_else(|| ApiError::from(Code::UnknownIncident).with("incident", &id))?;
            (centre, RankFor::Incident(id))
        }
        (None, Some(at)) => {
            let owner = || app.region.centre_of(at.lon, at.lat).map(|centre| centre.id.clone());
            let centre = query.centre.or_else(owner).ok_or_else(|| {
                ApiError::bad_field("centre", "must be named for a place outside the region")
            })?;
            let kind = query.kind.unwrap_or(IncidentKind::Illness).to_core();
            let priority = query.priority.unwrap_or(Priority::Urgent).to_core();
            (CentreId::from(centre.as_str()), RankFor::Place { at, kind, priority })
        }
        (Some(_), Some(_)) | (None, None) => {
            return Err(ApiError::bad_field("incident", "or lon and lat: name one of the two"));
        }
    };
    signed.must_see(&centre)?;
    let request = RecommendRequest {
        mutual_aid: query.mutual_aid.unwrap_or(false),
        all: query.all.unwrap_or(false),
        test: query.test.unwrap_or(false),
        needs: needs(query.vehicle_kind, query.equipment.as_deref()),
        ..RecommendRequest::usual(centre, target)
    };
    let app = app.clone();
    queries::run_blocking(move || rank::recommend(&app.rank_sources(), &request))
        .await?
        .map_err(no_ranking)
}

fn needs(kind: Option<VehicleKind>, equipment: Option<&str>) -> VehicleNeeds {
    let codes = equipment.unwrap_or_default().split(',').map(str::trim);
    VehicleNeeds {
        kind: kind.map(FromWire::to_core),
        equipment: codes.filter(|code| !code.is_empty()).map(str::to_owned).collect(),
    }
}

/// What is known of the call.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DuplicateQuery {
    /// The centre that takes the call.
    centre: String,
    /// WGS-84 degrees east of the scene, when known.
    lon: Option<f64>,
    /// WGS-84 degrees north of the scene, when known.
    lat: Option<f64>,
    /// The caller's number, when shown.
    caller_number: Option<String>,
    /// Radius in metres within which the true place lies, when known.
    error_radius_m: Option<u32>,
    /// True for an exercise, which is compared with exercises only.
    test: Option<bool>,
}

/// Open incidents that may be the one being reported. Nothing is ever merged by itself.
#[utoipa::path(get, path = "/api/v1/duplicates", tag = "recommendation", params(DuplicateQuery),
    responses((status = 200, body = Vec<DuplicateCandidate>)))]
pub(super) async fn duplicates(
    State(app): State<App>,
    signed: Signed,
    Query(query): Query<DuplicateQuery>,
) -> Result<Json<Vec<DuplicateCandidate>>, ApiError> {
    let request = DuplicateRequest {
        centre: query.centre.as_str().into(),
        scene: spot(&app, query.lon, query.lat)?,
        error_radius_m: query.error_radius_m,
        caller_number: query.caller_number,
        test: query.test.unwrap_or(false),
    };
    signed.must_see(&request.centre)?;
    rank::duplicates(&app.rank_sources(), &request).map_err(no_ranking).map(Json)
}

fn no_ranking(error: RankError) -> ApiError {
    match error {
        RankError::UnknownCentre(centre) => {
            ApiError::from(Code::UnknownCentre).with("centre", centre)
        }
        RankError::UnknownIncident(incident) => {
            ApiError::from(Code::UnknownIncident).with("incident", incident)
        }
        RankError::IncidentOver(incident) => {
            rejection_refusal(&Rejection::IncidentOver { incident })
        }
        RankError::NoPosition(incident) => {
            ApiError::from(Code::NoPosition).with("incident", incident)
        }
        RankError::Speeds => {
            tracing::error!("the region's speeds cannot be used");
            Code::Internal.into()
        }
    }
}

/// A scene from two halves that come together or not at all.
pub(in crate::http) fn spot(
    app: &App,
    lon: Option<f64>,
    lat: Option<f64>,
) -> Result<Option<Wgs84>, ApiError> {
    let halves = both(lon, lat)?;
    halves.map(|(lon, lat)| on_the_ground(&app.region, "lon", lon, lat)).transpose()
}

/// Two halves of a position that come together or not at all.
pub(in crate::http) fn both(
    lon: Option<f64>,
    lat: Option<f64>,
) -> Result<Option<(f64, f64)>, ApiError> {
    match (lon, lat) {
        (Some(lon), Some(lat)) => Ok(Some((lon, lat))),
        (None, None) => Ok(None),
        (Some(_), None) | (None, Some(_)) => Err(ApiError::bad_field("lon", "and lat go together")),
    }
}
