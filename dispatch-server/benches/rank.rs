//! A ranking as a dispatcher waits for it: asked of the live part while vehicles move, every vehicle snapped
//! where it was last seen, explained, and spelled as the bytes that are sent.
//!
//! `cargo bench -p dispatch-server --bench rank -- [--questions 400] [--network ningxia]`; real streets need HELAN_OSM_EXTRACTS.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

#[expect(dead_code, reason = "each bench uses its own part of it")]
mod links;
#[path = "../../dispatch-desk/benches/trial/mod.rs"]
mod trial;
#[path = "../../road-network/benches/worlds/mod.rs"]
mod worlds;

use dispatch_core::fleet::Fix;
use dispatch_core::model::*;
use dispatch_core::recommend::StraightLineSettings;
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::CommandEnvelope;
use dispatch_server::rank::{RankFor, RecommendRequest, Sources, recommend};
use dispatch_server::roads::Roads;
use links::{Helan, helan, number, settings, tiny_region, vehicle, word};
use region::Bounds;
use region::Region;
use road_network::{RoadNetwork, Wgs84, compose};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use trial::load;
use worlds::next;

/// The south-western corner of every network.
const CORNER: Wgs84 = Wgs84 { lon: 101.0, lat: 36.0 };
/// One vehicle in so many is seen anew between two questions.
const SEEN_ANEW: u64 = 10;
/// Degrees by which a fix is off its road at most, about ten metres.
const OFF_ROAD: f64 = 0.000_1;

#[tokio::main]
async fn main() {
    let questions = number("--questions", load(400, 3));
    let ningxia = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia");
    let ningxia = Region::load(&ningxia).expect("the shipped region is good");
    let (ningxia, _) = compose(&ningxia).expect("composes");
    let mut networks = vec![("ningxia".to_owned(), ningxia)];
    if load(true, false) {
        for (name, town) in worlds::towns() {
            networks.push((format!("province of {name}"), worlds::province(&town, CORNER)));
        }
        networks.push(("lattice".to_owned(), worlds::lattice(CORNER)));
    }
    if let Some(wanted) = word("--network") {
        networks.retain(|(name, _)| *name == wanted);
    }
    println!("| network | junctions | vehicles | p50 ms | p99 ms | candidates | KiB |");
    println!("|---|---|---|---|---|---|---|");
    for (name, network) in networks {
        let junctions = network.nodes();
        let places = places(&network);
        let roads = Arc::new(Roads::new(Some(network), StraightLineSettings::default()));
        roads.prepare_now(Clock::system().now());
        for &vehicles in load(&[123, 10_000][..], &[123][..]) {
            let province = Province::open(vehicles, roads.clone(), &places).await;
            let asked = province.ask(questions);
            println!("| {name} | {junctions} | {vehicles} | {asked} |");
        }
    }
}

/// Places on roads, some thousands.
fn places(network: &RoadNetwork) -> Vec<Wgs84> {
    let every = network.edges().div_ceil(20_000).max(1);
    network.edge_ids().step_by(every).map(|edge| network.course(edge)[0]).collect()
}

struct Province<'a> {
    helan: Helan,
    vehicles: u64,
    places: &'a [Wgs84],
    seed: u32,
}

impl<'a> Province<'a> {
    async fn open(vehicles: u64, roads: Arc<Roads>, places: &'a [Wgs84]) -> Self {
        let mut region = tiny_region();
        region.settings.map.bounds = around(places);
        let helan = helan(vehicles, settings(vehicles, 1.0), region, roads).await;
        let mut province = Self { helan, vehicles, places, seed: 11 };
        for n in 0..vehicles {
            province.see(n);
            if n % 3 == 0 {
                let reason = PauseReason::Meal.into();
                province.execute(Command::PauseVehicle { vehicle: vehicle(n), reason }).await;
            } else if n % 15 == 1 {
                let patient = province.somewhere();
                province.execute(call(patient)).await;
                province.send(vehicle(n)).await;
            }
        }
        province
    }

