//! `/api/v1/colleagues`: the names behind the commands one sees. Names only; who may manage people has `/people`.

use crate::api_error::ApiError;
use crate::http::app::App;
use crate::http::guard::Signed;
use axum::Json;
use axum::extract::State;
use wire_protocol::people::Colleague;

/// Everybody who acts for a centre one sees: its own people and the regional centre's. Those who may no longer
/// sign in are among them, since their commands stay.
#[utoipa::path(get, path = "/api/v1/colleagues", tag = "people",
    responses((status = 200, body = Vec<Colleague>)))]
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
) -> Result<Json<Vec<Colleague>>, ApiError> {
    let people = app.people.list().await?.into_iter();
    let acting = people.filter(|person| {
        person.centre == app.regional || signed.scope.sees.contains(&person.centre)
    });
    let named = acting
        .map(|person| Colleague { id: person.id.to_string(), display_name: person.display_name });
    Ok(Json(named.collect()))
}
