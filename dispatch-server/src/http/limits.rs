//! The bounds on requests as such: how many at once, and how long one may take.

use super::app::App;
use super::code::Code;
use super::refusal::Refusal;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;

/// Requests in work at once. A console makes one or two; 512 let a whole province come back together.
pub(super) const REQUESTS_AT_ONCE: usize = 512;

/// Longest a request may take, its slow arrival included. The slowest honest one, a sign-in at shift change,
/// takes under a second.
pub(super) const REQUEST_TIME_MOST: Duration = Duration::from_secs(15);

pub(super) async fn within_limits(request: Request, next: Next) -> Result<Response, Refusal> {
    let Some(app) = request.extensions().get::<App>().cloned() else {
        return Err(Code::Internal.into());
    };
    if request.headers().contains_key(header::UPGRADE) {
        // Links have their own bounds.
        return Ok(next.run(request).await);
    }
    let place = app.request_places.clone().try_acquire_owned();
    let _place = place.map_err(|_| Refusal::from(Code::Busy))?;
    match tokio::time::timeout(REQUEST_TIME_MOST, next.run(request)).await {
        Ok(response) => Ok(response),
        Err(_) => Err(Code::TimedOut.into()),
    }
}