    /// To the patient who waits.
    async fn send(&self, vehicle: VehicleId) {
        let waits = |centre: &dispatch_core::CentreState| {
            let mut waiting = centre.open_incidents().filter(|it| it.waits_for_vehicle());
            waiting.next().map(|it| it.id.clone())
        };
        let incident = self.helan.desk.read(&centre(), waits).flatten().expect("a patient waits");
        self.execute(Command::DispatchVehicles { incident, vehicles: vec![vehicle], offer: None })
            .await;
    }

    async fn execute(&self, command: Command) {
        let envelope = CommandEnvelope {
            centre: centre(),
            command,
            made_at: Clock::system().now(),
            terminal: None,
            origin: Origin::Person { person: "li".into() },
            vehicle_online: Some(true),
            command_id: None,
            confirmed: Vec::new(),
        };
        self.helan.desk.execute(envelope).await.expect("recorded");
    }

    fn somewhere(&mut self) -> Wgs84 {
        let at = self.places[next(&mut self.seed) as usize % self.places.len()];
        let mut off = || (f64::from(next(&mut self.seed) % 1000) / 500.0 - 1.0) * OFF_ROAD;
        Wgs84 { lon: at.lon + off(), lat: at.lat + off() }
    }

    fn see(&mut self, n: u64) {
        let position = self.somewhere();
        let heading_deg = Some((n % 360) as f32);
        let fix_time = Clock::system().now();
        let fix = Fix { position, fix_time, speed_mps: Some(9.0), heading_deg };
        self.helan.live.observe(&vehicle(n), fix);
    }

    /// Asks so many times, each time about another place and with some vehicles elsewhere.
    fn ask(mut self, questions: u64) -> String {
        let mut millis = Vec::new();
        let (mut bytes, mut candidates) = (0, 0);
        for question in 0..questions {
            for n in (question % SEEN_ANEW..self.vehicles).step_by(SEEN_ANEW as usize) {
                self.see(n);
            }
            let (kind, priority) = (IncidentKind::Illness, Priority::Urgent);
            let target = RankFor::Place { at: self.somewhere(), kind, priority };
            let asked = RecommendRequest::usual(centre(), target);
            let began = Instant::now();
            let sources = Sources {
                fleet: self.helan.live.fleet(),
                desk: &self.helan.desk,
                roads: &self.helan.roads,
                region: &self.helan.region,
                coverage: self.helan.live.coverage(),
                now: Clock::system().now(),
            };
            let found = recommend(&sources, &asked).expect("a ranking");
            let spelled = serde_json::to_vec(&found).expect("JSON");
            millis.push(began.elapsed().as_secs_f64() * 1000.0);
            (bytes, candidates) = (bytes + spelled.len(), candidates + found.candidates.len());
        }
        millis.sort_by(f64::total_cmp);
        let part = |share: f64| millis[((millis.len() - 1) as f64 * share).round() as usize];
        let each = |sum: usize| sum as f64 / questions as f64;
        let kib = each(bytes) / 1024.0;
        format!("{:.2} | {:.2} | {:.0} | {kib:.0}", part(0.5), part(0.99), each(candidates))
    }
}

fn centre() -> CentreId {
    "xining".into()
}

fn around(places: &[Wgs84]) -> Bounds {
    let least = |part: fn(&Wgs84) -> f64| places.iter().map(part).fold(f64::MAX, f64::min);
    let most = |part: fn(&Wgs84) -> f64| places.iter().map(part).fold(f64::MIN, f64::max);
    Bounds {
        west: least(|it| it.lon) - 0.01,
        south: least(|it| it.lat) - 0.01,
        east: most(|it| it.lon) + 0.01,
        north: most(|it| it.lat) + 0.01,
    }
}

/// Somebody who can wait a little.
fn call(at: Wgs84) -> Command {
    let scene = Place::plain("somewhere", Some(at), PlaceSource::MapClick);
    let facts =
        IncidentFacts { priority: Priority::NonUrgent, ..IncidentFacts::plain(scene, "fever") };
    let details = CallDetails::plain(Clock::system().now());
    Command::TakeCall(Box::new(TakeCall::plain(facts, details)))
}
