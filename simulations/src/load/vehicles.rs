//! Vehicles of a load run: real agents whose receivers report so often, and crews that pause and resume at the run's rate.

use super::shared::Load;
use crate::clock::unix_millis;
use crate::fleet::Session;
use crate::world::drive::Pose;
use crate::world::receiver::Receiver;
use geometry::Wgs84;
use rand::prelude::*;
use rand::rngs::StdRng;
use std::f64::consts::TAU;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;
use vehicle_agent::link::LinkPhase;
use vehicle_agent::machine::random;
use vehicle_agent::outbox::MemoryOutbox;
use vehicle_agent::shell::{Agent, AgentHandle};
use wire_protocol::agent::CrewCommand;
use wire_protocol::state_group::StateGroup;
use wire_protocol::vocabulary::{PauseReason, VehicleState};

/// Metres of the circle that a vehicle drives around its station, and its speed.
const CIRCLE_M: f64 = 300.0;
const SPEED_MPS: f64 = 12.0;

/// A vehicle that presses.
pub(super) struct Crew {
    vehicle: String,
    handle: AgentHandle,
}

/// Lets a vehicle come online and drive until the run ends.
pub(super) async fn live(
    load: Arc<Load>,
    session: Session,
    hertz: f64,
    seed: u64,
    tasks: &TaskTracker,
) -> Result<Crew, String> {
    let outbox = MemoryOutbox::new(format!("{:016x}", random::<u64>()));
    let (agent, bytes, handle) =
        Agent::prepare(session.agent, outbox).await.map_err(|error| error.to_string())?;
    tasks.spawn(agent.run(load.stop.clone()));
    tasks.spawn(drive(load, session.knowledge.station, bytes, hertz, seed));
    Ok(Crew { vehicle: session.vehicle, handle })
}

/// Reports at moments that were laid down before, whatever the agent does.
async fn drive(
    load: Arc<Load>,
    station: Wgs84,
    bytes: mpsc::Sender<Vec<u8>>,
    hertz: f64,
    seed: u64,
) {
    let mut rng = StdRng::seed_from_u64(seed);
    let (begins, phase) = (rng.random_range(0.0..1.0 / hertz), rng.random_range(0.0..TAU));
    for report in 0_u64.. {
        let meant_at = begins + report as f64 / hertz;
        tokio::select! {
            () = load.clock.wait_until(meant_at) => {}
            () = load.stop.cancelled() => return,
        }
        let angle = phase + meant_at * SPEED_MPS / CIRCLE_M;
        let at = station.moved_by(CIRCLE_M * angle.sin(), CIRCLE_M * angle.cos());
        let heading_deg = (angle.to_degrees() + 90.0).rem_euclid(360.0);
        let pose = Pose { at, speed_mps: SPEED_MPS, heading_deg };
        let text = Receiver::Mixed.sentences(&pose, [0.0, 0.0], unix_millis());
        // A full channel means the agent is busy; a receiver does not wait for anybody.
        let _ = bytes.try_send(text.into_bytes());
    }
}

/// Presses at a rate over all vehicles, one after the other: pause, and the next time around resume.
pub(super) async fn press(load: Arc<Load>, crews: Vec<Crew>, a_second: f64) {
    if a_second <= 0.0 || crews.is_empty() {
        return;
    }
    for (number, crew) in crews.iter().cycle().enumerate() {
        let meant_at = number as f64 / a_second;
        tokio::select! {
            () = load.clock.wait_until(meant_at) => {}
            () = load.giving.cancelled() => break,
        }
        press_once(&load, crew, meant_at).await;
    }
    resume_all(&crews).await;
}

async fn press_once(load: &Load, crew: &Crew, meant_at: f64) {
    let measured = load.is_measured(meant_at);
    if measured {
        load.presses.meant();
    }
    let picture = crew.handle.picture();
    let (kind, command) = match picture.state.map(VehicleState::group) {
        Some(StateGroup::Paused) => ("vehicle_resumed", CrewCommand::Resume),
        Some(
            StateGroup::OnTask
            | StateGroup::AtHospital
            | StateGroup::OnRoad
            | StateGroup::AtStation
            | StateGroup::OffDuty,
        ) => ("vehicle_paused", pause()),
        None => ("not_online_yet", CrewCommand::Resume),
    };
    let name = format!("{kind} {}", crew.vehicle);
    let online = picture.link == LinkPhase::Online && picture.state.is_some();
    let waits = !measured || !online || load.awaits(name.clone(), meant_at);
    let pressed = online && waits && crew.handle.press(command).await.is_ok();
    if measured && !pressed {
        load.seen(&name);
        load.presses.failed();
    }
}

fn pause() -> CrewCommand {
    CrewCommand::Pause { reason: PauseReason::Restock, note: "load".into() }
}

/// Leaves every vehicle as it was found.
async fn resume_all(crews: &[Crew]) {
    for crew in crews {
        if crew.handle.picture().state.map(VehicleState::group) == Some(StateGroup::Paused) {
            let _ = crew.handle.press(CrewCommand::Resume).await;
        }
    }
}
