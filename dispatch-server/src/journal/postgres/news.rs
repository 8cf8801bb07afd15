//! Hears what other servers append: by LISTEN at once, by looking every few seconds for certain.

use super::super::contract::JournalFailure;
use super::crier::CHANNEL;
use super::rows;
use super::wait::in_time;
use dispatch_core::model::CentreId;
use sqlx::PgPool;
use sqlx::postgres::{PgListener, PgNotification};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// How often the heads are read although nothing was heard: the longest delay that a lost
/// notification costs.
pub const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Notifications taken together; more wait for the next round.
const HEARD_AT_ONCE: usize = 64;

/// The news of all journals in one database.
#[derive(Debug)]
pub struct JournalNews {
    pool: PgPool,
    /// Opened at need, and anew after a failure.
    ear: Option<PgListener>,
    next_look: Instant,
}

impl JournalNews {
    pub(super) fn new(pool: PgPool) -> Self {
        Self { pool, ear: None, next_look: Instant::now() }
    }

    /// Waits until something is heard or it is time to look, and gives the versions at which journals
    /// stand, as far as known now. They may be known to the caller already; what was missed by ear
    /// is in the next look.
    ///
    /// # Errors
    /// When the database cannot be reached; call again, it does not return at once then.
    pub async fn next(&mut self) -> Result<BTreeMap<CentreId, u64>, JournalFailure> {
        let mut ear = match self.ear.take() {
            Some(ear) => ear,
            None => {
                tokio::time::sleep_until(self.next_look).await;
                self.next_look = Instant::now() + LOOK_EVERY;
                let ear = in_time(listen(&self.pool)).await?;
                // What was appended before we listened is not heard, so look now.
                let heads = rows::heads(&self.pool).await?;
                self.ear = Some(ear);
                return Ok(heads);
            }
        };
        let heard = tokio::time::timeout_at(self.next_look, ear.try_recv()).await;
        match heard {
            Ok(Ok(Some(first))) => {
                let heard = gather(&mut ear, first);
                self.ear = Some(ear);
                Ok(heard)
            }
            // The connection was lost: listen anew and look.
            Ok(Ok(None)) => Ok(BTreeMap::new()),
            Ok(Err(error)) => Err(error.into()),
            Err(_) => {
                self.next_look = Instant::now() + LOOK_EVERY;
                let heads = rows::heads(&self.pool).await?;
                self.ear = Some(ear);
                Ok(heads)
            }
        }
    }
}

async fn listen(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut ear = PgListener::connect_with(pool).await?;
    ear.eager_reconnect(false);
    ear.listen(CHANNEL).await?;
    Ok(ear)
}

/// The first and what came with it.
fn gather(ear: &mut PgListener, first: PgNotification) -> BTreeMap<CentreId, u64> {
    let mut heard = BTreeMap::new();
    let mut next = Some(first);
    for _ in 0..HEARD_AT_ONCE {
        let Some(notification) = next else { break };
        if let Some((version, centre)) = notification.payload().split_once(' ')
            && let Ok(version) = version.parse::<u64>()
        {
            let known = heard.entry(CentreId::from(centre)).or_insert(version);
            *known = version.max(*known);
        }
        next = ear.next_buffered();
    }
    heard
}
