//! Whether everything works, in the words consoles know.

use crate::health::Health;
use crate::live::shared::Shared;
use std::sync::Arc;
use wire_protocol::console::{PartState, ServiceState};

/// The state of the service as its parts tell it.
pub(in crate::live) fn state(journal: Health, history: Health) -> ServiceState {
    ServiceState { journal: part(journal), history: part(history) }
}

/// Watches the parts until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let (mut journal, mut history) = (shared.desk.health(), shared.history.health());
    loop {
        let now = state(*journal.borrow_and_update(), *history.borrow_and_update());
        let is_new = shared.feed.service.send_if_modified(|shown| {
            let is_new = *shown != now;
            *shown = now;
            is_new
        });
        if is_new {
            shared.feed.wake_consoles();
        }
        tokio::select! {
            changed = journal.changed() => if changed.is_err() { return },
            changed = history.changed() => if changed.is_err() { return },
            () = shared.stop.cancelled() => return,
        }
    }
}

const fn part(health: Health) -> PartState {
    match health {
        Health::Working => PartState::Working,
        Health::Degraded => PartState::Degraded,
        Health::Down => PartState::Down,
    }
}
