//! Pages that a program on somebody's machine serves to that machine's browser alone.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;

/// What every answer carries: no other page may frame one of these and lay itself over its buttons, and nothing of it
/// is kept.
const PROTECTION: [(HeaderName, &str); 4] = [
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Refuses with 403 whoever names another host than `address` (a site that points its own name at this machine) or
/// comes from another page's origin, so that no other site open in the browser reads or presses anything. Every answer
/// carries the headers that protect it, `policy` among them: the content security policy, i.e. what a page may load.
pub fn own_pages_only(routes: Router, address: SocketAddr, policy: &'static str) -> Router {
    routes.layer(middleware::from_fn(move |request, next| guard(address, policy, request, next)))
}

async fn guard(
    address: SocketAddr,
    policy: &'static str,
    request: Request,
    next: Next,
) -> Response {
    let mut response = if is_ours(address, request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in PROTECTION {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

fn is_ours(address: SocketAddr, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let port = address.port();
    let ours = [address.to_string(), format!("localhost:{port}"), format!("127.0.0.1:{port}")];
    let origin_is_ours = headers.get(header::ORIGIN).is_none_or(|origin| {
        ours.iter().any(|host| origin.as_bytes() == format!("http://{host}").as_bytes())
    });
    ours.iter().any(|name| name == host) && origin_is_ours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [(header::HOST, Some(host)), (header::ORIGIN, origin)] {
            if let Some(value) = value.and_then(|value| value.parse().ok()) {
                headers.insert(name, value);
            }
        }
        headers
    }

    #[test]
    fn only_this_machine_s_own_pages_are_answered() {
        let address = SocketAddr::from(([127, 0, 0, 1], 8123));
        let is_ours = |host, origin| is_ours(address, &headers(host, origin));
        assert!(is_ours("127.0.0.1:8123", None));
        assert!(is_ours("localhost:8123", Some("http://localhost:8123")));
        assert!(!is_ours("evil.example", None), "a name pointed at this machine");
        assert!(!is_ours("evil.example:8123", None));
        assert!(!is_ours("127.0.0.1:8123", Some("http://evil.example")), "a page of another site");
        assert!(!is_ours("127.0.0.1:8123", Some("null")), "a page without an origin");
        assert!(
            !is_ours("127.0.0.1:8123", Some("http://127.0.0.1:9999")),
            "another program's page"
        );
        assert!(!is_ours("", None));
    }
}
