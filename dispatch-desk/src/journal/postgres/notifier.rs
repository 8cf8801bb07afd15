//! Tells the other servers that a journal has grown (NOTIFY), after the commit and off its path.
//!
//! Inside the commit a NOTIFY would make all servers' commits wait for each other. What is lost here,
//! by a crash or a cut, costs the others the time to their next look and nothing else.

use crate::database::in_time;
use dispatch_core::model::CentreId;
use sqlx::PgPool;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The channel on which journals are told of, as `version centre`.
pub(crate) const JOURNAL_CHANNEL: &str = "helan_event";

/// The newest version of each centre that the others have not been told; later ones replace earlier.
#[derive(Debug, Default)]
struct Untold {
    heads: Mutex<BTreeMap<CentreId, u64>>,
    more: Notify,
}

#[derive(Debug)]
pub(super) struct WakeupNotifier {
    untold: Arc<Untold>,
    task: JoinHandle<()>,
}

impl WakeupNotifier {
    pub(super) fn start(pool: PgPool) -> Self {
        let untold = Arc::new(Untold::default());
        let task = tokio::spawn(cry(untold.clone(), pool));
        Self { untold, task }
    }

    /// The centre's journal stands at this version now.
    pub(super) fn tell(&self, centre: &CentreId, version: u64) {
        let mut heads = self.untold.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads.insert(centre.clone(), version);
        self.untold.more.notify_one();
    }
}

impl Drop for WakeupNotifier {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn cry(untold: Arc<Untold>, pool: PgPool) {
    loop {
        untold.more.notified().await;
        let heads = {
            let mut heads = untold.heads.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *heads)
        };
        let words: Vec<String> =
            heads.iter().map(|(centre, version)| format!("{version} {centre}")).collect();
        let told = in_time(
            // A word that a power cut swallows needs no disk, which belongs to the appends.
            sqlx::query(
                "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, word)
                 FROM UNNEST($2::text[]) AS word",
            )
            .bind(JOURNAL_CHANNEL)
            .bind(words)
            .execute(&pool),
        );
        if let Err(error) = told.await {
            tracing::debug!(%error, "the other servers could not be told; they will look by themselves");
        }
    }
}
