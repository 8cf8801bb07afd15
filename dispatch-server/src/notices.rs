//! Word from the other servers of a shared database that sessions, keys or roads changed: by LISTEN at
//! once, by looking every few seconds for certain.
//!
//! The word says nothing of what changed; whoever hears it reads. Acts have news of their own, see
//! [`crate::journal::postgres::JournalNews`].

use crate::clock::Clock;
use crate::journal::postgres::in_time;
use crate::people::{People, PeopleDatabase};
use crate::roads::Roads;
use sqlx::PgPool;
use sqlx::postgres::PgListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The channel's name.
const CHANNEL: &str = "helan_shared";

/// How often the tables are read although nothing was heard: the longest delay that a lost word costs.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Tells the other servers to read. A word that cannot be sent is no failure: they look by themselves.
pub(crate) async fn tell_other_servers(pool: &PgPool) {
    let word = sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(pool);
    if let Err(error) = in_time(word).await {
        tracing::debug!(%error, "the other servers could not be told; they will look by themselves");
    }
}

/// Takes over what other servers changed, until `stop`. With the embedded store there are none.
pub(crate) async fn follow_others(
    database: PeopleDatabase,
    people: People,
    roads: Arc<Roads>,
    clock: Clock,
    stop: CancellationToken,
) {
    let PeopleDatabase::Postgres(pool) = database else { return };
    let mut notices = Notices { pool, ear: None, next_look: Instant::now() };
    let mut reached = true;
    loop {
        let told = tokio::select! {
            () = stop.cancelled() => return,
            told = notices.next() => told,
        };
        let read = async {
            told.map_err(|error| error.to_string())?;
            people.catch_up().await.map_err(|error| error.to_string())?;
            roads.catch_up(clock.now()).await.map_err(|error| error.to_string())
        };
        match read.await {
            Ok(()) => reached = true,
            // Once for each time the database goes away.
            Err(error) if reached => {
                reached = false;
                tracing::warn!(error, "what other servers changed cannot be read; trying again");
            }
            Err(_) => {}
        }
    }
}

struct Notices {
    pool: PgPool,
    /// Opened at need, and anew after a failure.
    ear: Option<PgListener>,
    next_look: Instant,
}

impl Notices {
    /// Waits until something is heard or it is time to look. After a failure it does not return at once.
    async fn next(&mut self) -> Result<(), sqlx::Error> {
        let Some(mut ear) = self.ear.take() else {
            tokio::time::sleep_until(self.next_look).await;
            self.next_look = Instant::now() + LOOK_EVERY;
            self.ear = Some(in_time(listen(&self.pool)).await?);
            return Ok(());
        };
        match tokio::time::timeout_at(self.next_look, ear.try_recv()).await {
            Ok(Ok(Some(_))) => while ear.next_buffered().is_some() {},
            // The connection was lost: listen anew.
            Ok(Ok(None)) => return Ok(()),
            Ok(Err(error)) => return Err(error),
            Err(_) => self.next_look = Instant::now() + LOOK_EVERY,
        }
        self.ear = Some(ear);
        Ok(())
    }
}

async fn listen(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut ear = PgListener::connect_with(pool).await?;
    ear.eager_reconnect(false);
    ear.listen(CHANNEL).await?;
    Ok(ear)
}
