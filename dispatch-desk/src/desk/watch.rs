//! Watches whether the journals still are what this desk holds, also while nobody gives commands: a journal set back behind
//! a quiet server shows nothing else than a head that is not its own.

use super::news::News;
use super::published::Published;
use crate::journal::{Head, Journal, check_chain};
use dispatch_core::model::CentreId;
use std::sync::Arc;
use std::time::Duration;

/// How often heads are compared: the longest time for which a console shows what is lost.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Compares heads for as long as it is polled, and has the desk look where they differ.
pub(super) async fn watch(journal: Arc<dyn Journal>, published: Arc<Published>, news: Arc<News>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Ok(heads) = journal.heads().await else {
            news.doubt();
            continue;
        };
        for (centre, own) in published.with_heads().1 {
            let there = heads.get(&centre).copied().unwrap_or_else(|| Head::empty(&centre));
            if there != own {
                news.tell(centre);
            }
        }
    }
}

/// Checks what lies before the snapshots from which the state was loaded. What is found stops nobody: people
/// wait for ambulances; but it is told loudly.
pub(super) async fn check_what_was_not_read(
    journal: Arc<dyn Journal>,
    snapshots: Vec<(CentreId, Head)>,
) {
    for (centre, head) in snapshots {
        match check_chain(&*journal, &centre, &head).await {
            Ok(()) => {
                tracing::info!(%centre, version = head.version, "the journal before the snapshot is whole");
            }
            Err(error) => {
                metrics::counter!("helan_journal_damage_found_total").increment(1);
                tracing::error!(%centre, %error, "the journal before the snapshot could not be proved whole");
            }
        }
    }
}
