//! `/api/v1/acts`: the one door through which people change anything about calls and vehicles.

use crate::acts::answer_to;
use crate::http::app::App;
use crate::http::carry_out::{Sender, carry_out};
use crate::http::guard::Signed;
use crate::http::input::Body;
use crate::permissions::{bar_of, may_order};
use crate::refusal::Code;
use crate::refusal::Refusal;
use crate::telemetry::count_act;
use axum::Json;
use axum::extract::State;
use dispatch_core::model::CentreId;
use wire_protocol::acts::{ActAnswer, ActRequest};

/// Does an act. Answers once it is durable; sent again with the same `act_id` it is recorded once.
#[utoipa::path(post, path = "/api/v1/acts", tag = "acts", request_body = ActRequest,
    responses((status = 200, body = ActAnswer)))]
pub(super) async fn act(
    State(app): State<App>,
    signed: Signed,
    Body(request): Body<ActRequest>,
) -> Result<Json<ActAnswer>, Refusal> {
    let order = request.command.name();
    let done = take(&app, &signed, request).await;
    count_act(order, done.as_ref().err().map(Refusal::code));
    done.map(Json)
}

async fn take(app: &App, signed: &Signed, request: ActRequest) -> Result<ActAnswer, Refusal> {
    if !may_order(signed.session.person.role, &request.command) {
        return Err(Code::NotAllowed.into());
    }
    let centre = app.centres.iter().find(|known| known.as_str() == request.centre);
    let centre: CentreId = centre.cloned().ok_or(Code::UnknownCentre)?;
    signed.must_act_for(&centre)?;
    let person = signed.session.person.id.clone();
    let bar = bar_of(signed.session.person.role);
    let sender = Sender { person, acts_for: &signed.scope.acts_for, bar };
    carry_out(app, sender, centre, request).await.map(|done| answer_to(&done))
}
