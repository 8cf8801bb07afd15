//! The socket of a console that looks at a picture.

use super::{Place, Shared};
use crate::live::cameras::Shown;
use crate::live::limits::CONSOLE_WRITE_LIMIT;
use crate::live::link::Socket;
use axum::extract::ws::Message;
use dispatch_core::model::VehicleId;
use dispatch_desk::clock::steady_now;
use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep_until, timeout};
use wire_protocol::picture::{FragmentKind, PictureEnd, PictureNews};

/// Without anything of the picture for so long it is told as silent: a terminal may take ten seconds to wake its camera.
const SILENT_AFTER: Duration = Duration::from_secs(25);
/// One look; a picture forgotten on a screen costs the vehicle's line no more than that.
const LONGEST_LOOK: Duration = Duration::from_secs(10 * 60);

/// Shows a vehicle's picture on a console's socket until one of both ends it. `recorded` writes down who looks; nothing
/// is asked of the vehicle before.
pub(in crate::live) async fn run_look(
    shared: Arc<Shared>,
    vehicle: VehicleId,
    channel: u8,
    recorded: impl Future<Output = bool>,
    mut socket: impl Socket,
) {
    let reason = match begin(shared, vehicle, channel, recorded).await {
        Ok(place) => show(place, &mut socket).await,
        Err(reason) => Some(reason),
    };
    if let Some(reason) = reason {
        send(&mut socket, Shown::News(PictureNews::Ended { reason })).await;
    }
    timeout(CONSOLE_WRITE_LIMIT, socket.send(Message::Close(None))).await.ok();
}

async fn begin(
    shared: Arc<Shared>,
    vehicle: VehicleId,
    channel: u8,
    recorded: impl Future<Output = bool>,
) -> Result<Place, PictureEnd> {
    if !shared.fleet.is_online(&vehicle) {
        return Err(PictureEnd::Offline);
    }
    if !shared.cameras.has_camera(&vehicle) {
        return Err(PictureEnd::NoCamera);
    }
    if !recorded.await {
        return Err(PictureEnd::NotRecorded);
    }
    Place::take(shared, vehicle, channel)
}

/// Gives why it ended, where whoever looks is not told yet and is still there.
async fn show(mut place: Place, socket: &mut impl Socket) -> Option<PictureEnd> {
    if place.looked.begun.is_empty() && !send(socket, Shown::News(PictureNews::Waiting)).await {
        return None;
    }
    let mut waiting = VecDeque::from(std::mem::take(&mut place.looked.begun));
    let stop = place.shared.stop.clone();
    // Fragments are shown from one on that needs no earlier one.
    let mut is_in_step = false;
    let ends_at = now() + LONGEST_LOOK;
    let mut silent_at = now() + SILENT_AFTER;
    loop {
        let shown = match waiting.pop_front() {
            Some(shown) => shown,
            None => tokio::select! {
                biased;
                () = stop.cancelled() => return None,
                () = sleep_until(ends_at) => return Some(PictureEnd::TimeUp),
                () = sleep_until(silent_at) => return Some(PictureEnd::Silent),
                said = socket.recv() => match said {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    // A console has nothing to say here.
                    Some(Ok(_)) => continue,
                },
                shown = place.looked.frames.recv() => match shown {
                    Ok(shown) => shown,
                    Err(RecvError::Lagged(_)) => {
                        is_in_step = false;
                        continue;
                    }
                    Err(RecvError::Closed) => return Some(PictureEnd::Stopped),
                },
            },
        };
        match &shown {
            Shown::News(PictureNews::Ended { reason }) => return Some(*reason),
            Shown::News(_) => is_in_step = false,
            Shown::Fragment(FragmentKind::Start, _) => is_in_step = false,
            Shown::Fragment(FragmentKind::Key, _) => is_in_step = true,
            Shown::Fragment(FragmentKind::Further, _) if !is_in_step => continue,
            Shown::Fragment(FragmentKind::Further, _) => {}
        }
        if matches!(shown, Shown::Fragment(..)) {
            silent_at = now() + SILENT_AFTER;
        }
        if !send(socket, shown).await {
            return None;
        }
    }
}

/// Whether it could be sent.
async fn send(socket: &mut impl Socket, shown: Shown) -> bool {
    let message = match shown {
        Shown::News(news) => match serde_json::to_string(&news) {
            Ok(text) => Message::Text(text.into()),
            Err(_) => return false,
        },
        Shown::Fragment(_, frame) => Message::Binary(frame),
    };
    matches!(timeout(CONSOLE_WRITE_LIMIT, socket.send(message)).await, Ok(Ok(())))
}

fn now() -> Instant {
    Instant::from_std(steady_now())
}
