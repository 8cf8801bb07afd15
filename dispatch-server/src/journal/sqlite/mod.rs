//! The journal in one SQLite file: the embedded store, durable with every commit.
//!
//! One dedicated connection writes; a few read-only ones read, and never wait for the writer (WAL).

mod append;
mod open;
mod rows;
mod snapshots;
mod writer;

pub(crate) use open::migrate;
pub use open::{MAIN_FILE, OpenError, migrate_main, options};

use super::contract::{
    Append, AppendError, Journal, JournalFailure, Pending, StoredEvent, StoredSnapshot,
};
use dispatch_core::model::CentreId;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use writer::Writer;

/// Connections that read: timelines, audits and feeds that resume, on a small server.
const READERS: u32 = 4;

/// Longest wait for a free reader before the store counts as failing.
const READER_WAIT: Duration = Duration::from_secs(5);

/// The journal in one SQLite file.
#[derive(Debug)]
pub struct SqliteJournal {
    writer: Writer,
    readers: SqlitePool,
}

impl SqliteJournal {
    /// Opens or makes the file, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or was written by a later release.
    pub async fn open(file: &Path) -> Result<Self, OpenError> {
        Self::open_with(options(file)).await
    }

    /// Opens with other options than [`options`] gives, e.g. a shorter wait for a lock.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(options: SqliteConnectOptions) -> Result<Self, OpenError> {
        migrate_main(&options).await?;
        let writer = Writer::open(options.clone()).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(READER_WAIT)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self { writer, readers })
    }

    /// Closes the file; what was acknowledged is in it already.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Journal for SqliteJournal {
    fn append<'a>(&'a self, appends: &'a [Append<'a>]) -> Pending<'a, Result<(), AppendError>> {
        Box::pin(append::append(&self.writer, appends))
    }

    fn read<'a>(
        &'a self,
        centre: &'a CentreId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>> {
        Box::pin(rows::read(&self.readers, centre, after, limit))
    }

    fn heads(&self) -> Pending<'_, Result<BTreeMap<CentreId, u64>, JournalFailure>> {
        Box::pin(rows::heads(&self.readers))
    }

    fn save_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        snapshot: &'a StoredSnapshot,
    ) -> Pending<'a, Result<(), JournalFailure>> {
        Box::pin(snapshots::save(&self.writer, centre, snapshot))
    }

    fn load_snapshots<'a>(
        &'a self,
        centre: &'a CentreId,
    ) -> Pending<'a, Result<Vec<StoredSnapshot>, JournalFailure>> {
        Box::pin(snapshots::load(&self.readers, centre))
    }

    fn probe(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(self.writer.probe())
    }

    fn take_turn(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(self.writer.take_turn())
    }

    fn give_turn_back(&self) -> Pending<'_, ()> {
        Box::pin(async move {
            if let Err(error) = self.writer.give_turn_back().await {
                tracing::warn!(%error, "a turn could not be given back; it ends with its connection");
            }
        })
    }
}

impl From<sqlx::Error> for JournalFailure {
    fn from(error: sqlx::Error) -> Self {
        Self(error.to_string())
    }
}
