//! The embedded store of positions: the writing side with its connection, and the reading side.

use super::batch::{OutboxNumbers, write};
use super::contract::{FixReader, FixWriter, Pending};
use super::retention::Retention;
use super::row::StoredFix;
use super::store::Store;
use dispatch_core::model::{Timestamp, VehicleId};
use std::sync::Arc;

/// Writes to the SQLite file.
#[derive(Debug)]
pub(super) struct EmbeddedWriter {
    store: Arc<Store>,
    retention: Retention,
    outboxes: OutboxNumbers,
}

impl EmbeddedWriter {
    pub(super) fn new(store: Arc<Store>, keep_days: u32) -> Self {
        let retention = Retention::new(keep_days);
        Self { store, retention, outboxes: OutboxNumbers::default() }
    }
}

impl FixWriter for EmbeddedWriter {
    fn write<'a>(&'a mut self, rows: &'a [StoredFix]) -> Pending<'a, ()> {
        Box::pin(async move {
            let mut turn = self.store.file.turn().await?;
            turn.begin().await?;
            let written = write(turn.connection(), &self.outboxes, rows).await;
            // Only once they are durable are the new numbers true.
            self.outboxes.learn(turn.end(written).await?);
            Ok(())
        })
    }

    fn wants_tidying(&self) -> bool {
        self.retention.is_due()
    }

    fn tidy(&mut self, now: Timestamp) -> Pending<'_, ()> {
        Box::pin(async move {
            let mut turn = self.store.file.turn().await?;
            let step = self.retention.step(turn.connection(), now).await;
            turn.end(step).await
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
