//! One vehicle's link: one task from its hello to its end, everything in it bounded.
//!
//! Acts go to the desk in order and are acknowledged once recorded; fixes are judged, shown and handed
//! to history, and acknowledged once durable. What the link is told from outside comes as flags that
//! merge, so a terminal that reads slowly is sent the newest, never a queue.

mod act_lane;
mod closing;
mod command;
mod decode;
mod fix_lane;
mod greeting;
mod link;
mod press_name;
mod press_time;
mod ranges;
mod recording;
mod speaker;
mod stranger;
mod terminal;

pub use command::command as crew_command;
pub use decode::read_agent_frame;
pub use press_name::press_name;
pub(super) use stranger::Strangers;

use super::shared::Shared;
use crate::fleet::{Begun, LinkSignal, VehicleCell};
use axum::extract::ws::WebSocket;
use closing::Ending;
use dispatch_core::model::{Timestamp, VehicleId};
use greeting::Greeting;
use link::Link;
use speaker::Speaker;
use std::sync::Arc;
use std::time::Instant;

/// Runs the link of a vehicle to its end. The caller has checked the vehicle's key.
pub(super) async fn run(shared: Arc<Shared>, vehicle: VehicleId, mut socket: WebSocket) {
    let ending = match greeting::greeting(&shared, &mut socket).await {
        Ok(greeting) => serve(&shared, &vehicle, greeting, &mut socket).await,
        Err(ending) => ending,
    };
    tracing::info!(%vehicle, code = ending.code(), "agent link ended");
    metrics::counter!("helan_agent_links_ended_total", "code" => ending.code()).increment(1);
    if ending.can_be_told() {
        Speaker(&mut socket).farewell(ending.code(), &ending.to_string()).await;
    }
}

async fn serve(
    shared: &Arc<Shared>,
    vehicle: &VehicleId,
    greeting: Greeting,
    socket: &mut WebSocket,
) -> Ending {
    let has_centre = tokio::select! {
        has_centre = stranger::has_centre(shared, vehicle) => has_centre,
        () = shared.stop.cancelled() => return Ending::Stopping,
    };
    if !has_centre {
        shared.strangers.tell(vehicle);
        return Ending::NotEnrolled;
    }
    let Ok(cell) = shared.fleet.enrol(vehicle) else { return Ending::FleetFull };
    let attached = Attached::attach(shared.clone(), cell, greeting.clock);
    let cell = attached.cell.clone();
    let link = Link::new(shared.clone(), cell, greeting, attached.in_turns, socket);
    link.serve(&attached.signal).await
}

/// A link that is its vehicle's live one; by dropping it the vehicle goes offline, however the link
/// ended, unless a newer one took over.
struct Attached {
    shared: Arc<Shared>,
    cell: Arc<VehicleCell>,
    signal: Arc<LinkSignal>,
    /// Links of this vehicle that ended one another within a minute, when they are to be told.
    in_turns: Option<u32>,
}

impl Attached {
    fn attach(shared: Arc<Shared>, cell: Arc<VehicleCell>, terminal: Timestamp) -> Self {
        let signal = Arc::new(LinkSignal::default());
        let now = shared.clock.now();
        let begun = Begun { terminal, server: Some(now) };
        let attachment = cell.attach(signal.clone(), begun, now);
        if let Some(older) = attachment.replaced {
            older.tell_replaced();
        }
        let took_over = !attachment.is_online_by_that;
        let in_turns = cell.link_turns(took_over, Instant::now());
        if attachment.is_online_by_that {
            shared.feed.tell_presence(&cell);
        }
        // After attaching, so that a stop just now is either seen here or told by the signal.
        if shared.stop.is_cancelled() {
            signal.tell_stopping();
        }
        shared.counters.agent_links.increment(1.0);
        Self { shared, cell, signal, in_turns }
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.shared.counters.agent_links.decrement(1.0);
        if self.cell.detach(&self.signal, self.shared.clock.now()) {
            self.shared.feed.tell_presence(&self.cell);
        }
    }
}
