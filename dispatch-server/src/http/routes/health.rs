//! For load balancers and people with curl: does the process live, and does it record commands.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::http::app::App;
use axum::extract::State;

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, body = String)))]
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// Commands are being recorded, the server is not stopping, and no other server has a better clock.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, body = String)))]
pub(super) async fn ready(State(app): State<App>) -> Result<String, ApiError> {
    if app.stop.is_cancelled() {
        return Err(Code::Stopping.into());
    }
    if let Some((centre, why)) = app.desk.troubles().borrow().first_key_value() {
        return Err(ApiError::from(Code::NotRecorded).saying(why.as_str()).with("centre", centre));
    }
    if !app.journal_works() {
        return Err(Code::NotRecorded.into());
    }
    if app.live.is_better_elsewhere() {
        return Err(Code::ClockDoubtful.into());
    }
    // Who asks only for the status sees no difference: a certificate that ends soon takes no server out of use. Anybody
    // may ask here, so which certificate it is stays in the log.
    let warnings = app.settings.certificates.as_ref().map_or(0, |it| it.warnings().len());
    Ok(match warnings {
        0 => "ready\n".to_owned(),
        some => {
            format!("ready\nwarnings about certificates: {some} (the server's log names them)\n")
        }
    })
}
