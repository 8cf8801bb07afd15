//! Positions in PostgreSQL with PostGIS: points in WGS-84, a partition a day, written in batches by UNNEST.
//!
//! Any number of servers write at the same time; a fix that two of them bring is stored once.

mod batch;
mod days;
mod query;
mod tidy;

use super::contract::{FixReader, FixWriter, Pending};
use super::error::HistoryError;
use super::row::StoredFix;
use days::KnownDays;
use dispatch_core::model::{Timestamp, VehicleId};
use dispatch_desk::database::{PostgresError, connect, in_time, migrate_postgres};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use std::time::Duration;
use tidy::Tidying;

/// Connections that read: a track on a few consoles at once.
const READERS: u32 = 2;

/// Longest wait for a free reader.
const READER_WAIT: Duration = Duration::from_secs(5);

/// The reading side.
#[derive(Debug)]
pub(super) struct PostgresFixes {
    readers: PgPool,
}

/// The writing side of this process.
#[derive(Debug)]
pub(super) struct PostgresFixWriter {
    options: PgConnectOptions,
    /// Opened at need, and anew after a failure.
    connection: Option<PgConnection>,
    days: KnownDays,
    tidying: Tidying,
    keep_days: u32,
}

impl PostgresFixes {
    pub(super) async fn open(
        options: PgConnectOptions,
        keep_days: u32,
    ) -> Result<(Self, PostgresFixWriter), PostgresError> {
        migrate_postgres(&options).await?;
        let readers = PgPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(READER_WAIT)
            .connect_with(options.clone())
            .await?;
        let writer = PostgresFixWriter {
            options,
            connection: None,
            days: KnownDays::default(),
            tidying: Tidying::default(),
            keep_days,
        };
        Ok((Self { readers }, writer))
    }
}

impl PostgresFixWriter {
    async fn take_connection(&mut self) -> Result<PgConnection, HistoryError> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            // What was known of the database before may be of another copy of it.
            None => {
                self.days = KnownDays::default();
                Ok(connect(&self.options).await?)
            }
        }
    }
}

impl FixWriter for PostgresFixWriter {
    fn write<'a>(&'a mut self, rows: &'a [StoredFix]) -> Pending<'a, ()> {
        Box::pin(async move {
            let mut connection = self.take_connection().await?;
            self.days.make_for(&mut connection, rows, self.keep_days).await?;
            in_time(batch::write(&mut connection, rows)).await?;
            self.connection = Some(connection);
            Ok(())
        })
    }

    fn wants_tidying(&self) -> bool {
        self.tidying.is_due()
    }

    fn tidy(&mut self, now: Timestamp) -> Pending<'_, ()> {
        Box::pin(async move {
            let mut connection = self.take_connection().await?;
            self.tidying.step(&mut connection, &mut self.days, now, self.keep_days).await?;
            self.connection = Some(connection);
            Ok(())
        })
    }
}

impl FixReader for PostgresFixes {
    fn query<'a>(
        &'a self,
        vehicle: &'a VehicleId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Pending<'a, Vec<StoredFix>> {
        Box::pin(query::track(&self.readers, vehicle, from, to, limit))
    }

    fn newest(&self, since: Timestamp) -> Pending<'_, Vec<StoredFix>> {
        Box::pin(query::newest(&self.readers, since))
    }
}
