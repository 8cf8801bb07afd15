//! The machine that simulations play: its chance follows the seed, its time the runtime's paused clock.

use dispatch_core::model::Timestamp;
use dispatch_desk::chance::random;
use dispatch_desk::clock::{SimulatedMachine, steady_now};
use dispatch_desk::simulated::{begin, on_own_thread};
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn chance_follows_the_seed_and_steady_time_the_runtime() {
    let drawn = |seed| {
        let _simulated = begin(seed);
        (random::<u64>(), random::<u64>())
    };
    assert_eq!(drawn(7), drawn(7));
    assert_ne!(drawn(7), drawn(8));
    assert_ne!(random::<u64>(), drawn(7).0, "outside it is the machine's own chance");
    let _simulated = begin(1);
    let before = steady_now();
    tokio::time::advance(Duration::from_secs(3_600)).await;
    assert_eq!(steady_now() - before, Duration::from_secs(3_600));
    assert_eq!(on_own_thread(|| 3).await.ok(), Some(3));
}

#[tokio::test(start_paused = true)]
async fn a_settable_clock_drifts_and_is_set() {
    let _simulated = begin(1);
    let clock = SimulatedMachine::set_to(Timestamp(1_780_000_000_000), -50);
    tokio::time::advance(Duration::from_secs(1_000)).await;
    assert_eq!(clock.time(), Timestamp(1_780_000_999_950));
    clock.step_millis(-999_950);
    assert_eq!(clock.time(), Timestamp(1_780_000_000_000));
}
