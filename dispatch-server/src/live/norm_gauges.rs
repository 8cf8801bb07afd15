//! The norms as metrics, by the core's one definition: `helan_norm`, how many cases of the last day stand how.
//!
//! Gauges read off the state, not counters of what was seen: a restart, a fail-over, a corrected time and a step
//! that was taken back leave them right, and every server of a province tells the same. Take the `max` over servers.

use super::shared::Shared;
use dispatch_core::deadlines::{Norm, NormOutcome, Surroundings, measured};
use dispatch_core::model::{CentreId, Timestamp};
use dispatch_core::state::{CentreState, Incident};
use dispatch_desk::simulated::on_own_thread;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// How often they are worked out, as other figures are; Prometheus asks every fifteen seconds or slower.
const EVERY: Duration = Duration::from_secs(5);
/// Incidents opened longer ago count no more, unless they are open.
const LAST_SECONDS: i64 = 24 * 3600;

const NORMS: [Norm; 3] = [Norm::Order, Norm::Departure, Norm::Response];
const AROUND: [Surroundings; 2] = [Surroundings::Urban, Surroundings::Rural];

/// Cases of one centre by norm, surroundings and outcome. Every series is there from the start: a rule that looks for
/// missed ones must not find nothing.
type Cases = [[[u32; NormOutcome::ALL.len()]; AROUND.len()]; NORMS.len()];
type Tally = BTreeMap<CentreId, Cases>;

/// Publishes until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut published = Tally::new();
    loop {
        tokio::select! {
            biased;
            _ = ticks.tick() => {}
            () = shared.stop.cancelled() => return,
        }
        let working = shared.clone();
        match on_own_thread(move || tally(&working)).await {
            // A gauge stands until it is set: mostly nothing has changed.
            Ok(counted) if counted != published => {
                publish(&counted);
                published = counted;
            }
            Ok(_) => {}
            Err(_) => tracing::error!("working out the norms died of a bug"),
        }
    }
}

fn publish(tally: &Tally) {
    for (centre, cases) in tally {
        for (norm, by_norm) in NORMS.iter().zip(cases) {
            for (around, by_surroundings) in AROUND.iter().zip(by_norm) {
                for (outcome, cases) in NormOutcome::ALL.iter().zip(by_surroundings) {
                    let labels = [
                        ("centre", centre.to_string()),
                        ("norm", named(*norm).to_owned()),
                        ("surroundings", word(*around).to_owned()),
                        ("outcome", outcome.name().to_owned()),
                    ];
                    metrics::gauge!("helan_norm", &labels).set(f64::from(*cases));
                }
            }
        }
    }
}

fn tally(shared: &Shared) -> Tally {
    let now = shared.clock.now();
    shared.desk.read_all(|centres| {
        let counted = |centre: &CentreState| (centre.centre.clone(), count(shared, centre, now));
        centres.values().map(counted).collect()
    })
}

fn count(shared: &Shared, centre: &CentreState, now: Timestamp) -> Cases {
    let mut cases = Cases::default();
    let since = now.plus_seconds(-LAST_SECONDS);
    let counts = |it: &&Incident| !it.stage.is_over() || it.opened_at >= since;
    for incident in centre.incidents.values().filter(counts) {
        let around = shared.views.due.surroundings_of(incident);
        for found in measured(incident, &shared.views.due.norms_of(incident)) {
            if let Some(outcome) = NormOutcome::of(incident, &found, now) {
                let norm = place(&NORMS, &found.norm);
                let (around, outcome) =
                    (place(&AROUND, &around), place(&NormOutcome::ALL, &outcome));
                cases[norm][around][outcome] += 1;
            }
        }
    }
    cases
}

/// Where a word stands in the list of its kind, which has them all.
fn place<T: PartialEq>(all: &[T], it: &T) -> usize {
    all.iter().position(|one| one == it).unwrap_or_default()
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
