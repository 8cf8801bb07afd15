//! The bounds on a request as such: how large and how slow its body may be, how many are in work, and how
//! long one may take. How many connections there may be is bounded below, in `bounded_http`.

use super::app::App;
use super::caller::address_of;
use super::input::BODY_BYTES_MOST;
use super::places::Class;
use crate::api_error::ApiError;
use crate::api_error::Code;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, MatchedPath, Request};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;

/// The only routes that become WebSockets; an `Upgrade` header on any other is like any other header.
pub(super) const LINKS: [&str; 4] =
    ["/ws/agent", "/ws/console", "/ws/picture", "/ws/picture/source"];

/// Longest a body may take to arrive: 64 KiB in 10 s are 6 KiB a second, slower than any line in use.
const BODY_TIME_MOST: Duration = Duration::from_secs(10);

/// Longest a request may be in work before it is answered. The slowest honest one, a sign-in at shift change, takes under
/// a second.
const WORK_TIME_MOST: Duration = Duration::from_secs(15);

/// Most bytes a stranger may send: a name and a password, or the first administrator.
const OPEN_BODY_BYTES_MOST: usize = 8 * 1024;

/// Counts the connection by whom the request comes from, and gives files their bounds. The other routes get
/// theirs from their guard, which knows who asks.
pub(super) async fn within_limits(request: Request, next: Next) -> Result<Response, ApiError> {
    let Some(app) = request.extensions().get::<App>().cloned() else {
        return Err(Code::Internal.into());
    };
    if has_control_escape(request.uri().path())
        || request.uri().query().is_some_and(has_control_escape)
    {
        return Err(ApiError::from(Code::BadQuery).saying("an address holds no control characters"));
    }
    let extensions = request.extensions();
    if let Some(connection) = extensions.get::<bounded_http::Handle>()
        && let Some(caller) = address_of(extensions, request.headers(), &app)
    {
        connection.comes_from(caller);
    }
    if extensions.get::<MatchedPath>().is_some() {
        return Ok(next.run(request).await);
    }
    let _place = app.places.take(Class::File)?;
    in_time(WORK_TIME_MOST, next.run(request)).await
}

/// Lets a request of a class in once it has come whole.
pub(super) async fn admit(
    app: &App,
    class: Class,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let most = match class {
        Class::Open(_) => OPEN_BODY_BYTES_MOST,
        Class::File | Class::Command(_) | Class::Question(_) => BODY_BYTES_MOST,
    };
    // The place is taken afterwards: a body that does not come takes nobody's.
    let request = in_time(BODY_TIME_MOST, whole(request, most)).await??;
    let place = app.places.take(class)?;
    let changes_nothing = request.method().is_safe();
    let work = async move {
        let _place = place;
        next.run(request).await
    };
    if changes_nothing {
        return in_time(WORK_TIME_MOST, work).await;
    }
    // What changes something comes to its end whether anybody waits for the answer or not: broken off between the store
    // and memory, somebody barred would stay signed in until the next start.
    match in_time(WORK_TIME_MOST, tokio::spawn(work)).await? {
        Ok(response) => Ok(response),
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Code::Stopping.into()),
        },
    }
}

async fn whole(mut request: Request, most_bytes: usize) -> Result<Request, ApiError> {
    DefaultBodyLimit::max(most_bytes).apply(&mut request);
    let (parts, body) = request.into_parts();
    let arriving = Request::from_parts(parts.clone(), body);
    let bytes = Bytes::from_request(arriving, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ApiError::from(Code::BodyTooLarge).with("most_bytes", most_bytes)
        } else {
            Code::MalformedJson.into()
        }
    })?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

async fn in_time<T>(most: Duration, work: impl Future<Output = T>) -> Result<T, ApiError> {
    tokio::time::timeout(most, work).await.map_err(|_| Code::TimedOut.into())
}

/// Whether an escape such as `%00` stands for a control character, which no database or log should meet.
fn has_control_escape(text: &str) -> bool {
    text.as_bytes().windows(3).any(|three| match three {
        [b'%', b'0' | b'1', _] => true,
        [b'%', b'7', last] => last.eq_ignore_ascii_case(&b'f'),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_seen_in_addresses() {
        assert!(["/a%00", "q=%0a", "%1F", "x%7fy"].into_iter().all(has_control_escape));
        assert!(
            !["/a%20b", "q=%E4%B8%9C%C2%B7", "%7e", "%", "100%0"]
                .into_iter()
                .any(has_control_escape)
        );
    }
}
