//! Writes the journals' heads to a file outside the database, as they stand every minute.

use super::handle::Desk;
use crate::clock::Clock;
use crate::journal::{Anchor, JournalKey, add_anchors};
use crate::simulated::on_own_thread;
use dispatch_core::model::Timestamp;
use std::path::PathBuf;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often heads are written down: what is rewritten within a minute of being recorded leaves no trace here.
const ANCHOR_EVERY: Duration = Duration::from_secs(60);

impl Desk {
    /// The heads of all journals that have events, as they stand.
    fn anchors(&self, at: Timestamp) -> Vec<Anchor> {
        let (states, heads) = self.states_and_heads();
        let heads = heads.into_iter().filter(|(_, head)| head.version > 0);
        heads
            .map(|(centre, head)| {
                let incarnation = states.get(&centre).map_or(0, |state| state.incarnation());
                Anchor { at, centre, head, incarnation }
            })
            .collect()
    }
}

/// Adds what has changed to the file, at once and every minute, until `stop`, and once more then.
pub async fn keep_anchored(
    desk: Desk,
    file: PathBuf,
    key: JournalKey,
    clock: Clock,
    stop: CancellationToken,
) {
    let mut written: Vec<Anchor> = Vec::new();
    loop {
        let mut now = desk.anchors(clock.now());
        let all = now.clone();
        now.retain(|anchor| {
            !written.iter().any(|it| it.centre == anchor.centre && it.head == anchor.head)
        });
        if now.is_empty() || add(&file, now, &key).await {
            written = all;
        }
        if stop.is_cancelled() {
            return;
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = tokio::time::sleep(ANCHOR_EVERY) => {}
        }
    }
}

async fn add(file: &std::path::Path, anchors: Vec<Anchor>, key: &JournalKey) -> bool {
    let (path, key) = (file.to_owned(), key.clone());
    let added = on_own_thread(move || add_anchors(&path, &anchors, &key)).await;
    let problem = match added {
        Ok(Ok(())) => return true,
        Ok(Err(error)) => error.to_string(),
        Err(bug) => bug.to_string(),
    };
    tracing::error!(file = %file.display(), problem, "heads of the journals could not be anchored");
    false
}
