//! One run: a seed made into a world, and what came of it.

use crate::invariants::Violation;
use crate::schedule::{Planned, Size, draw};
use crate::trace::Trace;
use crate::world::{Parts, SETTLING_MS, World};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use region::Region;
use std::path::Path;
use std::sync::Arc;

/// What is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Everything that is drawn follows from it.
    pub seed: u64,
    /// Simulated time, in milliseconds; at least a quarter of an hour.
    pub until_ms: u64,
    /// Vehicles; without a number the seed draws a few.
    pub vehicles: Option<usize>,
    /// The faults of the schedule that happen; all without a list.
    pub only: Option<Vec<usize>>,
    /// Whether every step is written to the standard error output.
    pub is_told: bool,
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Of everything that was carried and done.
    pub hash: u64,
    /// How much that was.
    pub steps: u64,
    /// The faults that happened.
    pub schedule: Vec<Planned>,
    /// How large it was.
    pub size: Size,
    /// What did not hold.
    pub violation: Option<Violation>,
}

/// The shortest run: time for a few faults before all has to come to rest.
pub const SHORTEST_MS: u64 = SETTLING_MS + 180_000;

/// The editions of a region folder that servers are started with: the second is the one in service.
#[derive(Debug)]
pub struct Folders(Vec<Region>);

impl Folders {
    /// Reads the folder.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn load(folder: &Path) -> Result<Self, String> {
        let load = |_| {
            Region::load(folder).map_err(|problems| {
                let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
                all.join("; ")
            })
        };
        Ok(Self((0..3).map(load).collect::<Result<_, _>>()?))
    }

    /// The editions for so many vehicles: one before a vehicle came, the one in service, and one with a changed plate.
    pub fn editions(mut self, vehicles: usize) -> Vec<Arc<Region>> {
        for (number, region) in self.0.iter_mut().enumerate() {
            region.settings.version = Some(number as u64 + 1);
            let listed = if number == 0 { vehicles.saturating_sub(1).max(1) } else { vehicles };
            region.vehicles.truncate(listed);
            if let (2, Some(vehicle)) = (number, region.vehicles.first_mut()) {
                vehicle.plate.push('X');
            }
        }
        self.0.into_iter().map(Arc::new).collect()
    }
}

/// Draws how large the run of a seed is.
pub fn size_of(seed: u64, vehicles: Option<usize>) -> Size {
    let mut rng = StdRng::seed_from_u64(seed ^ 0x512e);
    let servers = if rng.random_bool(0.6) { 1 } else { rng.random_range(2..4) };
    let drawn = rng.random_range(2..7);
    Size { servers, terminals: vehicles.unwrap_or(drawn), consoles: rng.random_range(1..3) }
}

/// Runs one seed to its end, or to what does not hold.
///
/// # Panics
/// When no runtime can be made, or the product's own code panics.
pub fn run(scenario: &Scenario, editions: &[Arc<Region>]) -> Outcome {
    let size = size_of(scenario.seed, scenario.vehicles);
    let until_ms = scenario.until_ms.max(SHORTEST_MS);
    let mut schedule = draw(scenario.seed, size, until_ms - SETTLING_MS);
    if let Some(only) = &scenario.only {
        schedule.retain(|planned| only.contains(&planned.number));
    }
    let _simulated = dispatch_desk::simulated::begin(scenario.seed);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime of one thread needs nothing of the machine");
    let trace = if scenario.is_told { Trace::told() } else { Trace::default() };
    let parts = Parts {
        seed: scenario.seed,
        size,
        editions: editions.to_vec(),
        schedule: schedule.clone(),
        until_ms,
        trace,
    };
    let (trace, held) = runtime.block_on(async { World::new(parts).run().await });
    Outcome { hash: trace.hash(), steps: trace.steps(), schedule, size, violation: held.err() }
}
