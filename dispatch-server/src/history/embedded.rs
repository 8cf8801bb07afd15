//! The embedded store of positions: the writing side with its connection, and the reading side.

use super::batch::{OutboxNumbers, write};
use super::contract::{FixReader, FixWriter, Pending};
use super::handle::HistoryError;
use super::retention::Retention;
use super::row::FixRow;
use super::store::Store;
use dispatch_core::model::{Timestamp, VehicleId};
use sqlx::sqlite::SqliteConnection;
use std::sync::Arc;

/// Writes to the SQLite file.
#[derive(Debug)]
pub(super) struct EmbeddedWriter {
    store: Arc<Store>,
    retention: Retention,
    /// Opened at need, and anew after a failure.
    connection: Option<SqliteConnection>,
    outboxes: OutboxNumbers,
}

impl EmbeddedWriter {
    pub(super) fn new(store: Arc<Store>, keep_days: u32) -> Self {
        let retention = Retention::new(keep_days);
        Self { store, retention, connection: None, outboxes: OutboxNumbers::new() }
    }

    async fn take_connection(&mut self) -> Result<SqliteConnection, HistoryError> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => self.store.writer().await,
        }
    }
}

impl FixWriter for EmbeddedWriter {
    fn write<'a>(&'a mut self, rows: &'a [FixRow]) -> Pending<'a, ()> {
        Box::pin(async move {
            let mut connection = self.take_connection().await?;
            write(&mut connection, &mut self.outboxes, rows).await?;
            self.connection = Some(connection);
            Ok(())
        })
    }

    fn wants_tidying(&self, now: Timestamp) -> bool {
        self.retention.is_due(now)
    }

    fn tidy(&mut self, now: Timestamp) -> Pending<'_, ()> {
        Box::pin(async move {
            let mut connection = self.take_connection().await?;
            self.retention.step(&mut connection, now).await?;
            self.connection = Some(connection);
            Ok(())
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
    ) -> Pending<'a, Vec<FixRow>> {
        Box::pin(self.track(vehicle, from, to, limit))
    }

    fn newest(&self, since: Timestamp) -> Pending<'_, Vec<FixRow>> {
        Box::pin(Store::newest(self, since))
    }
}
