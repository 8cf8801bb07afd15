//! `/api/v1/administration`: who changed people, keys, roads and travel times.

use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Query;
use crate::people::{CODES_MOST, Change, ENTRIES_MOST, SEARCH_CHARS_MOST, Search};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Only those before this number; the newest when absent.
    before: Option<i64>,
    /// How many are looked through at most, or found at most when something is searched for; never more than 500.
    limit: Option<u32>,
    /// Words to search for in who, what, to whom and what differs; at most 100 characters.
    q: Option<String>,
    /// Codes, with commas between them, that the words stand for in the reader's language, e.g. `dispatcher`.
    codes: Option<String>,
    /// Only this kind of change, e.g. `person_changed`.
    what: Option<String>,
}

/// What is searched for, within its bounds.
pub(super) fn search_of(
    q: Option<String>,
    codes: Option<String>,
    what: Option<String>,
) -> Result<Search, ApiError> {
    let text = q.unwrap_or_default();
    if text.chars().count() > SEARCH_CHARS_MOST {
        return Err(ApiError::bad_field("q", "is longer than 100 characters"));
    }
    let codes = codes.unwrap_or_default();
    let codes: Vec<String> =
        codes.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
    if codes.len() > CODES_MOST {
        return Err(ApiError::bad_field("codes", "are more than 60"));
    }
    Ok(Search::new(&text, codes, what.filter(|what| !what.is_empty())))
}

/// A change somebody made.
#[derive(Serialize, ToSchema)]
pub(super) struct AdministrationEntry {
    /// Its number in the journal of administration.
    number: i64,
    /// When.
    at: i64,
    /// Who, by id; absent for whoever worked at the server's command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Who, as shown.
    by_name: String,
    /// What was done, e.g. `person_changed`.
    what: String,
    /// To whom or what: an id.
    about: String,
    /// Whose centre's; absent when it concerns the whole region.
    #[serde(skip_serializing_if = "Option::is_none")]
    centre: Option<String>,
    /// What it was, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// What it is now, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// A page of the journal of administration.
#[derive(Serialize, ToSchema)]
pub(super) struct AdministrationPage {
    /// Those that concern the centres one sees, the newest first.
    entries: Vec<AdministrationEntry>,
    /// Ask for those before this number next; absent when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_before: Option<i64>,
}

/// Changes to people, keys, roads and travel times, the newest first; all, or those that are searched for.
#[utoipa::path(get, path = "/api/v1/administration", tag = "people", params(Which),
    responses((status = 200, body = AdministrationPage)))]
pub(super) async fn read(
    State(app): State<App>,
    signed: Signed,
    Query(which): Query<Which>,
) -> Result<Json<AdministrationPage>, ApiError> {
    let limit = which.limit.unwrap_or(ENTRIES_MOST).clamp(1, ENTRIES_MOST);
    let search = search_of(which.q, which.codes, which.what)?;
    let everywhere = app.centres.iter().all(|centre| signed.scope.sees.contains(centre));
    let concerns = |change: &Change| match &change.centre {
        Some(centre) => signed.scope.sees.iter().any(|seen| seen.as_str() == centre),
        None => everywhere,
    };
    let found = app.people.search_administration(which.before, limit, &search, concerns).await?;
    let entries = found.entries.into_iter().map(|(number, change)| AdministrationEntry {
        number,
        at: change.at,
        by: change.by.id,
        by_name: change.by.name,
        what: change.what,
        about: change.about,
        centre: change.centre,
        before: change.before.map(|it| it.to_string()),
        after: change.after.map(|it| it.to_string()),
    });
    Ok(Json(AdministrationPage { entries: entries.collect(), next_before: found.next_before }))
}
