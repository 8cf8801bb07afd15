//! The embedded store of positions: the writing side with its connection, and the reading side.

use super::batch::{OutboxNumbers, write};
use super::contract::{FixReader, FixWriter, Pending};
use super::error::HistoryError;
use super::retention::Retention;
use super::row::StoredFix;
use super::store::Store;
use dispatch_core::model::{Timestamp, VehicleId};
use dispatch_desk::clock::{Clock, steady_now};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two tries to begin a new file: a disk that damages each one is not to be kept busy with it.
const BEGIN_ANEW_EVERY: Duration = Duration::from_secs(60);

/// Writes to the SQLite file.
#[derive(Debug)]
pub(super) struct EmbeddedWriter {
    store: Arc<Store>,
    retention: Retention,
    keep_days: u32,
    outboxes: OutboxNumbers,
    clock: Clock,
    /// When a new file was last begun, by the steady clock.
    begun_anew: Option<Instant>,
}

impl EmbeddedWriter {
    pub(super) fn new(store: Arc<Store>, keep_days: u32, clock: Clock) -> Self {
        let (retention, outboxes) = (Retention::new(keep_days), OutboxNumbers::default());
        Self { store, retention, keep_days, outboxes, clock, begun_anew: None }
    }

    async fn try_write(&mut self, rows: &[StoredFix]) -> Result<(), HistoryError> {
        let file = self.store.file()?;
        let mut turn = file.turn().await?;
        turn.begin().await?;
        let written = write(turn.connection(), &self.outboxes, rows).await;
        // Only once they are durable are the new numbers true.
        self.outboxes.learn(turn.end(written).await?);
        Ok(())
    }

    async fn try_tidy(&mut self, now: Timestamp) -> Result<(), HistoryError> {
        let file = self.store.file()?;
        let mut turn = file.turn().await?;
        let step = self.retention.step(turn.connection(), now).await;
        turn.end(step).await
    }

    /// Whether there is another file now, because something was wrong with the one on which this failed.
    async fn has_begun_anew(&mut self, failed: &HistoryError) -> bool {
        let is_damaged = matches!(failed, HistoryError::Damaged(_));
        let is_well = self.store.file().is_ok_and(|file| file.is_in_place());
        let rests = self.begun_anew.is_some_and(|at| at.elapsed() < BEGIN_ANEW_EVERY);
        if (is_well && !is_damaged && !self.store.lacks_tables().await) || rests {
            return false;
        }
        self.begun_anew = Some(steady_now());
        if let Err(error) = self.store.begin_anew(is_damaged, self.clock.now()).await {
            tracing::error!(%error, "no new file of positions can be begun");
            return false;
        }
        self.outboxes = OutboxNumbers::default();
        self.retention = Retention::new(self.keep_days);
        true
    }
}

impl FixWriter for EmbeddedWriter {
    fn write<'a>(&'a mut self, rows: &'a [StoredFix]) -> Pending<'a, ()> {
        Box::pin(async move {
            match self.try_write(rows).await {
                Err(error) if self.has_begun_anew(&error).await => self.try_write(rows).await,
                written => written,
            }
        })
    }

    fn wants_tidying(&self) -> bool {
        self.retention.is_due()
    }

    fn tidy(&mut self, now: Timestamp) -> Pending<'_, ()> {
        Box::pin(async move {
            match self.try_tidy(now).await {
                Err(error) if self.has_begun_anew(&error).await => Ok(()),
                tidied => tidied,
            }
        })
    }
}

impl FixReader for Store {
    fn query<'a>(
        &'a self,
        vehicle: &'a VehicleId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Pending<'a, Vec<StoredFix>> {
        Box::pin(self.track(vehicle, from, to, limit))
    }

    fn newest(&self, since: Timestamp) -> Pending<'_, Vec<StoredFix>> {
        Box::pin(Store::newest(self, since))
    }
}
