//! What happens to the whole system when its parts die, freeze or lose each other: real servers, a real
//! PostgreSQL, a real Redis, real terminals and consoles, and doors between them that can be cut.

#![expect(
    clippy::disallowed_methods,
    reason = "real processes take real time, and fresh names are drawn"
)]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod clock_jumps;
mod clocks;
mod database;
mod faults;
mod figures;
mod gear;
mod live_picture;
mod mixed_day;
mod province;
mod set_backs;
mod standby;
mod standby_tail;
mod truth;
mod work;

use mixed_day::{DaySettings, live};
use province::{RunSettings, run};
use std::time::Duration;

/// Vehicles of the short run: enough that every station's part of the province has some.
const FEW_VEHICLES: usize = 40;

/// The seed of the short run; `make faults` draws one unless it is told which.
const SHORT_SEED: u64 = 120;

/// A setting of the long run from the environment.
fn setting<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// The short run of the test suite; `make faults` makes it long by the environment.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_and_all_comes_back_by_itself() {
    let minutes: Option<u64> = setting("HELAN_FAULTS_MINUTES");
    let settings = RunSettings {
        seed: setting("HELAN_FAULTS_SEED").unwrap_or(SHORT_SEED),
        vehicles: setting("HELAN_FAULTS_VEHICLES").unwrap_or(FEW_VEHICLES),
        lasts: minutes.map(|minutes| Duration::from_secs(minutes * 60)),
    };
    println!("{}", run(settings).await);
}

/// A short piece of the day; `make mixed-day` makes it whole: 24 minutes, 80 terminals of other makers and 43 agents.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mixed_day_brings_every_press_and_every_position_once() {
    let minutes: Option<u64> = setting("HELAN_DAY_MINUTES");
    live(DaySettings {
        seed: setting("HELAN_FAULTS_SEED").unwrap_or(SHORT_SEED),
        jt808: setting("HELAN_DAY_JT808").unwrap_or(16),
        agents: setting("HELAN_DAY_AGENTS").unwrap_or(8),
        lasts: Duration::from_secs(minutes.unwrap_or(0) * 60),
    })
    .await;
}
