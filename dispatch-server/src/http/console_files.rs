//! The built console as static files, and the headers that keep pages of ours to themselves.

use super::app::HttpSettings;
use crate::api_error::ApiError;
use crate::api_error::Code;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use bounded_http::Encrypted;
use tower_http::services::{ServeDir, ServeFile};

/// What a page of ours may do. MapLibre starts workers from blobs and draws sprites from data and blobs;
/// Svelte and MapLibre set styles on elements. Nothing comes from elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; worker-src 'self' blob:; \
    child-src 'self' blob:; img-src 'self' data: blob:; font-src 'self' data:; \
    style-src 'self' 'unsafe-inline'; connect-src 'self'; media-src 'self' data: blob:; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A browser that was here over TLS asks in no other way for a year.
const STAY_WITH_TLS: &str = "max-age=31536000";

/// What answers where no route does: the console's files when there is a folder of them, else nothing.
pub(super) fn serve(settings: &HttpSettings) -> Router {
    let Some(folder) = settings.console.clone() else {
        return Router::new().fallback(nothing_here);
    };
    let index = ServeFile::new(folder.join("index.html")).precompressed_br().precompressed_gzip();
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().fallback(index);
    Router::new().fallback_service(files).layer(from_fn(file))
}

async fn nothing_here() -> ApiError {
    Code::NotFound.into()
}

async fn file(request: Request, next: Next) -> Result<Response, ApiError> {
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with("/ws/") {
        return Err(Code::NotFound.into());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Code::MethodNotAllowed.into());
    }
    // The builder names files under /assets/ by their content; anything else may change.
    let lasting = path.starts_with("/assets/");
    let mut response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if response.status() == StatusCode::NOT_FOUND || (lasting && is_page) {
        // A page where a file was asked for: the asker's page is of an older build.
        return Err(Code::NotFound.into());
    }
    let cache = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

/// Adds what every answer carries.
pub(super) async fn harden(request: Request, next: Next) -> Response {
    let is_encrypted = request.extensions().get::<Encrypted>().is_some();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let always = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_encrypted {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(STAY_WITH_TLS));
    }
    // What is said of people and patients stays out of every cache.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
