//! The page for the technician. It listens on this machine only and answers only pages of its own.

use super::gateway::Gateway;
use super::media::content_type;
use crate::jt808::frame::TerminalNumber;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use std::sync::Arc;
use tokio::net::TcpListener;
use tracing::{info, warn};

const HTML: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/main.js");

/// It loads nothing that is not its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// Serves the page until the gateway stops.
pub(super) async fn serve(gateway: Arc<Gateway>, listener: TcpListener) {
    let address = match listener.local_addr() {
        Ok(address) => address,
        Err(error) => return warn!(%error, "the frame inspector cannot be served"),
    };
    info!("the frame inspector is at http://{address}/");
    let stop = gateway.stop.clone();
    let routes = Router::new()
        .route("/", get(|| async { file("text/html", HTML) }))
        .route("/style.css", get(|| async { file("text/css", STYLE) }))
        .route("/main.js", get(|| async { file("text/javascript", SCRIPT) }))
        .route("/terminals", get(terminals))
        .route("/terminals/{number}/frames", get(frames))
        .route("/terminals/{number}/media", get(media))
        .route("/terminals/{number}/media/{name}", get(one_of_media))
        .with_state(gateway);
    let routes = bounded_http::own_pages_only(routes, address, POLICY);
    bounded_http::serve(listener, routes, bounded_http::Bounds::small(), stop).await;
}

fn file(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, format!("{kind}; charset=utf-8"))], text).into_response()
}

async fn terminals(State(gateway): State<Arc<Gateway>>) -> Response {
    let now_ms = gateway.clock.now().wall_ms;
    let (terminals, strangers) = (gateway.listed(), gateway.strangers());
    Json(json!({ "now_ms": now_ms, "terminals": terminals, "strangers": strangers }))
        .into_response()
}

async fn media(State(gateway): State<Arc<Gateway>>, Path(number): Path<String>) -> Response {
    let Some(known) = TerminalNumber::new(&number) else { return no_such_terminal(&number) };
    match gateway.media.listed(&known) {
        Ok(listed) => Json(listed).into_response(),
        Err(error) => unreadable(&error),
    }
}

/// A file to save; no page of ours shows it.
async fn one_of_media(
    State(gateway): State<Arc<Gateway>>,
    Path((number, name)): Path<(String, String)>,
) -> Response {
    let Some(known) = TerminalNumber::new(&number) else { return no_such_terminal(&number) };
    match gateway.media.read(&known, &name) {
        Ok(Some(bytes)) => {
            let saved = format!("attachment; filename=\"{number}-{name}\"");
            let kind = content_type(&name).to_owned();
            let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, saved)];
            (headers, bytes).into_response()
        }
        Ok(None) => no_such_terminal(&number),
        Err(error) => unreadable(&error),
    }
}

fn unreadable(error: &std::io::Error) -> Response {
    warn!(%error, "a terminal's recordings cannot be read");
    let why = json!({ "code": "media_unreadable", "message": error.to_string() });
    (StatusCode::SERVICE_UNAVAILABLE, Json(why)).into_response()
}

fn no_such_terminal(number: &str) -> Response {
    let message = format!(
        "{number} is no terminal of ours, or has no such thing; the list has those that are"
    );
    let why = json!({ "code": "no_such_terminal", "message": message });
    (StatusCode::NOT_FOUND, Json(why)).into_response()
}

async fn frames(State(gateway): State<Arc<Gateway>>, Path(number): Path<String>) -> Response {
    let frames = TerminalNumber::new(&number).and_then(|number| gateway.frames(&number));
    match frames {
        Some(frames) => Json(frames).into_response(),
        None => no_such_terminal(&number),
    }
}
