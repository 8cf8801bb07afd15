//! When snapshots are taken: every so many events in the background, and at the end.

use super::published::States;
use crate::journal::{Head, Journal, JournalKey, holds, take_snapshot};
use crate::simulated::on_own_thread;
use crate::space::{Room, Space};
use dispatch_core::CentreState;
use dispatch_core::model::CentreId;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// Events of a centre between two snapshots: folding so many takes some tens of milliseconds at start.
const EVENTS_PER_SNAPSHOT: u64 = 5_000;

/// Which versions were kept last, and the one being kept now.
#[derive(Debug)]
pub(super) struct Snapshots {
    kept: BTreeMap<CentreId, u64>,
    running: Option<JoinHandle<()>>,
    space: Space,
}

impl Snapshots {
    /// Begins from what was loaded: nothing is worth keeping before events have come on top.
    pub(super) fn new(heads: &BTreeMap<CentreId, Head>) -> Self {
        let kept = heads.iter().map(|(centre, head)| (centre.clone(), head.version)).collect();
        Self { kept, running: None, space: Space::unwatched() }
    }

    /// The same, but keeping none where room is left for commands alone.
    pub(super) fn within(self, space: Space) -> Self {
        Self { space, ..self }
    }

    /// Keeps a snapshot in the background when enough has happened; at most one at a time.
    pub(super) fn consider(
        &mut self,
        journal: &Arc<dyn Journal>,
        state: &CentreState,
        head: &Head,
        key: &JournalKey,
    ) {
        let kept = self.kept.get(&state.centre).copied().unwrap_or(0);
        let busy = self.running.as_ref().is_some_and(|running| !running.is_finished());
        if busy || self.space.room() == Room::Scarce || head.version < kept + EVENTS_PER_SNAPSHOT {
            return;
        }
        self.kept.insert(state.centre.clone(), head.version);
        let (journal, state, head) = (journal.clone(), state.clone(), *head);
        let key = key.clone();
        self.running = Some(tokio::spawn(async move { keep(&*journal, state, head, key).await }));
    }

    /// What was kept of another branch counts no more.
    pub(super) fn begin_anew(&mut self, centre: &CentreId, head: &Head) {
        self.kept.insert(centre.clone(), head.version);
    }

    /// Waits for the one being kept and keeps one of each centre that has moved on since its last.
    pub(super) async fn finish(
        mut self,
        journal: &dyn Journal,
        states: &States,
        heads: &BTreeMap<CentreId, Head>,
        key: &JournalKey,
    ) {
        if let Some(running) = self.running.take()
            && let Err(error) = running.await
        {
            tracing::warn!(%error, "a snapshot was not finished");
        }
        for (centre, head) in heads {
            if self.space.room() != Room::Scarce
                && self.kept.get(centre).is_none_or(|kept| *kept < head.version)
            {
                keep(journal, states[centre].clone(), *head, key.clone()).await;
            }
        }
    }
}

/// A snapshot that cannot be kept costs time at the next start and nothing else. One of a state that the journal
/// does not confirm is not kept. Writing megabytes of JSON is work for a thread of its own: those that answer
/// consoles and terminals must not wait for it.
async fn keep(journal: &dyn Journal, state: CentreState, head: Head, key: JournalKey) {
    let centre = state.centre.clone();
    let kept = async {
        if !holds(journal, &centre, &head).await.map_err(|e| e.to_string())? {
            return Err("the journal does not hold its head".to_owned());
        }
        let taken = on_own_thread(move || take_snapshot(&state, &head, &key)).await;
        let snapshot = taken.map_err(|bug| bug.to_string())?.map_err(|e| e.to_string())?;
        journal.save_snapshot(&centre, &snapshot).await.map_err(|e| e.to_string())
    };
    if let Err(why) = kept.await {
        tracing::warn!(%centre, why, "a snapshot could not be kept");
    }
}
