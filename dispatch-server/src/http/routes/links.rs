//! The two WebSockets that stay open: a vehicle's terminal, and a console's live feed. Lets in, counts, and hands the
//! socket to the live part; ends it when its key or session ends.

use crate::api_error::ApiError;
use crate::api_error::Code;
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::vehicle_door::SignedVehicle;
use crate::live::Viewer;
use crate::live::limits::{
    AGENT_WRITE_BUFFER_BYTES, CONSOLE_WRITE_BUFFER_BYTES, HARD_FRAME_FACTOR, READ_BUFFER_BYTES,
};
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::response::Response;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use wire_protocol::{MAX_AGENT_FRAME_BYTES, MAX_CONSOLE_FRAME_BYTES};

/// An open feed counts as use of its session this often; far below the idle limit.
const TOUCH_EVERY: Duration = Duration::from_secs(60);

pub(super) type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

/// The link of a vehicle's terminal. Text frames: `AgentMessage` up, `ServerMessage` down.
#[utoipa::path(get, path = "/ws/agent", tag = "links",
    responses((status = 101, description = "The link is open")))]
pub(super) async fn agent(
    State(app): State<App>,
    SignedVehicle(known): SignedVehicle,
    upgrade: Upgrade,
) -> Result<Response, ApiError> {
    let upgrade = sized(upgrade, MAX_AGENT_FRAME_BYTES, AGENT_WRITE_BUFFER_BYTES)?;
    open(app, upgrade, agent_places, |app, socket| async move {
        let held = app.links_of_vehicle.hold(known.vehicle.as_str());
        let link = app.live.agent_link(known.vehicle.clone(), socket);
        tokio::select! {
            () = link => {}
            why = known.closed() => {
                tracing::info!(vehicle = %known.vehicle, ?why, "the link ended with what opened it");
            }
            () = held.give_way.cancelled() => {
                tracing::warn!(vehicle = %known.vehicle, "too many links of one vehicle: the oldest ended");
            }
        }
    })
}

/// The live feed of a console. Text frames: `ConsoleMessage` up, `FeedMessage` down; binary frames down:
/// positions.
#[utoipa::path(get, path = "/ws/console", tag = "links",
    responses((status = 101, description = "The feed is open")))]
pub(super) async fn console(
    State(app): State<App>,
    signed: Signed,
    upgrade: Upgrade,
) -> Result<Response, ApiError> {
    let upgrade = sized(upgrade, MAX_CONSOLE_FRAME_BYTES, CONSOLE_WRITE_BUFFER_BYTES)?;
    open(app, upgrade, console_places, |app, socket| feed(app, signed, socket))
}

async fn feed(app: App, signed: Signed, socket: WebSocket) {
    let session = signed.session;
    let held = app.links_of_person.hold(session.person.id.as_str());
    let viewer = Viewer {
        person: session.person.id.clone(),
        sees: signed.scope.sees.clone(),
        session_ended: session.ended.clone(),
    };
    let keep_in_use = async {
        loop {
            tokio::time::sleep(TOUCH_EVERY).await;
            session.touch(app.clock.now());
        }
    };
    tokio::select! {
        () = app.live.console_link(viewer, socket) => {}
        () = keep_in_use => {}
        () = held.give_way.cancelled() => {}
    }
}

/// Small buffers: the usual 128 KiB for reading would cost more than all else about a link.
pub(super) fn sized(
    upgrade: Upgrade,
    frame_bytes: usize,
    write_buffer_bytes: usize,
) -> Result<WebSocketUpgrade, ApiError> {
    let upgrade = upgrade.map_err(|_| ApiError::from(Code::UpgradeRequired))?;
    // A little more than the limit is read, so that the live part can say what was wrong.
    let hard_limit = frame_bytes * HARD_FRAME_FACTOR;
    Ok(upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(write_buffer_bytes)
        .max_message_size(hard_limit)
        .max_frame_size(hard_limit))
}

/// Places for the links of vehicles.
pub(super) fn agent_places(app: &App) -> &Arc<Semaphore> {
    &app.agent_places
}

/// Places for the links of people.
pub(super) fn console_places(app: &App) -> &Arc<Semaphore> {
    &app.console_places
}

/// Opens a socket if there is a place for it. The place is its own until it ends, and the server waits for it.
pub(super) fn open<Task>(
    app: App,
    upgrade: WebSocketUpgrade,
    places: fn(&App) -> &Arc<Semaphore>,
    serve: impl FnOnce(App, WebSocket) -> Task + Send + 'static,
) -> Result<Response, ApiError>
where
    Task: Future<Output = ()> + Send + 'static,
{
    let place = Arc::clone(places(&app)).try_acquire_owned().map_err(|_| Code::Busy)?;
    let links = app.links.clone();
    Ok(upgrade.on_upgrade(move |socket| {
        links.track_future(async move {
            let _place = place;
            serve(app, socket).await;
        })
    }))
}
