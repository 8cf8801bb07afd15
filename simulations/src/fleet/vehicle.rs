//! One ambulance: a receiver that writes NMEA, the real agent that reads it, and a crew.

use super::driving::Driving;
use super::keys::read_keys;
use super::{Fleet, FleetError, FleetSettings};
use crate::clock::unix_millis;
use crate::people::crew::{Crew, Deed, Knowledge, Shown};
use crate::province::Province;
use crate::world::receiver::Receiver;
use rand::prelude::*;
use rand::rngs::StdRng;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;
use transport_tls::{Identity, Roots};
use vehicle_agent::link::{LinkPhase, LinkSettings, OrderStage, ReceiptPolicy};
use vehicle_agent::machine::{random, timer_now};
use vehicle_agent::outbox::{MemoryOutbox, Outbox, SqliteOutbox};
use vehicle_agent::shell::{
    Agent, AgentHandle, AgentSettings, EncryptionError, FixTimes, ServerUrl, VehicleKey,
};
use wire_protocol::agent::CrewCommand;

/// A receiver reports once a second, as nearly all do.
const REPORT_EVERY: Duration = Duration::from_secs(1);
/// Simulated seconds between two looks of a crew at its terminal, as far as [`SHORTEST_STEP`] lets them be so close.
const LOOK_EVERY_SECONDS: f64 = 1.0;
/// Real time between two looks at the least: at a hundred vehicles a core still keeps up.
const SHORTEST_STEP: Duration = Duration::from_millis(20);
/// Metres by which a receiver errs.
const NOISE_M: f64 = 2.5;

/// What one vehicle starts with.
pub(crate) struct Session {
    pub(crate) vehicle: String,
    pub(super) index: u64,
    /// Of its terminal, if that is of another maker.
    pub(super) number: Option<String>,
    pub(crate) knowledge: Knowledge,
    pub(crate) agent: AgentSettings,
    outbox: Option<PathBuf>,
}

/// Makes a session for each key, as many as the settings ask for.
pub(crate) fn sessions(
    settings: &FleetSettings,
    province: &Province,
) -> Result<Vec<Session>, FleetError> {
    let keys = read_keys(&settings.access.keys)?;
    let mix = settings.mix.terminals;
    let wanted = mix.map(|mix| mix.jt808 + mix.agent).or(settings.vehicles).unwrap_or(keys.len());
    if wanted > keys.len() {
        return Err(FleetError::TooFewKeys { wanted, have: keys.len() });
    }
    let access = &settings.access;
    let server = server_url(&access.server, None)?;
    if let Some(folder) = &settings.outboxes {
        std::fs::create_dir_all(folder).map_err(|error| FleetError::File(folder.clone(), error))?;
    }
    let mut numbers = settings.mix.numbers(&keys)?;
    let mut agents = wanted - numbers.len();
    let keys = keys.into_iter().filter(|(vehicle, _)| {
        let is_agent = !numbers.contains_key(vehicle);
        let is_taken = !is_agent || agents > 0;
        agents -= usize::from(is_agent && is_taken);
        is_taken
    });
    let keys: Vec<_> = keys.collect();
    let keys = keys.into_iter().enumerate();
    keys.map(|(index, (vehicle, key))| {
        let key = key.parse().map_err(|error| FleetError::BadKey(vehicle.clone(), error))?;
        let knowledge = province
            .knowledge_of(&vehicle, settings.forgets)
            .ok_or_else(|| FleetError::UnknownVehicle(vehicle.clone()))?;
        let outbox =
            settings.outboxes.as_ref().map(|folder| folder.join(format!("{vehicle}.sqlite")));
        let folder = access.certificates.as_ref();
        let own = folder.and_then(|folder| Identity::in_folder(folder, &vehicle));
        let server = match &own {
            Some(own) => server_url(&access.server, Some(own))?,
            None => server.clone(),
        };
        let agent = agent_settings(server, key, settings.seed ^ index as u64);
        let number = numbers.remove(&vehicle);
        Ok(Session { vehicle, index: index as u64, number, knowledge, agent, outbox })
    })
    .collect()
}

/// Where terminals connect to at a server's address.
pub(super) fn server_url(
    server: &str,
    own: Option<&Identity>,
) -> Result<ServerUrl, EncryptionError> {
    // http:// becomes ws://, https:// becomes wss://.
    let address = format!("{}/ws/agent", server.trim_end_matches('/')).replacen("http", "ws", 1);
    address.parse::<ServerUrl>()?.encrypted(&Roots::System, own)
}

/// Lives the vehicle's life until the fleet stops.
pub(super) async fn live(fleet: Arc<Fleet>, session: Session) {
    let lived = match session.outbox.clone() {
        Some(path) => match SqliteOutbox::open(&path).await {
            Ok(outbox) => live_with(fleet, session, outbox).await,
            Err(error) => Err(error.to_string()),
        },
        None => {
            let id = format!("{:016x}", random::<u64>());
            live_with(fleet, session, MemoryOutbox::new(id)).await
        }
    };
    if let Err(error) = lived {
        tracing::error!(%error, "a simulated vehicle cannot set out");
    }
}

