//! Links go to another server while this one's clock is doubted and another's is not.
//!
//! The load balancer takes this server out by `/readyz`; links that are up already are ended, so that terminals and
//! consoles come back by way of it. What is done here meanwhile is right all the same, since it goes by the other
//! clocks; so where there is no better place nobody is sent away, and not for ever either.

use super::shared::Shared;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// Between two looks at the clock.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Pauses before each round of ending links: the balancer needs some seconds to notice, and one that does not notice
/// leads everybody back here, where they may stay after the third round.
const ROUNDS: [Duration; 3] =
    [Duration::from_secs(6), Duration::from_secs(20), Duration::from_secs(60)];

/// Watches until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let stop = shared.stop.clone();
    tokio::select! {
        biased;
        () = stop.cancelled() => {}
        () = watch(&shared) => {}
    }
}

async fn watch(shared: &Shared) {
    loop {
        until(shared, true).await;
        for pause in ROUNDS {
            tokio::select! {
                biased;
                () = until(shared, false) => break,
                () = sleep(pause) => end_links(shared),
            }
        }
        until(shared, false).await;
    }
}

async fn until(shared: &Shared, better: bool) {
    while shared.is_better_elsewhere() != better {
        sleep(LOOK_EVERY).await;
    }
}

fn end_links(shared: &Shared) {
    tracing::warn!("this server's clock is doubted; its links are asked to go to another server");
    shared.moves.send_modify(|count| *count = count.wrapping_add(1));
    shared.fleet.for_each(|cell| {
        if let Some(link) = cell.link() {
            link.tell_stopping();
        }
    });
}
