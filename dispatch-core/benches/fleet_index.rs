//! The fleet index at 123, 10 000 and 100 000 vehicles: moving them, finding the nearest eight, and
//! both at once. Vehicles lie in towns, as they do, and a tenth on the land between.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

use dispatch_core::fleet::FleetIndex;
use divan::{Bencher, black_box, counter::ItemsCount};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

const FLEETS: [u32; 3] = [123, 10_000, 100_000];
/// A province of 250 by 450 km with 25 towns of 12 km.
const TOWNS: u64 = 25;
/// What a vehicle drives between two fixes a second apart.
const STEP_M: f64 = 17.0;
const WANTED: usize = 8;

fn is_trial() -> bool {
    std::env::args().any(|arg| arg == "--test")
}

/// Every fleet; the smallest where the bench is only to show that it runs.
fn fleets() -> Vec<u32> {
    FLEETS.into_iter().take(if is_trial() { 1 } else { FLEETS.len() }).collect()
}

fn main() {
    divan::main();
    print_reader_percentiles();
}

/// A small repeatable source of numbers in 0..1 (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn place(&mut self) -> [f64; 2] {
        if self.next() < 0.1 {
            return [self.next() * 250_000.0, self.next() * 450_000.0];
        }
        let mut town = Chance((self.next() * TOWNS as f64) as u64);
        let middle = [town.next() * 250_000.0, town.next() * 450_000.0];
        middle.map(|metres| metres + (self.next() - 0.5) * 12_000.0)
    }
}

fn fleet(vehicles: u32) -> FleetIndex {
    let index = FleetIndex::with_capacity(vehicles);
    let mut chance = Chance(42);
    index.load((0..vehicles).map(|slot| (slot, chance.place()))).expect("all on the plane");
    index
}

/// Drives every vehicle on by one fix: ahead for a while, then back, so that towns stay towns.
fn drive(index: &FleetIndex, vehicles: u32, round: u64) {
    let step = if (round / 60).is_multiple_of(2) { STEP_M } else { -STEP_M };
    for slot in 0..vehicles {
        let heading = f64::from(slot) * 0.1;
        if let Some([x, y]) = index.position(slot) {
            let to = [x + step * heading.cos(), y + step * heading.sin()];
            index.place(slot, to).expect("on the plane");
        }
    }
}

/// One second of a fleet at 1 Hz; the time of one item is the mean cost of a move, trees included.
#[divan::bench(args = fleets())]
fn move_every_vehicle_once(bencher: Bencher, vehicles: u32) {
    let index = fleet(vehicles);
    let mut round = 0;
    bencher.counter(ItemsCount::new(vehicles)).bench_local(|| {
        drive(&index, vehicles, round);
        round += 1;
    });
}

#[divan::bench(args = fleets())]
fn nearest_8_at_rest(bencher: Bencher, vehicles: u32) {
    let index = fleet(vehicles);
    let mut chance = Chance(7);
    bencher
        .with_inputs(|| chance.place())
        .bench_local_values(|to| black_box(index.look().nearest(to, WANTED, |_| true)));
}

/// Every vehicle has driven about 85 m since the tree was built: the usual worst of a live fleet.
#[divan::bench(args = fleets())]
fn nearest_8_in_a_worn_tree(bencher: Bencher, vehicles: u32) {
    let index = fleet(vehicles);
    for round in 0..5 {
        drive(&index, vehicles, round);
    }
    let mut chance = Chance(7);
    bencher
        .with_inputs(|| chance.place())
        .bench_local_values(|to| black_box(index.look().nearest(to, WANTED, |_| true)));
}

/// Reader percentiles, which a mean would hide: alone, beside a writer at 1 Hz a vehicle, and beside
/// a writer that never rests.
fn print_reader_percentiles() {
    let questions = if is_trial() { 100 } else { 40_000 };
    println!(
        "\nnearest 8, one reader      quiet p50  p99 us | 1 Hz writer p50  p99 us | full-rate writer p50  p99 us (moves/s)"
    );
    for vehicles in fleets() {
        let index = fleet(vehicles);
        let quiet = percentiles(&index, questions);
        let (live, _) = beside_writer(&index, vehicles, questions, true);
        let (busy, moves) = beside_writer(&index, vehicles, questions, false);
        println!(
            "{vehicles:>7} vehicles           {:>8.1} {:>8.1} |      {:>8.1} {:>8.1} |          {:>8.1} {:>8.1} ({moves:.1e})",
            quiet[0], quiet[1], live[0], live[1], busy[0], busy[1],
        );
    }
}

fn beside_writer(
    index: &FleetIndex,
    vehicles: u32,
    questions: usize,
    paced: bool,
) -> ([f64; 2], f64) {
    let done = AtomicBool::new(false);
    let moves = AtomicU64::new(0);
    let began = Instant::now();
    let told = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut round = 0;
            while !done.load(Ordering::Relaxed) {
                let second = Instant::now();
                drive(index, vehicles, round);
                round += 1;
                moves.fetch_add(u64::from(vehicles), Ordering::Relaxed);
                while paced && !done.load(Ordering::Relaxed) && second.elapsed().as_secs() < 1 {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
            }
        });
        let told = percentiles(index, questions);
        done.store(true, Ordering::Relaxed);
        told
    });
    (told, moves.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64())
}

/// The median and the 99th percentile of one search, in microseconds.
fn percentiles(index: &FleetIndex, questions: usize) -> [f64; 2] {
    let mut chance = Chance(7);
    let mut micros: Vec<f64> = (0..questions)
        .map(|_| {
            let to = chance.place();
            let asked = Instant::now();
            black_box(index.look().nearest(to, WANTED, |_| true));
            asked.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    micros.sort_by(f64::total_cmp);
    [micros[questions / 2], micros[questions * 99 / 100]]
}