async fn live_with<O: Outbox + 'static>(
    fleet: Arc<Fleet>,
    session: Session,
    outbox: O,
) -> Result<(), String> {
    let (agent, bytes, handle) =
        Agent::prepare(session.agent.clone(), outbox).await.map_err(|error| error.to_string())?;
    let running = tokio::spawn(agent.run(fleet.stop.clone()));
    let mut rng = StdRng::seed_from_u64(fleet.settings.seed.wrapping_add(session.index * 7919));
    let receiver = *[Receiver::Mixed, Receiver::Mixed, Receiver::Gps, Receiver::Beidou]
        .choose(&mut rng)
        .unwrap_or(&Receiver::Mixed);
    let parked = session
        .knowledge
        .station
        .moved_by(rng.random_range(-25.0..25.0), rng.random_range(-25.0..25.0));
    let vehicle = Vehicle {
        crew: Crew::new(session.knowledge),
        name: session.vehicle,
        driving: Driving::parked(parked, rng.random_range(0.0..360.0)),
        bytes,
        handle,
        receiver,
        crew_chance: StdRng::from_rng(&mut rng),
        noise: rng,
        was_online: false,
        fleet,
    };
    vehicle.go().await;
    running.await.map(drop).map_err(|error| error.to_string())
}

struct Vehicle {
    fleet: Arc<Fleet>,
    name: String,
    crew: Crew,
    driving: Driving,
    bytes: mpsc::Sender<Vec<u8>>,
    handle: AgentHandle,
    receiver: Receiver,
    /// Apart from the receiver's, so that a crew does the same however many seconds pass.
    crew_chance: StdRng,
    noise: StdRng,
    was_online: bool,
}

impl Vehicle {
    async fn go(mut self) {
        let first = timer_now() + REPORT_EVERY.mul_f64(self.noise.random());
        let mut ticks = tokio::time::interval_at(first, step(self.fleet.clock.speed()));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last = timer_now();
        let mut report_at = first;
        let stop = self.fleet.stop.clone();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            let now = timer_now();
            let passed = (now - last).as_secs_f64() * self.fleet.clock.speed();
            last = now;
            let reports = now >= report_at;
            if reports {
                // A step that comes a little early must not put a report off by another step.
                report_at = now + REPORT_EVERY.mul_f64(0.95);
            }
            self.step(passed, reports).await;
        }
    }

    /// One step: drive on, report, look at the terminal, do what comes next.
    async fn step(&mut self, passed: f64, reports: bool) {
        let arrived = self.driving.on(passed, self.fleet.clock.speed());
        if reports || arrived {
            self.report();
        }
        let now = self.fleet.clock.seconds();
        let incident = self.look(now).await;
        let truth = self.fleet.truths.of(&incident, &self.name);
        let deeds = self.crew.step(now, arrived, truth, &mut self.crew_chance);
        self.execute(deeds).await;
    }

    fn report(&mut self) {
        let noise = [self.error_m(), self.error_m()];
        let text = self.receiver.sentences(self.driving.pose(), noise, unix_millis());
        // A full channel means the agent is busy; a receiver does not wait for anybody.
        let _ = self.bytes.try_send(text.into_bytes());
    }

    fn error_m(&mut self) -> f64 {
        self.noise.random_range(-NOISE_M..NOISE_M)
    }

    /// Looks at the terminal and does what a new picture asks for; gives the incident worked on.
    async fn look(&mut self, now: f64) -> String {
        let picture = self.handle.picture();
        let online = picture.link == LinkPhase::Online;
        if self.was_online && !online {
            self.fleet.tally.link_lost();
        }
        self.was_online = online;
        let Some(state) = picture.state else { return String::new() };
        let order = match picture.order_stage {
            Some(OrderStage::Expired) | None => None,
            Some(OrderStage::New | OrderStage::Overdue | OrderStage::Acknowledged) => {
                picture.order.clone()
            }
        };
        let incident = order.as_ref().map(|order| order.incident.clone()).unwrap_or_default();
        if let Some(order) = &order
            && self.crew.task() != Some(order.task.as_str())
        {
            self.handle.displayed(order.task.clone()).await;
        }
        let deeds = self.crew.look(&Shown { state, order }, now, &mut self.crew_chance);
        self.execute(deeds).await;
        for refusal in &picture.refusals {
            self.handle.close_refusal(refusal.number).await;
        }
        incident
    }

    async fn execute(&mut self, deeds: Vec<Deed>) {
        for deed in deeds {
            match deed {
                Deed::Press(command) => self.press(command).await,
                Deed::Stop => self.driving.stop(),
                Deed::Drive(to, pace) => {
                    let route = self.fleet.province.roads.route(self.driving.pose().at, to);
                    self.driving.set_out(route, pace);
                }
            }
        }
    }

    async fn press(&mut self, command: CrewCommand) {
        match self.handle.press(command).await {
            Ok(_) => self.fleet.tally.press(),
            Err(error) => tracing::debug!(vehicle = self.name, %error, "a press was refused"),
        }
    }
}

/// Real time between two looks at a speed, so that a fast day is played as finely as the machine can.
fn step(speed: f64) -> Duration {
    Duration::from_secs_f64(LOOK_EVERY_SECONDS / speed).clamp(SHORTEST_STEP, REPORT_EVERY)
}

fn agent_settings(server: ServerUrl, key: VehicleKey, seed: u64) -> AgentSettings {
    AgentSettings {
        server,
        server_list: None,
        key,
        link: LinkSettings {
            software: concat!("simulated vehicle-agent ", env!("CARGO_PKG_VERSION")).into(),
            receipts: ReceiptPolicy::WhenShown,
            seed,
            pictures: false,
        },
        parser: Default::default(),
        fix_times: FixTimes::Live,
        camera: None,
    }
}
