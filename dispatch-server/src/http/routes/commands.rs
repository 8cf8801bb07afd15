//! `/api/v1/commands`: the one door through which people change anything about calls and vehicles.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::commands::answer_to;
use crate::http::app::App;
use crate::http::execute::{Sender, execute};
use crate::http::guard::Signed;
use crate::http::input::Body;
use crate::permissions::{bar_of, may_issue};
use crate::telemetry::count_command;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::CentreId;
use wire_protocol::command_request::CommandRequest;
use wire_protocol::commands::CommandAnswer;

/// Carries out a command. Answers once it is durable; sent again with the same `command_id` it is recorded once.
#[utoipa::path(post, path = "/api/v1/commands", tag = "commands", request_body = CommandRequest,
    responses((status = 200, body = CommandAnswer)))]
pub(super) async fn command(
    State(app): State<App>,
    signed: Signed,
    Body(request): Body<CommandRequest>,
) -> Result<Json<CommandAnswer>, ApiError> {
    let name = request.command.name();
    let done = take(&app, &signed, request).await;
    count_command(name, done.as_ref().err().map(ApiError::code));
    done.map(Json)
}

async fn take(
    app: &App,
    signed: &Signed,
    request: CommandRequest,
) -> Result<CommandAnswer, ApiError> {
    if !may_issue(signed.session.person.role, &request.command) {
        return Err(Code::NotAllowed.into());
    }
    let centre = app.centres.iter().find(|known| known.as_str() == request.centre);
    let centre: CentreId = centre.cloned().ok_or(Code::UnknownCentre)?;
    signed.must_act_for(&centre)?;
    let person = signed.session.person.id.clone();
    let bar = bar_of(signed.session.person.role);
    let sender = Sender { person, acts_for: &signed.scope.acts_for, bar };
    execute(app, sender, centre, request).await.map(|done| answer_to(&done))
}
