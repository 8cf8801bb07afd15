//! How long answers take: on Ningxia as composed, on a generated lattice of 138 396 junctions, on every
//! extract in HELAN_OSM_EXTRACTS, and on provinces put together from copies of those towns.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

mod worlds;

use divan::{Bencher, counter::ItemsCount};
use region::Region;
use road_network::{
    Condition, Effect, Extent, OnRoad, Profile, RoadNetwork, Router, Start, Travel, Weights, Wgs84,
    compose,
};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

const NOON: i64 = 4 * 3600;
/// Different goals that a benchmark goes through.
const GOALS: usize = 64;

struct World {
    name: String,
    router: Router,
    weights: Arc<Weights>,
    file: PathBuf,
    goals: Vec<OnRoad>,
}

fn main() {
    for world in every() {
        let network = world.router.network();
        println!(
            "{}: {} junctions, {} edges, {:.0} bytes an edge in memory, file {} bytes",
            world.name,
            network.nodes(),
            network.edges(),
            network.memory().per_edge(),
            std::fs::metadata(&world.file).map_or(0, |it| it.len()),
        );
    }
    divan::main();
}

fn ningxia() -> Region {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia");
    Region::load(&folder).expect("the shipped region is good")
}

fn every() -> &'static [World] {
    static WORLDS: OnceLock<Vec<World>> = OnceLock::new();
    WORLDS.get_or_init(|| {
        let (ningxia, _) = compose(&ningxia()).expect("composes");
        let corner = Wgs84 { lon: 105.0, lat: 36.0 };
        let mut all = vec![world("ningxia", ningxia)];
        // Once through, to show that it runs: the smallest will do.
        if std::env::args().any(|arg| arg == "--test") {
            return all;
        }
        all.push(world("lattice", worlds::lattice(corner)));
        for (name, town) in worlds::towns() {
            let province = worlds::province(&town, corner);
            all.push(world(&name, town));
            all.push(world(&format!("province of {name}"), province));
        }
        all
    })
}

fn world(name: &str, network: RoadNetwork) -> World {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("{name}.network"));
    network.save(&file).expect("writes");
    let router = Router::new(Arc::new(network), Profile::blue_light());
    let began = std::time::Instant::now();
    router.prepare_now(NOON);
    println!(
        "{name}: hierarchy made in {:.1} s, {} bytes",
        began.elapsed().as_secs_f64(),
        router.hierarchy_bytes()
    );
    let weights = router.weights(&[], NOON);
    let goals = places(&router, GOALS, 1);
    World { name: name.to_owned(), router, weights, file, goals }
}

fn places(router: &Router, count: usize, seed: u32) -> Vec<OnRoad> {
    let network = router.network();
    let mut seed = seed;
    (0..count)
        .map(|_| {
            let edge = network
                .edge_ids()
                .nth(worlds::next(&mut seed) as usize % network.edges())
                .expect("an edge");
            let share = f64::from(worlds::next(&mut seed) % 1000) / 1000.0;
            let position = network.course(edge)[0];
            OnRoad { edge, share, travel: Travel::Either, position, distance_m: 0.0 }
        })
        .collect()
}

fn starts(world: &World, count: usize) -> Vec<Start> {
    let mut seed = 99_u32;
    places(&world.router, count, 12)
        .into_iter()
        .map(|at| Start { at, added_seconds: f64::from(worlds::next(&mut seed) % 120) })
        .collect()
}

fn names() -> impl Iterator<Item = &'static str> {
    every().iter().map(|world| world.name.as_str())
}

fn named(name: &str) -> &'static World {
    every().iter().find(|world| world.name == name).expect("a world")
}

/// Runs `work` over one goal after the other.
fn each_goal(bencher: Bencher<'_, '_>, name: &str, work: impl Fn(&World, &OnRoad) + Sync) {
    let world = named(name);
    let turn = std::sync::atomic::AtomicUsize::new(0);
    bencher.bench(|| {
        let goal = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % GOALS;
        work(world, &world.goals[goal]);
    });
}

fn rank(bencher: Bencher<'_, '_>, name: &str, vehicles: usize, k: usize) {
    let starts = starts(named(name), vehicles);
    each_goal(bencher.counter(ItemsCount::new(vehicles)), name, |world, goal| {
        divan::black_box(world.router.to_one(&world.weights, &starts, goal, k));
    });
}

#[divan::bench(args = names(), sample_count = 640)]
fn best_8_of_123(bencher: Bencher<'_, '_>, name: &str) {
    rank(bencher, name, 123, 8);
}

#[divan::bench(args = names(), sample_count = 128)]
fn all_123(bencher: Bencher<'_, '_>, name: &str) {
    rank(bencher, name, 123, 123);
}

#[divan::bench(args = names(), sample_count = 128)]
fn all_5000(bencher: Bencher<'_, '_>, name: &str) {
    rank(bencher, name, 5000, 5000);
}

#[divan::bench(args = names(), sample_count = 320)]
fn best_8_of_10000(bencher: Bencher<'_, '_>, name: &str) {
    rank(bencher, name, 10_000, 8);
}

#[divan::bench(args = names(), sample_count = 128)]
fn one_to_one_route(bencher: Bencher<'_, '_>, name: &str) {
    let starts = starts(named(name), GOALS);
    let turn = std::sync::atomic::AtomicUsize::new(0);
    each_goal(bencher, name, |world, goal| {
        let start = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed) * 7 % GOALS;
        divan::black_box(world.router.route(&world.weights, &starts[start].at, goal));
    });
}

#[divan::bench(args = names(), sample_count = 64)]
fn isochrone_10_and_20_minutes(bencher: Bencher<'_, '_>, name: &str) {
    each_goal(bencher, name, |world, goal| {
        divan::black_box(world.router.isochrones(&world.weights, goal, &[600, 1200]));
    });
}

#[divan::bench(args = names(), sample_count = 1000)]
fn snap(bencher: Bencher<'_, '_>, name: &str) {
    each_goal(bencher, name, |world, goal| {
        let place = Wgs84 { lon: goal.position.lon + 0.0007, lat: goal.position.lat + 0.0004 };
        divan::black_box(world.weights.snap(place, 1000.0, None)).ok();
    });
}

#[divan::bench(args = names(), sample_count = 50)]
fn close_roads_in_a_ring_and_rank_8(bencher: Bencher<'_, '_>, name: &str) {
    each_goal(bencher, name, |world, goal| {
        let at = |east: f64, north: f64| Wgs84 {
            lon: goal.position.lon + east,
            lat: goal.position.lat + north,
        };
        let ring = vec![at(-0.02, -0.02), at(0.02, -0.02), at(0.02, 0.02), at(-0.02, 0.02)];
        let condition = Condition {
            extent: Extent::Ring(ring),
            effect: Effect::Closed,
            until_unix_seconds: None,
        };
        let weights = world.router.weights(&[condition], NOON);
        divan::black_box(world.router.to_one(&weights, &starts(world, 8), goal, 8));
    });
}

#[divan::bench(args = names(), sample_count = 20)]
fn load(bencher: Bencher<'_, '_>, name: &str) {
    let world = named(name);
    bencher.bench(|| RoadNetwork::load(&world.file).expect("loads"));
}

#[divan::bench(sample_count = 10)]
fn compose_ningxia() -> usize {
    compose(&ningxia()).expect("composes").0.edges()
}
