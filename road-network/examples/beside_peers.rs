//! Our side of `scripts/bench-roads`: imports an extract, thinks up the questions, answers them with
//! the clock running, and writes questions and answers for the peers' side to compare.
//!
//! `beside_peers EXTRACT.osm.pbf PROFILE.toml FOLDER` writes FOLDER/questions.json and FOLDER/ours.json.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

use road_network::{OnRoad, Profile, RoadNetwork, Router, Start, Weights, Wgs84, import};
use serde_json::{Value, json};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Incidents asked about.
const GOALS: usize = 20;
/// Fleets: the shipped region's and a large one.
const FLEETS: [usize; 2] = [123, 5000];
/// How many are wanted when not all are.
const BEST: usize = 8;
/// Single routes asked for.
const ROUTES: usize = 40;
/// Each question is asked so many times.
const TIMES: usize = 20;
/// Places of the questions lie on roads; this finds them again.
const SNAP_LIMIT_M: f64 = 200.0;
/// Midday in UTC: no night, no rush.
const NOON: i64 = 12 * 3600;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [extract, profile, folder] = &arguments[..] else {
        return Err("usage: beside_peers EXTRACT.osm.pbf PROFILE.toml FOLDER".into());
    };
    let file = folder.join("ours.network");
    let began = Instant::now();
    let (network, _) = import(extract)?;
    network.save(&file)?;
    let import_s = began.elapsed().as_secs_f64();
    drop(network);

    let before = resident_bytes()?;
    let began = Instant::now();
    let router = Router::new(Arc::new(RoadNetwork::load(&file)?), Profile::load(profile)?);
    let load_s = began.elapsed().as_secs_f64();
    let began = Instant::now();
    router.prepare_now(NOON);
    let weights = router.weights(&[], NOON);
    let prepare_s = began.elapsed().as_secs_f64();
    let questions = Questions::new(&router);
    std::fs::write(folder.join("questions.json"), questions.json().to_string())?;

    let mut answers = json!({
        "import_s": import_s, "load_s": load_s, "prepare_s": prepare_s,
        "file_bytes": std::fs::metadata(&file)?.len(),
        "junctions": router.network().nodes(), "stretches": router.network().edges(),
    });
    for fleet in FLEETS {
        let (vehicles, goals) = (&questions.vehicles[..fleet], &questions.goals);
        for (name, k) in [("best", BEST), ("all", fleet)] {
            answers[format!("{name}_{fleet}")] = ranked(&router, &weights, vehicles, goals, k)?;
        }
    }
    answers["routes"] = routed(&router, &weights, &questions)?;
    answers["memory_bytes"] = json!(resident_bytes()?.saturating_sub(before));
    std::fs::write(folder.join("ours.json"), answers.to_string())?;
    Ok(())
}

/// Times of ranking a fleet: with the vehicles' roads known, and from bare positions. `seconds` holds
/// the driving time of every vehicle (or of the best) to every goal.
fn ranked(
    router: &Router,
    weights: &Weights,
    vehicles: &[Wgs84],
    goals: &[Wgs84],
    k: usize,
) -> Result<Value, Box<dyn Error>> {
    let start = |at: OnRoad| Start { at, added_seconds: 0.0 };
    let on_roads: Vec<Start> =
        vehicles.iter().map(|&at| snap(weights, at).map(start)).collect::<Result<_, _>>()?;
    let (mut known, mut bare, mut seconds) = (Vec::new(), Vec::new(), Vec::new());
    for &goal in goals {
        let mut ranking = Vec::new();
        for _ in 0..TIMES {
            let began = Instant::now();
            let goal = snap(weights, goal)?;
            ranking = router.to_one(weights, &on_roads, &goal, k);
            known.push(began.elapsed().as_secs_f64());
            let began = Instant::now();
            let goal = snap(weights, goal.position)?;
            let starts: Vec<Start> = vehicles
                .iter()
                .map(|&at| snap(weights, at).map(start))
                .collect::<Result<_, _>>()?;
            std::hint::black_box(router.to_one(weights, &starts, &goal, k));
            bare.push(began.elapsed().as_secs_f64());
        }
        let mut row: Vec<Option<f64>> = vec![None; vehicles.len()];
        for one in ranking {
            row[one.start] = Some(f64::from(one.travel_ms) / 1000.0);
        }
        seconds.push(row);
    }
    Ok(json!({ "known_s": known, "bare_s": bare, "seconds": seconds }))
}

/// Times of single routes with course and turns, from positions.
fn routed(
    router: &Router,
    weights: &Weights,
    questions: &Questions,
) -> Result<Value, Box<dyn Error>> {
    let (mut taken, mut seconds) = (Vec::new(), Vec::new());
    for [from, to] in questions.pairs() {
        let mut found = None;
        for _ in 0..TIMES {
            let began = Instant::now();
            found = router.route(weights, &snap(weights, from)?, &snap(weights, to)?);
            taken.push(began.elapsed().as_secs_f64());
        }
        seconds.push(found.map(|it| f64::from(it.travel_ms) / 1000.0));
    }
    Ok(json!({ "bare_s": taken, "seconds": seconds }))
}

fn snap(weights: &Weights, at: Wgs84) -> Result<OnRoad, Box<dyn Error>> {
    Ok(weights.snap(at, SNAP_LIMIT_M, None)?)
}

/// Places on roads, the same in every run on the same extract.
struct Questions {
    goals: Vec<Wgs84>,
    vehicles: Vec<Wgs84>,
}

impl Questions {
    fn new(router: &Router) -> Questions {
        let mut seed = 2026;
        let largest = FLEETS.into_iter().max().unwrap_or(0);
        let mut places = |count| (0..count).map(|_| place(router.network(), &mut seed)).collect();
        Questions { goals: places(GOALS), vehicles: places(largest) }
    }

    fn pairs(&self) -> impl Iterator<Item = [Wgs84; 2]> + '_ {
        (0..ROUTES).map(|it| [self.vehicles[it], self.goals[it % GOALS]])
    }

    fn json(&self) -> Value {
        let list =
            |places: &[Wgs84]| json!(places.iter().map(|it| [it.lon, it.lat]).collect::<Vec<_>>());
        let pairs: Vec<Value> = self.pairs().map(|pair| list(&pair)).collect();
        json!({ "goals": list(&self.goals), "vehicles": list(&self.vehicles), "fleets": FLEETS, "pairs": pairs })
    }
}

/// The middle of an edge drawn by chance.
fn place(network: &RoadNetwork, seed: &mut u64) -> Wgs84 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let edge = network
        .edge_ids()
        .nth((*seed >> 33) as usize % network.edges())
        .unwrap_or(road_network::EdgeId(0));
    let course = network.course(edge);
    let (a, b) = (course[(course.len() - 1) / 2], course[course.len().div_ceil(2)]);
    Wgs84 { lon: (a.lon + b.lon) / 2.0, lat: (a.lat + b.lat) / 2.0 }
}

/// Memory this process has in hand.
fn resident_bytes() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string(Path::new("/proc/self/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib * 1024)
}
