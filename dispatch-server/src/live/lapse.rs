//! Notices orders that ran out unreceived, and moves that no crew has seen in time, and has it recorded, so that incidents
//! wait again and stations stand uncovered again on every screen.

use super::shared::Shared;
use dispatch_core::deadlines::{lapsed_moves, lapsed_orders};
use dispatch_core::model::{CentreId, Command, Origin};
use dispatch_core::{CentreState, Rules};
use dispatch_desk::desk::{CommandEnvelope, CommandError};
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked: a dispatcher learns a second late of an order that had two minutes.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Orders and moves of a centre recorded in one look. After an outage of many terminals the rest come a second later.
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

/// What cannot be recorded now is found again at the next look; another server may have been first. A centre whose journal
/// stands still holds up none of the others.
async fn look(shared: &Shared) {
    let now = shared.clock.now();
    // The time that a move has is no setting: the desk decides by the same.
    let rules = Rules::default();
    let of_centre = |centre: &CentreId, state: &CentreState| {
        let orders = lapsed_orders(state, now).into_iter();
        let orders = orders.map(|task| (Command::LapseOrder { task }, Origin::ORDER_UNANSWERED));
        let moves = lapsed_moves(state, &rules, now).into_iter();
        let moves = moves.map(|vehicle| (Command::WithdrawMove { vehicle }, Origin::MOVE_UNSEEN));
        (centre.clone(), orders.chain(moves).take(MOST_AT_ONCE).collect::<Vec<_>>())
    };
    let lapsed: Vec<_> = shared.desk.read_all(|centres| {
        centres.iter().map(|(centre, state)| of_centre(centre, state)).collect()
    });
    for (centre, lapsed) in lapsed {
        record(shared, &centre, lapsed).await;
    }
}

/// Records what ran out at one centre, as far as its journal takes it.
async fn record(shared: &Shared, centre: &CentreId, lapsed: Vec<(Command, &'static str)>) {
    for (command, rule) in lapsed {
        let what = format!("{command:?}");
        let envelope =
            CommandEnvelope::automatic(centre.clone(), command, rule, shared.clock.now());
        match shared.desk.execute(envelope).await {
            Ok(done) if !done.already_recorded => tell(&what, rule),
            Ok(_) => {}
            // Only this one cannot be: the next may.
            Err(error @ CommandError::Rejected(_)) => {
                tracing::warn!(%centre, %what, %error, "the rules refuse what ran out");
            }
            Err(error) => {
                tracing::warn!(%centre, %what, %error, "what ran out could not be recorded yet");
                return;
            }
        }
    }
}

fn tell(what: &str, rule: &str) {
    if rule == Origin::MOVE_UNSEEN {
        metrics::counter!("helan_moves_unseen_total").increment(1);
        tracing::warn!(%what, "a move was taken back: its crew has not said to have seen it");
    } else {
        metrics::counter!("helan_orders_unanswered_total").increment(1);
        tracing::warn!(%what, "an order ran out and nobody had received it");
    }
}
