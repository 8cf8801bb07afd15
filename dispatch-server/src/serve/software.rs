//! Which program and version each vehicle's terminal runs, written down beside its key: administration sees whose is
//! older than the server.

use crate::live::Live;
use crate::people::People;
use std::time::Duration;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

/// How often it is written; a terminal says it when its link opens, and no more.
const EVERY: Duration = Duration::from_secs(10);

/// Writes until the server stops. What the store does not take is written with the next.
pub(super) async fn run(live: Live, people: People, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = stop.cancelled() => return,
        }
        let heard = live.take_software();
        if let Err(failure) = people.write_software(&heard).await {
            tracing::warn!(%failure, "the terminals' versions could not be written; trying again");
            live.put_back_software(heard);
        }
    }
}
