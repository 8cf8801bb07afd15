//! `/api/v1/setup`: the first administrator, once, with the code printed at start.

use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::caller::Caller;
use crate::http::input::Body;
use crate::people::PersonToAdd;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use wire_protocol::people::{FirstAdministrator, PersonView};
use wire_protocol::vocabulary::Role;

/// What a page needs to know before anybody signs in.
#[derive(Serialize, ToSchema)]
pub(super) struct SetupState {
    /// True while there are no people: show the set-up page.
    open: bool,
    /// True where the whole installation is for exercises: every page says so, the one for signing in as well.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    exercise: bool,
}

/// Whether set-up is still to be done, and whether the installation is for exercises.
#[utoipa::path(get, path = "/api/v1/setup", tag = "session",
    responses((status = 200, body = SetupState)))]
pub(super) async fn state(State(app): State<App>) -> Result<Json<SetupState>, ApiError> {
    let open = app.people.is_setup_open().await?;
    Ok(Json(SetupState { open, exercise: app.region.settings.exercise }))
}

/// Makes the first administrator, at the regional centre.
#[utoipa::path(post, path = "/api/v1/setup", tag = "session", request_body = FirstAdministrator,
    responses((status = 201, body = PersonView)))]
pub(super) async fn set_up(
    State(app): State<App>,
    Caller(from): Caller,
    Body(first): Body<FirstAdministrator>,
) -> Result<(StatusCode, Json<PersonView>), ApiError> {
    let person = PersonToAdd {
        name: &first.name,
        display_name: &first.display_name,
        password: &first.password,
        role: Role::Administrator,
        centre: app.regional.clone(),
        hospital: None,
    };
    let person = app.people.set_up(&first.setup_code, person, from).await?;
    tracing::info!(person = %person.id, "the first administrator was made");
    Ok((StatusCode::CREATED, Json(person.view())))
}
