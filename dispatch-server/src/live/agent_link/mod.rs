//! One vehicle's link, from its hello to its end, everything in it bounded: `machine` decides, `surroundings`
//! carries out.
//!
//! Commands go to the desk in order and are acknowledged once recorded; fixes are judged, shown and handed
//! to history, and acknowledged once durable. What the link is told from outside comes as flags that
//! merge, so a terminal that reads slowly is sent the newest, never a queue.

mod asks;
mod closing;
mod command;
mod command_lane;
mod decode;
mod fix_lane;
mod greeting;
mod machine;
mod press;
mod press_name;
mod press_time;
mod ranges;
mod recording;
mod stranger;
mod surroundings;
mod terminal;
#[cfg(test)]
mod tests;
mod welcome;

pub use command::core_command as crew_command;
pub use decode::read_agent_frame;
pub use press_name::press_name;

use super::link::{self, Socket, farewell};
use super::shared::Shared;
use dispatch_core::model::VehicleId;
use machine::{AgentLink, Terms};
use std::sync::Arc;
use surroundings::Around;

/// Runs the link of a vehicle to its end. The caller has checked the vehicle's key.
pub(super) async fn run(shared: Arc<Shared>, vehicle: VehicleId, mut socket: impl Socket) {
    let pulse = shared.settings.pulse(shared.settings.agent_frames);
    let terms = Terms {
        report_seconds: shared.settings.report_seconds,
        exercise: shared.region.settings.exercise,
        servers: shared.settings.terminal_servers.clone(),
    };
    let mut link = AgentLink::new(pulse, vehicle.clone(), terms);
    let mut around = Around::new(shared, vehicle.clone());
    let end = link::run(&mut link, &mut around, &mut socket).await;
    tracing::info!(%vehicle, code = end.code, "agent link ended");
    metrics::counter!("helan_agent_links_ended_total", "code" => end.code).increment(1);
    farewell(&mut socket, end).await;
}
