//! Follows the desk: folds what is committed, tells consoles by the rings and vehicles by their links.

use crate::live::feed::{Missed, Picture, Ring, Told, Touched, encode};
use crate::live::limits::LOG_LINES;
use crate::live::shared::Shared;
use crate::views::log_entry;
use dispatch_core::model::{CentreId, Event, Recorded};
use dispatch_desk::desk::Committed;
use dispatch_desk::journal::mark_of;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use wire_protocol::console::FeedMessage;

/// Pause before a journal that could not be read for its log lines is tried again.
const READ_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Follows until the server stops.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut commits = shared.desk.committed();
    let mut begun_anew = shared.desk.begun_anew();
    begin(&shared).await;
    loop {
        let committed = tokio::select! {
            biased;
            begun = begun_anew.changed() => {
                if begun.is_err() {
                    return;
                }
                begin(&shared).await;
                shared.arrivals.look_again();
                tell_terminals(&shared);
                continue;
            }
            committed = commits.recv() => committed,
            () = shared.stop.cancelled() => return,
        };
        match committed {
            Ok(committed) => {
                if take(&shared, &committed) == Err(Missed) {
                    begin(&shared).await;
                }
            }
            Err(RecvError::Lagged(commits)) => {
                tracing::warn!(commits, "the feed fell behind the desk and begins anew");
                begin(&shared).await;
            }
            Err(RecvError::Closed) => return,
        }
    }
}

/// Takes every centre's picture from the desk. Consoles that were following are given a snapshot.
async fn begin(shared: &Shared) {
    let (states, heads) = shared.desk.states_and_heads();
    let mut pictures = Vec::with_capacity(shared.feed.centres().len());
    for (number, centre) in shared.feed.centres().iter().enumerate() {
        let (Some(state), Some(head)) = (states.get(centre), heads.get(centre)) else { continue };
        for vehicle in state.vehicles.keys() {
            if let Ok(cell) = shared.fleet.enrol(vehicle) {
                cell.set_centre(Some(number as u16));
            }
        }
        let (entries, bytes) = (shared.settings.ring_entries, shared.settings.ring_bytes);
        let ring = Ring::new((state.version, mark_of(&head.hash)), entries, bytes);
        let (hash, log) = (head.hash, VecDeque::new());
        let mut picture = Picture { state: state.clone(), hash, ring, log };
        let lines = log_lines(shared, centre, &picture).await;
        picture.remember(&lines);
        pictures.push(picture);
    }
    shared.feed.begin(pictures, shared.clock.now());
}

/// Every terminal is to come again: how far its commands are recorded, and what its vehicle does, may be other than
/// it was told.
fn tell_terminals(shared: &Shared) {
    shared.fleet.for_each(|cell| {
        if let Some(link) = cell.link() {
            link.tell_set_back();
        }
    });
}

/// The newest lines of a centre. A journal that cannot be read now costs the old lines, not the feed.
async fn log_lines(
    shared: &Shared,
    centre: &CentreId,
    picture: &Picture,
) -> Vec<wire_protocol::views::LogEntry> {
    let version = picture.state.version;
    let after = version.saturating_sub(LOG_LINES as u64);
    let events =
        tokio::time::timeout(READ_AGAIN_AFTER, shared.desk.events(centre, after, LOG_LINES as u32));
    match events.await {
        Ok(Ok(events)) => events
            .iter()
            .filter(|event| event.version <= version)
            .map(|event| log_entry(&picture.state, event))
            .collect(),
        Ok(Err(_)) | Err(_) => {
            tracing::warn!(%centre, "the feed begins without older log lines");
            Vec::new()
        }
    }
}

fn take(shared: &Shared, committed: &Committed) -> Result<(), Missed> {
    let Some(number) = shared.feed.number_of(&committed.centre) else { return Ok(()) };
    shared.feed.with_pictures(|pictures| {
        let picture = &mut pictures[usize::from(number)];
        let Some((changes, touched)) = picture.fold(&shared.views, committed)? else {
            return Ok(());
        };
        let told = Told { version: changes.last_version, marks: touched.marks.clone() };
        let text = encode(&FeedMessage::Changes(Box::new(changes)));
        picture.ring.push(shared.feed.next_sequence(), Some(told), text);
        shared.counters.changes.increment(1);
        move_vehicles(shared, number, picture, &touched);
        for vehicle in touched.duties(&picture.state) {
            if let Some(link) = shared.fleet.find(vehicle).and_then(|cell| cell.link()) {
                link.tell_duty();
            }
        }
        let is_set_back =
            |recorded: &Arc<Recorded>| matches!(recorded.event, Event::JournalSetBack { .. });
        if committed.events.iter().any(is_set_back) {
            shared.feed.renew_epoch(pictures, shared.clock.now());
        }
        Ok(())
    })?;
    shared.arrivals.look_again();
    shared.feed.wake_consoles();
    Ok(())
}

fn move_vehicles(shared: &Shared, number: u16, picture: &Picture, touched: &Touched) {
    for vehicle in &touched.vehicles {
        let Ok(cell) = shared.fleet.enrol(vehicle) else { continue };
        if picture.state.vehicles.contains_key(vehicle) {
            cell.set_centre(Some(number));
        } else if cell.centre() == Some(number) {
            cell.set_centre(None);
        }
    }
}
