//! Live pictures of vehicles' cameras: looked at from a console, and sent by the vehicle's side.

use super::links::{Upgrade, agent_places, console_places, open, sized};
use crate::api_error::{ApiError, Code};
use crate::http::app::App;
use crate::http::guard::Signed;
use crate::http::input::Query;
use crate::http::routes::vehicles;
use crate::http::vehicle_door::SignedVehicle;
use crate::live::limits::{AGENT_WRITE_BUFFER_BYTES, CONSOLE_WRITE_BUFFER_BYTES};
use crate::permissions::bar_of;
use axum::extract::State;
use axum::response::Response;
use dispatch_core::model::{CentreId, Command, Origin, VehicleId};
use dispatch_desk::desk::CommandEnvelope;
use serde::Deserialize;
use utoipa::IntoParams;
use wire_protocol::MAX_CONSOLE_FRAME_BYTES;
use wire_protocol::picture::{MAX_CHANNEL, MAX_FRAGMENT_BYTES};

/// What to look through.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Camera {
    /// Of which vehicle.
    vehicle: String,
    /// Which of its cameras, from 1; the first when absent.
    channel: Option<u8>,
}

/// Which picture is sent.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Sent {
    /// Its name, as the vehicle's link was told.
    picture: String,
    /// The vehicle, where a gateway speaks for it.
    #[serde(rename = "vehicle")]
    _vehicle: Option<String>,
}

/// A vehicle's picture, live. Down: text frames `PictureNews`, and binary frames of fragmented MP4 with one byte of kind in
/// front. Who looks is recorded before anything is shown.
#[utoipa::path(get, path = "/ws/picture", tag = "links", params(Camera),
    responses((status = 101, description = "The picture is open")))]
pub(super) async fn look(
    State(app): State<App>,
    signed: Signed,
    Query(camera): Query<Camera>,
    upgrade: Upgrade,
) -> Result<Response, ApiError> {
    let vehicle = vehicles::seen(&app, &signed, &camera.vehicle)?;
    let channel = camera.channel.unwrap_or(1);
    if !(1..=MAX_CHANNEL).contains(&channel) {
        return Err(ApiError::bad_field("channel", "is no camera: they are numbered from 1"));
    }
    let centre = app.desk.centre_of_vehicle(&vehicle).ok_or(Code::UnknownVehicle)?;
    signed.must_act_for(&centre)?;
    let upgrade = sized(upgrade, MAX_CONSOLE_FRAME_BYTES, CONSOLE_WRITE_BUFFER_BYTES)?;
    open(app, upgrade, console_places, move |app, socket| async move {
        let held = app.links_of_person.hold(signed.session.person.id.as_str());
        let session_ended = signed.session.ended.clone();
        let recorded = record(&app, &signed, centre, vehicle.clone(), channel);
        tokio::select! {
            () = app.live.look(vehicle, channel, recorded, socket) => {}
            () = session_ended.cancelled() => {}
            () = held.give_way.cancelled() => {}
        }
    })
}

/// Writes down who looks; false where that cannot be done.
async fn record(
    app: &App,
    signed: &Signed,
    centre: CentreId,
    vehicle: VehicleId,
    channel: u8,
) -> bool {
    let person = signed.session.person.id.clone();
    let envelope = CommandEnvelope {
        centre,
        made_at: app.clock.now(),
        terminal: None,
        origin: Origin::Person { person },
        vehicle_online: Some(true),
        command_id: None,
        confirmed: Vec::new(),
        command: Command::WatchCamera { vehicle, channel },
    };
    let done = app.desk.execute_unless(envelope, bar_of(signed.session.person.role)).await;
    done.inspect_err(|why| tracing::warn!(%why, "a look through a camera is not recorded")).is_ok()
}

/// The picture that a vehicle's link was asked for, in the same frames as it is looked at.
#[utoipa::path(get, path = "/ws/picture/source", tag = "links", params(Sent),
    responses((status = 101, description = "The picture is taken")))]
pub(super) async fn source(
    State(app): State<App>,
    SignedVehicle(known): SignedVehicle,
    Query(sent): Query<Sent>,
    upgrade: Upgrade,
) -> Result<Response, ApiError> {
    let upgrade = sized(upgrade, MAX_FRAGMENT_BYTES, AGENT_WRITE_BUFFER_BYTES)?;
    open(app, upgrade, agent_places, |app, socket| async move {
        let held = app.links_of_vehicle.hold(known.vehicle.as_str());
        let vehicle = known.vehicle.clone();
        tokio::select! {
            () = app.live.picture_source(vehicle, sent.picture, socket) => {}
            _ = known.closed() => {}
            () = held.give_way.cancelled() => {}
        }
    })
}
