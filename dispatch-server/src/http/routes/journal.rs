//! A centre's journal as log lines, for those who look into what happened.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::{Path, Query};
use crate::http::queries;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::{CentreId, IncidentId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire_protocol::views::LogEntry;

/// Lines in one answer when no number is asked for.
const LINES_USUAL: u32 = 200;
/// Most lines in one answer.
const LINES_MOST: u32 = 1_000;

/// Which lines.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Lines {
    /// Only those after this version; from the beginning when absent.
    after: Option<u64>,
    /// How many at most; 200 when absent, never more than 1 000.
    limit: Option<u32>,
    /// Only those about this incident, however long ago it was.
    incident: Option<String>,
}

/// Some lines of a journal.
#[derive(Serialize, ToSchema)]
pub(super) struct JournalPage {
    /// The lines in order.
    entries: Vec<LogEntry>,
    /// The version with which to ask for the next lines; the journal's end when there are none.
    next_after: u64,
}

/// Lines of a centre's journal, in order.
#[utoipa::path(get, path = "/api/v1/journal/{centre}", tag = "journal",
    params(("centre" = String, Path), Lines), responses((status = 200, body = JournalPage)))]
pub(super) async fn read(
    State(app): State<App>,
    signed: Signed,
    Path(centre): Path<String>,
    Query(lines): Query<Lines>,
) -> Result<Json<JournalPage>, ApiError> {
    let centre = CentreId::from(centre.as_str());
    if !app.centres.contains(&centre) {
        return Err(Code::UnknownCentre.into());
    }
    signed.must_see(&centre)?;
    let after = lines.after.unwrap_or(0);
    let limit = lines.limit.unwrap_or(LINES_USUAL).min(LINES_MOST);
    let entries = match lines.incident.as_deref().map(IncidentId::from) {
        Some(incident) => {
            queries::journal_of_incident(&app, &centre, &incident, after, limit).await?
        }
        None => queries::journal(&app, &centre, after, limit).await?,
    };
    let next_after = entries.last().map_or(after, |entry| entry.version);
    Ok(Json(JournalPage { entries, next_after }))
}
