//! The page's few addresses. It listens on this machine only and answers only pages of its own, so
//! that no other site open on the tablet can press anything.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wire_protocol::agent::CrewCommand;

use super::ahead::{Ahead, ahead};
use super::page;
use crate::link::ScreenState;
use crate::map::MapShelf;
use crate::shell::{AgentHandle, PressFailed, steady_ms};

/// Largest body taken: a command with a long note.
const MAX_BODY_BYTES: usize = 8 * 1024;
/// The page loads nothing that is not its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; \
     manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Longest a press waits for the disk before the crew is told that it is not safe yet.
const STORE_WAIT: Duration = Duration::from_secs(5);

/// The page cannot be served, in words that fit "failed to ...".
#[derive(Debug, thiserror::Error)]
#[error("serve the crew's page: {0}")]
pub struct CrewError(#[from] std::io::Error);

#[derive(Clone)]
struct Crew {
    agent: AgentHandle,
    map: MapShelf,
    stopping: CancellationToken,
}

/// Serves the page until `stopping` is called.
///
/// # Errors
/// When the listener breaks.
pub async fn serve(
    listener: TcpListener,
    agent: AgentHandle,
    map: MapShelf,
    stopping: CancellationToken,
) -> Result<(), CrewError> {
    let address = listener.local_addr()?;
    let files = page::FILES.iter().fold(Router::new(), |routes, it| {
        routes.route(it.path, get(|| async { file(it.kind, it.text) }))
    });
    let routes = files
        .route("/worker.js", get(|| async { file("text/javascript", page::worker()) }))
        .route("/pictures", get(pictures))
        .route("/map", get(map_kept))
        .route("/press", post(press))
        .route("/displayed", post(displayed))
        .route("/refusals/close", post(close_refusal))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .with_state(Crew { agent, map, stopping: stopping.clone() });
    let routes = bounded_http::own_pages_only(routes, address, POLICY);
    bounded_http::serve(listener, routes, bounded_http::Bounds::small(), stopping).await;
    Ok(())
}

fn file(kind: &str, text: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, format!("{kind}; charset=utf-8"))], text).into_response()
}

/// A picture on its way to the page.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    picture: &'a ScreenState,
    /// How long ago it was taken: a page that has just been opened gets the latest there is.
    age_ms: u64,
    /// What lies ahead of the vehicle.
    ahead: Option<Ahead>,
    /// Which map is kept.
    map: Option<String>,
}

/// The picture now and after every change.
async fn pictures(
    State(crew): State<Crew>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let mut pictures = crew.agent.pictures();
    pictures.mark_changed();
    let events = stream::unfold((pictures, crew.map), |(mut pictures, mut map)| async move {
        tokio::select! {
            changed = pictures.changed() => changed.ok()?,
            () = map.changed() => {}
        }
        let picture = pictures.borrow_and_update().clone();
        let shown = Shown {
            picture: &picture,
            age_ms: steady_ms().saturating_sub(picture.taken_steady_ms),
            ahead: ahead(&picture),
            map: map.version(),
        };
        let event = Event::default().json_data(shown).ok()?;
        Some((Ok(event), (pictures, map)))
    });
    let events = events.take_until(crew.stopping.cancelled_owned());
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// The map that is kept on this terminal, as it came from the server.
async fn map_kept(State(crew): State<Crew>) -> Response {
    let Some(map) = crew.map.newest() else { return StatusCode::NOT_FOUND.into_response() };
    let kind =
        [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "no-store")];
    if map.is_gzip {
        (kind, [(header::CONTENT_ENCODING, "gzip")], map.body.clone()).into_response()
    } else {
        (kind, map.body.clone()).into_response()
    }
}

/// Why a press was not taken.
#[derive(Serialize)]
struct Refusal {
    code: &'static str,
    message: String,
}

async fn press(State(crew): State<Crew>, Json(command): Json<CrewCommand>) -> Response {
    // The device's own receipt is no button.
    if matches!(command, CrewCommand::DeviceReceipt { .. }) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let pressed = tokio::time::timeout(STORE_WAIT, crew.agent.press(command)).await;
    match pressed.unwrap_or(Err(PressFailed::NotStored)) {
        Ok(number) => Json(number).into_response(),
        Err(failed) => {
            let refusal = Refusal { code: failed.code(), message: failed.to_string() };
            (StatusCode::CONFLICT, Json(refusal)).into_response()
        }
    }
}

#[derive(Deserialize)]
struct Displayed {
    task: String,
}

async fn displayed(State(crew): State<Crew>, Json(order): Json<Displayed>) -> StatusCode {
    crew.agent.displayed(order.task).await;
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct ClosedRefusal {
    number: u64,
}

async fn close_refusal(State(crew): State<Crew>, Json(refusal): Json<ClosedRefusal>) -> StatusCode {
    crew.agent.close_refusal(refusal.number).await;
    StatusCode::NO_CONTENT
}
