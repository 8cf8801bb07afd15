//! The same seed gives the same run, whatever ran before it, and seeds that once failed hold.

use prove::{Folders, Outcome, SHORTEST_MS, Scenario, run, size_of};
use std::path::Path;

fn outcome(seed: u64, until_ms: u64) -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../regions/ningxia");
    let editions = Folders::load(&folder).unwrap().editions(size_of(seed, None).terminals);
    let scenario = Scenario { seed, until_ms, vehicles: None, only: None, is_told: false };
    run(&scenario, &editions)
}

#[test]
fn the_same_seed_gives_the_same_trace_and_another_gives_another() {
    let first = outcome(2, SHORTEST_MS);
    assert!(first.steps > 1_000, "{first:?}");
    assert_eq!(first, outcome(2, SHORTEST_MS));
    assert_ne!(first.hash, outcome(11, SHORTEST_MS).hash);
}
