//! How long answers take: on Ningxia as composed, on a generated province of 160 000 junctions,
//! and on every extract in HELAN_OSM_EXTRACTS.

use divan::{Bencher, counter::ItemsCount};
use road_network::{
    Basis, Condition, Effect, Extent, OnRoad, Position, Profile, Road, RoadClass, RoadNetwork,
    RoadPlan, Router, Start, Travel, Weights, build, compose, import,
};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

const NOON: i64 = 4 * 3600;
/// Different goals that a benchmark goes through.
const GOALS: usize = 64;
/// Junctions along one side of the generated province.
const SIDE: u32 = 400;

struct World {
    name: String,
    router: Router,
    weights: Arc<Weights>,
    file: PathBuf,
    goals: Vec<OnRoad>,
}

fn main() {
    for world in worlds() {
        let network = world.router.network();
        println!(
            "{}: {} junctions, {} stretches, {:.0} bytes a stretch in memory, file {} bytes",
            world.name,
            network.nodes(),
            network.edges(),
            network.memory().per_edge(),
            std::fs::metadata(&world.file).map_or(0, |it| it.len()),
        );
    }
    divan::main();
}

fn worlds() -> &'static [World] {
    static WORLDS: OnceLock<Vec<World>> = OnceLock::new();
    WORLDS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia");
        let (ningxia, _) = compose(&folder).expect("composes");
        let mut worlds = vec![world("ningxia", ningxia), world("province-160k", province())];
        match std::env::var_os("HELAN_OSM_EXTRACTS") {
            None => println!("HELAN_OSM_EXTRACTS is not set: no real extract is measured"),
            Some(folder) => {
                for file in std::fs::read_dir(folder).expect("a folder").flatten() {
                    let name = file.file_name().to_string_lossy().replace(".osm.pbf", "");
                    if let Ok((network, _)) = import(&file.path()) {
                        worlds.push(world(&name, network));
                    }
                }
            }
        }
        worlds
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

/// A lattice of junctions a few hundred metres apart, a main road every tenth line, a fifth of
/// the streets missing so that it is no chessboard.
fn province() -> RoadNetwork {
    let mut plan = RoadPlan::default();
    let mut seed = 7;
    for row in 0..SIDE {
        for column in 0..SIDE {
            let mut off = || f64::from(next(&mut seed) % 1000) / 1000.0 * 0.002;
            let (lon, lat) = (105.0 + f64::from(column) * 0.005, 36.0 + f64::from(row) * 0.005);
            plan.point(Position { lon: lon + off(), lat: lat + off() });
        }
    }
    for line in 0..SIDE {
        for step in 0..SIDE - 1 {
            let class = if line % 40 == 0 {
                RoadClass::Primary
            } else if line % 10 == 0 {
                RoadClass::Secondary
            } else {
                RoadClass::Residential
            };
            let road = Road::plain(class, Basis::Generated);
            for points in [
                vec![line * SIDE + step, line * SIDE + step + 1],
                vec![step * SIDE + line, (step + 1) * SIDE + line],
            ] {
                if class != RoadClass::Residential || !next(&mut seed).is_multiple_of(5) {
                    plan.two_way(points, road);
                }
            }
        }
    }
    build(plan).0.expect("has roads")
}

fn next(seed: &mut u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *seed >> 8
}

fn places(router: &Router, count: usize, seed: u32) -> Vec<OnRoad> {
    let network = router.network();
    let mut seed = seed;
    (0..count)
        .map(|_| {
            let edge = network
                .edge_ids()
                .nth(next(&mut seed) as usize % network.edges())
                .expect("an edge");
            let share = f64::from(next(&mut seed) % 1000) / 1000.0;
            let position = network.course(edge)[0];
            OnRoad { edge, share, travel: Travel::Either, position, distance_m: 0.0 }
        })
        .collect()
}

fn starts(world: &World, count: usize) -> Vec<Start> {
    let mut seed = 99;
    places(&world.router, count, 12)
        .into_iter()
        .map(|at| Start { at, added_seconds: f64::from(next(&mut seed) % 120) })
        .collect()
}

fn names() -> impl Iterator<Item = &'static str> {
    worlds().iter().map(|world| world.name.as_str())
}

fn named(name: &str) -> &'static World {
    worlds().iter().find(|world| world.name == name).expect("a world")
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
        let place = Position { lon: goal.position.lon + 0.0007, lat: goal.position.lat + 0.0004 };
        divan::black_box(world.weights.snap(place, 1000.0, None)).ok();
    });
}

#[divan::bench(args = names(), sample_count = 50)]
fn close_roads_in_a_ring_and_rank_8(bencher: Bencher<'_, '_>, name: &str) {
    each_goal(bencher, name, |world, goal| {
        let at = |east: f64, north: f64| Position {
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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia");
    compose(&folder).expect("composes").0.edges()
}
