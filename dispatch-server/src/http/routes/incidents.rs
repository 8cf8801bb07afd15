//! Incidents as they stand, and the log of one.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::commands::optional_moment;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::{Path, Query};
use crate::http::queries;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::{CentreId, IncidentId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire_protocol::views::{IncidentStage, IncidentView, LogEntry};
use wire_protocol::vocabulary::Role;

/// Incidents in one answer when no number is asked for.
const INCIDENTS_USUAL: u16 = 100;
/// Most incidents in one answer: some megabytes, a second to draw.
const INCIDENTS_MOST: u16 = 500;

/// Which incidents.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct IncidentFilter {
    /// Only those at this stage.
    #[param(inline)]
    stage: Option<IncidentStage>,
    /// Only those of this centre.
    centre: Option<String>,
    /// Only those opened at this moment or later.
    from: Option<i64>,
    /// Only those opened before this moment.
    to: Option<i64>,
    /// How many at most; 100 when absent, never more than 500.
    limit: Option<u16>,
}

/// Some incidents.
#[derive(Serialize, ToSchema)]
pub(super) struct IncidentList {
    /// The newest first.
    incidents: Vec<IncidentView>,
    /// Whether there are older ones that fit.
    more: bool,
}

/// Incidents that are open, and those that ended within the last seven days, the newest first.
#[utoipa::path(get, path = "/api/v1/incidents", tag = "incidents", params(IncidentFilter),
    responses((status = 200, body = IncidentList)))]
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(filter): Query<IncidentFilter>,
) -> Result<Json<IncidentList>, ApiError> {
    let centres = match &filter.centre {
        Some(centre) => {
            let centre = CentreId::from(centre.as_str());
            signed.must_see(&centre)?;
            vec![centre]
        }
        None => signed.scope.sees.clone(),
    };
    let (from, to) = (optional_moment("from", filter.from)?, optional_moment("to", filter.to)?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(ApiError::bad_field("from", "must not lie after to"));
    }
    let limit = usize::from(filter.limit.unwrap_or(INCIDENTS_USUAL).min(INCIDENTS_MOST));
    let wanted = |incident: &IncidentView| {
        filter.stage.is_none_or(|stage| incident.stage == stage)
            && filter.from.is_none_or(|from| incident.opened_at >= from)
            && filter.to.is_none_or(|to| incident.opened_at < to)
            && concerns(&signed, incident)
    };
    let mut incidents = queries::incidents(&app, &centres, wanted);
    incidents.sort_by(|a, b| (b.opened_at, &b.id).cmp(&(a.opened_at, &a.id)));
    let more = incidents.len() > limit;
    incidents.truncate(limit);
    Ok(Json(IncidentList { incidents, more }))
}

/// One incident.
#[utoipa::path(get, path = "/api/v1/incidents/{id}", tag = "incidents",
    params(("id" = String, Path)), responses((status = 200, body = IncidentView)))]
pub(super) async fn one(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Json<IncidentView>, ApiError> {
    find(&app, &signed, id).map(|(_, view)| Json(view))
}

/// Everything that happened about an incident, in order.
#[utoipa::path(get, path = "/api/v1/incidents/{id}/timeline", tag = "incidents",
    params(("id" = String, Path)), responses((status = 200, body = Vec<LogEntry>)))]
pub(super) async fn timeline(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Json<Vec<LogEntry>>, ApiError> {
    let (centre, view) = find(&app, &signed, id)?;
    queries::timeline(&app, &centre, &view).await.map(Json)
}

fn find(app: &App, signed: &Signed, id: String) -> Result<(CentreId, IncidentView), ApiError> {
    let unknown = || ApiError::from(Code::UnknownIncident).with("incident", &id);
    let (centre, view) =
        queries::incident(app, &IncidentId::from(id.as_str())).ok_or_else(unknown)?;
    signed.must_see(&centre)?;
    if concerns(signed, &view) { Ok((centre, view)) } else { Err(unknown()) }
}

/// Whether an incident is this person's business: a hospital's only when it heads there.
fn concerns(signed: &Signed, incident: &IncidentView) -> bool {
    let person = &signed.session.person;
    if person.role != Role::Hospital {
        return true;
    }
    let own = person.hospital.as_ref().map(|hospital| hospital.as_str());
    own.is_some()
        && (incident.facts.destination.as_deref() == own
            || incident.tasks.iter().any(|task| task.details.hospital.as_deref() == own))
}
