//! Keeps pages of other sites out: a request that changes something, or opens a link, must come from our
//! own page or from no page at all. (Browsers always name the page's origin on such requests; the
//! cookie is `SameSite=Strict` besides.)

use super::app::App;
use super::limits::LINKS;
use crate::api_error::ApiError;
use crate::api_error::Code;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

pub(super) async fn same_site(request: Request, next: Next) -> Result<Response, ApiError> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let opens_link = LINKS.contains(&request.uri().path());
    if changes || opens_link {
        let allowed =
            request.extensions().get::<App>().map_or(&[][..], |app| &app.settings.allowed_origins);
        if !is_ours(request.headers(), request.uri(), allowed) {
            return Err(Code::CrossSite.into());
        }
    }
    Ok(next.run(request).await)
}

fn is_ours(headers: &HeaderMap, uri: &Uri, allowed: &[String]) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("null"));
    let Some(origin) = text(header::ORIGIN) else {
        // No page: a terminal, a script. A browser that hides the origin still tells the site.
        return matches!(
            text(header::HeaderName::from_static("sec-fetch-site")),
            None | Some("same-origin" | "none")
        );
    };
    let host = text(header::HOST).or_else(|| uri.authority().map(|a| a.as_str()));
    let own = origin.split_once("://").is_some_and(|(_, authority)| host == Some(authority));
    own || allowed.iter().any(|allowed| allowed == origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(headers: &[(&'static str, &'static str)]) -> bool {
        let map = headers
            .iter()
            .map(|(n, v)| (header::HeaderName::from_static(n), v.parse().unwrap()))
            .collect();
        is_ours(&map, &Uri::from_static("/"), &["http://localhost:5173".to_owned()])
    }

    #[test]
    fn only_our_own_page_or_no_page_may_change_anything() {
        let host = ("host", "helan.example:8120");
        assert!(ours(&[host]));
        assert!(ours(&[host, ("origin", "https://helan.example:8120")]));
        assert!(ours(&[host, ("origin", "http://localhost:5173")]));
        assert!(ours(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[host, ("origin", "https://evil.example")]));
        assert!(!ours(&[host, ("origin", "https://helan.example")]));
        assert!(!ours(&[host, ("origin", "null")]));
        assert!(!ours(&[("origin", "https://helan.example:8120")]));
    }
}
