//! The norms as metrics, by the core's one definition: `helan_norm`, how many cases of the last day stand how.
//!
//! Gauges read off the state, not counters of what was seen: a restart, a fail-over, a corrected time and a step
//! that was taken back leave them right, and every server of a province tells the same. Take the `max` over servers.

use super::shared::Shared;
use dispatch_core::deadlines::{Norm, NormOutcome, Surroundings, measured};
use dispatch_core::model::{CentreId, Timestamp};
use dispatch_core::state::CentreState;
use dispatch_desk::simulated::on_own_thread;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// How often they are worked out, as other figures are; Prometheus asks every fifteen seconds or slower.
const EVERY: Duration = Duration::from_secs(5);
/// Incidents opened longer ago count no more, unless they are open.
const LAST_SECONDS: i64 = 24 * 3600;

type Tally = BTreeMap<(CentreId, &'static str, &'static str, NormOutcome), u32>;

/// Publishes until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            biased;
            _ = ticks.tick() => {}
            () = shared.stop.cancelled() => return,
        }
        let working = shared.clone();
        if on_own_thread(move || publish(&working)).await.is_err() {
            tracing::error!("working out the norms died of a bug");
        }
    }
}

fn publish(shared: &Shared) {
    let now = shared.clock.now();
    let tally = shared.desk.read_all(|centres| {
        let mut tally = Tally::new();
        centres.values().for_each(|centre| count(shared, centre, now, &mut tally));
        tally
    });
    for ((centre, norm, surroundings, outcome), cases) in tally {
        let labels = [
            ("centre", centre.to_string()),
            ("norm", norm.to_owned()),
            ("surroundings", surroundings.to_owned()),
            ("outcome", outcome.name().to_owned()),
        ];
        metrics::gauge!("helan_norm", &labels).set(f64::from(cases));
    }
}

fn count(shared: &Shared, centre: &CentreState, now: Timestamp, tally: &mut Tally) {
    // Every series is there from the start: a rule that looks for missed ones must not find nothing.
    for norm in [Norm::Order, Norm::Departure, Norm::Response] {
        for around in [Surroundings::Urban, Surroundings::Rural] {
            for outcome in NormOutcome::ALL {
                tally.insert((centre.centre.clone(), named(norm), word(around), outcome), 0);
            }
        }
    }
    let since = now.plus_seconds(-LAST_SECONDS);
    let counted =
        |it: &&dispatch_core::state::Incident| !it.stage.is_over() || it.opened_at >= since;
    for incident in centre.incidents.values().filter(counted) {
        let around = shared.views.due.surroundings_of(incident);
        for found in measured(incident, &shared.views.due.norms_of(incident)) {
            if let Some(outcome) = NormOutcome::of(incident, &found, now) {
                let key = (centre.centre.clone(), named(found.norm), word(around), outcome);
                *tally.entry(key).or_default() += 1;
            }
        }
    }
}

const fn named(norm: Norm) -> &'static str {
    match norm {
        Norm::Order => "order",
        Norm::Departure => "departure",
        Norm::Response => "response",
    }
}

const fn word(surroundings: Surroundings) -> &'static str {
    match surroundings {
        Surroundings::Urban => "urban",
        Surroundings::Rural => "rural",
    }
}
