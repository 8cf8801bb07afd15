//! Calls come in by the daily curve, and each is put into a dispatcher's hands.

use super::Fleet;
use crate::api::Api;
use crate::clock::unix_millis;
use crate::people::callers::{Call, call, call_with_run, seconds_to_next_call};
use crate::people::dispatcher::Handling;
use rand::prelude::*;
use rand::rngs::StdRng;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

/// Calls being handled at once; the peak of a province is far below. A call beyond waits in line.
const MOST_CALLS_AT_ONCE: usize = 500;
/// Simulated seconds within which the runs under way at the start begin.
const JOINING_SECONDS: f64 = 60.0;

/// Lets people call until the fleet stops.
pub(super) async fn callers(fleet: Arc<Fleet>, api: Api) {
    let desk = Desk {
        run_name: format!("s{}-{}", fleet.settings.seed, unix_millis()),
        seats: Arc::new(Semaphore::new(MOST_CALLS_AT_ONCE)),
        tasks: TaskTracker::new(),
        fleet: fleet.clone(),
        api,
    };
    let mut rng = StdRng::seed_from_u64(fleet.settings.seed);
    let mut number = 0;
    for _ in 0..fleet.settings.under_way {
        number += 1;
        let begins = rng.random_range(0.0..JOINING_SECONDS);
        let call = call_with_run(&mut rng, &fleet.province.callers_near, &fleet.province.roads);
        desk.transfer(number, call, begins).await;
    }
    if fleet.settings.runs_a_day > 0.0 {
        desk.by_the_curve(&mut rng, number).await;
    }
    fleet.stop.cancelled().await;
    desk.tasks.close();
    desk.tasks.wait().await;
}

struct Desk {
    fleet: Arc<Fleet>,
    api: Api,
    run_name: String,
    seats: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Desk {
    async fn by_the_curve(&self, rng: &mut StdRng, mut number: u64) {
        let mut due = 0.0;
        loop {
            due += seconds_to_next_call(rng, self.local_hour(due), self.fleet.settings.runs_a_day);
            tokio::select! {
                () = self.fleet.clock.wait_until(due) => {}
                () = self.fleet.stop.cancelled() => return,
            }
            number += 1;
            let call = call(rng, &self.fleet.province.callers_near, &self.fleet.province.roads);
            self.transfer(number, call, 0.0).await;
        }
    }

    /// The hour of the day that a moment of the simulated clock falls into.
    fn local_hour(&self, seconds: f64) -> usize {
        let behind = self.fleet.clock.seconds();
        let minutes = i64::from(self.fleet.province.region.settings.time_zone_offset_minutes);
        let now = unix_millis() / 1000 + minutes * 60 + (seconds - behind) as i64;
        (now.rem_euclid(86_400) / 3600) as usize
    }

    /// Calls from outside every centre's area are not ours and are left out.
    async fn transfer(&self, number: u64, call: Option<Call>, begins: f64) {
        let Some(call) = call else { return };
        let Some((centre, address)) = self.fleet.province.owner_and_address(call.scene) else {
            return;
        };
        let Ok(seat) = self.seats.clone().acquire_owned().await else { return };
        let handling = Handling {
            api: self.api.clone(),
            clock: self.fleet.clock,
            truths: self.fleet.truths.clone(),
            tally: self.fleet.tally.clone(),
            rng: StdRng::seed_from_u64(self.fleet.settings.seed.wrapping_mul(1_000_003) ^ number),
            number,
            run_name: self.run_name.clone(),
            centre,
            address,
        };
        let (clock, stop) = (self.fleet.clock, self.fleet.stop.clone());
        self.tasks.spawn(async move {
            let handled = async {
                clock.wait(begins).await;
                handling.handle(call).await;
            };
            tokio::select! {
                () = handled => {}
                () = stop.cancelled() => {}
            }
            drop(seat);
        });
    }
}
