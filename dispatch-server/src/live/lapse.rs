//! Notices orders that ran out unreceived and has it recorded, so that their incidents wait again on every screen.

use super::shared::Shared;
use dispatch_core::deadlines::lapsed_orders;
use dispatch_core::model::{Command, Origin};
use dispatch_desk::desk::CommandEnvelope;
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked: a dispatcher learns a second late of an order that had two minutes.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Orders recorded in one look. After an outage of many terminals the rest come a second later.
const MOST_AT_ONCE: usize = 64;

/// Looks until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    loop {
        // Counted from before the look: nothing that runs out meanwhile is looked for a second later still.
        let next = shared.clock.steady() + LOOK_EVERY;
        look(&shared).await;
        tokio::select! {
            biased;
            () = shared.clock.sleep_until(next) => {}
            () = shared.stop.cancelled() => return,
        }
    }
}

/// What cannot be recorded now is found again at the next look; another server may have been first.
async fn look(shared: &Shared) {
    let now = shared.clock.now();
    let lapsed: Vec<_> = shared.desk.read_all(|centres| {
        let of_centre = |(centre, state): (&_, &_)| {
            let tasks = lapsed_orders(state, now).into_iter();
            let centre: dispatch_core::model::CentreId = Clone::clone(centre);
            tasks.map(move |task| (centre.clone(), task)).collect::<Vec<_>>()
        };
        centres.iter().flat_map(of_centre).take(MOST_AT_ONCE).collect()
    });
    for (centre, task) in lapsed {
        let command = CommandEnvelope::automatic(
            centre,
            Command::LapseOrder { task: task.clone() },
            Origin::ORDER_UNANSWERED,
            now,
        );
        match shared.desk.execute(command).await {
            Ok(done) if !done.already_recorded => {
                metrics::counter!("helan_orders_unanswered_total").increment(1);
                tracing::warn!(%task, "an order ran out and nobody had received it");
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%task, %error, "an order that ran out could not be recorded yet");
                return;
            }
        }
    }
}
