//! Looks at each centre's coverage and has moves suggested where a centre is advised of them. Never moves a vehicle.

use super::shared::Shared;
use crate::coverage::{Advice, CoverageSources, advice, last_left};
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, Origin};
use dispatch_desk::desk::CommandEnvelope;
use dispatch_desk::simulated::on_own_thread;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked: coverage is a matter of minutes, and a look costs some milliseconds of one core.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Looks until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    loop {
        let next = shared.clock.steady() + LOOK_EVERY;
        let looking = shared.clone();
        match on_own_thread(move || look(&looking)).await {
            Ok(found) => record(&shared, found).await,
            Err(failure) => tracing::error!(%failure, "a look at coverage died of a bug"),
        }
        tokio::select! {
            biased;
            () = shared.clock.sleep_until(next) => {}
            () = shared.stop.cancelled() => return,
        }
    }
}

/// The advice for every centre, made beside the desk.
fn look(shared: &Shared) -> Vec<(CentreId, Advice)> {
    let sources = sources(shared);
    let (states, _) = shared.desk.states_and_heads();
    let of_centre = |state: &CentreState| {
        shared.coverage.search(&sources, state);
        let found = shared.coverage.reckoned(&sources, state)?;
        let stations = &shared.coverage.ground(&state.centre)?.stations;
        for (at, reached) in found.reached_by_station().into_iter().enumerate() {
            let before = || {
                let reaching = found.reaching(at);
                last_left(state, |id| {
                    stations
                        .iter()
                        .zip(&reaching)
                        .any(|((known, _), reaches)| *reaches && known == id)
                })
            };
            let (uncovered, station) = (shared.coverage.uncovered(), &stations[at].0);
            uncovered.note(&state.centre, station, reached, sources.now, before);
        }
        let advice = advice(&shared.coverage, state, &found, sources.now);
        Some((state.centre.clone(), advice))
    };
    states.values().filter_map(of_centre).filter(|(_, advice)| !advice.is_empty()).collect()
}

/// What cannot be recorded now is found again at the next look; another server may have been first. A centre whose journal
/// stands still holds up none of the others.
async fn record(shared: &Shared, found: Vec<(CentreId, Advice)>) {
    for (centre, advice) in found {
        for command in advice {
            let name = command.row().name;
            let now = shared.clock.now();
            let envelope =
                CommandEnvelope::automatic(centre.clone(), command, Origin::MOVE_ADVICE, now);
            match shared.desk.execute(envelope).await {
                Ok(done) if !done.already_recorded => {
                    metrics::counter!("helan_move_advice_total", "command" => name).increment(1);
                    tracing::info!(%centre, command = name, "advice on moves was recorded");
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%centre, %error, "advice on moves could not be recorded yet");
                    break;
                }
            }
        }
    }
}

fn sources(shared: &Shared) -> CoverageSources<'_> {
    CoverageSources {
        fleet: &shared.fleet,
        roads: &shared.roads,
        region: &shared.region,
        now: shared.clock.now(),
    }
}
