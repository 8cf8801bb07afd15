//! The journal in one SQLite file: the embedded store, durable with every commit.
//!
//! One dedicated connection writes; a few read-only ones read, and never wait for the writer (WAL).

mod append;
mod cut;
mod region;
mod rows;
mod snapshots;
mod turns;

pub use rows::READ_INCIDENT;

use super::contract::{Append, AppendError, Cut, Heads, Journal, JournalFailure, Pending};
use super::stored::{StoredEvent, StoredSnapshot};
use crate::database::{OpenError, migrate_main, options};
use crate::sqlite::SqliteFile;
use dispatch_core::model::{CentreId, IncidentId};
use sqlx::sqlite::SqliteConnectOptions;
use std::path::Path;
use std::time::Duration;

/// Connections that read: timelines, audits and feeds that resume, on a small server.
const READERS: u32 = 4;

/// Longest wait for a commit. On a good disk it takes milliseconds; where one takes longer than this, the
/// dispatcher is told that nothing is recorded instead of being left to wait, and the command may be sent again.
const COMMIT_WAIT: Duration = Duration::from_secs(10);

/// Longest wait for a lock of somebody who only looks; readers wait for nobody but a server that starts or ends.
const READ_LOCK_WAIT: Duration = Duration::from_secs(5);

/// Whether events wait in a log beside the file.
fn has_log(file: &Path) -> bool {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(Path::new(&log)).is_ok_and(|log| log.len() > 0)
}

/// The journal in one SQLite file.
#[derive(Debug)]
pub struct SqliteJournal {
    file: SqliteFile,
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
        Ok(Self { file: SqliteFile::open(options, READERS).await? })
    }

    /// Opens the file only to look into it, while a server writes it or after; its tables stay as they are. A file on a
    /// disk that cannot be written opens when it was closed well.
    ///
    /// # Errors
    /// When there is none, or it cannot be opened.
    pub async fn open_to_read(file: &Path) -> Result<Self, OpenError> {
        std::fs::metadata(file).map_err(sqlx::Error::Io)?;
        let options = SqliteConnectOptions::new().filename(file).busy_timeout(READ_LOCK_WAIT);
        let opened = SqliteFile::open_to_read(options.clone(), READERS).await;
        let opened = match opened {
            Ok(file) => file,
            // SQLite wants to lay an index of the log beside the file; where it cannot, and there is no log, nobody writes.
            Err(_) if !has_log(file) => {
                SqliteFile::open_to_read(options.immutable(true), READERS).await?
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self { file: opened })
    }

    /// The file, for others who keep something in it: there is one writer for all.
    pub fn file(&self) -> &SqliteFile {
        &self.file
    }

    /// Puts events in the place of all that follow a head, and takes the centre's snapshots out; all or nothing.
    ///
    /// # Errors
    /// When the store fails or refuses, or the journal has gone on meanwhile.
    pub async fn cut(&self, asked: &Cut<'_>) -> Result<(), JournalFailure> {
        cut::cut(&self.file, asked).await
    }

    /// Closes the file; what was acknowledged is in it already.
    pub async fn close(&self) {
        self.file.close().await;
    }
}

impl Journal for SqliteJournal {
    fn append<'a>(&'a self, appends: &'a [Append<'a>]) -> Pending<'a, Result<(), AppendError>> {
        Box::pin(async move {
            let appended = tokio::time::timeout(COMMIT_WAIT, append::append(&self.file, appends));
            appended.await.unwrap_or_else(|_| {
                let late = "the disk did not finish in time; it may be recorded all the same";
                Err(JournalFailure(late.to_owned()).into())
            })
        })
    }

    fn read<'a>(
        &'a self,
        centre: &'a CentreId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>> {
        Box::pin(rows::read(&self.file, centre, after, limit))
    }

    fn read_incident<'a>(
        &'a self,
        centre: &'a CentreId,
        incident: &'a IncidentId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>> {
        Box::pin(rows::read_incident(&self.file, centre, incident, after, limit))
    }

    fn heads(&self) -> Pending<'_, Result<Heads, JournalFailure>> {
        Box::pin(rows::heads(&self.file))
    }

    fn save_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        snapshot: &'a StoredSnapshot,
    ) -> Pending<'a, Result<(), JournalFailure>> {
        Box::pin(snapshots::save(&self.file, centre, snapshot))
    }

    fn load_snapshots<'a>(
        &'a self,
        centre: &'a CentreId,
    ) -> Pending<'a, Result<Vec<StoredSnapshot>, JournalFailure>> {
        Box::pin(snapshots::load(&self.file, centre))
    }

    fn discard_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        version: u64,
    ) -> Pending<'a, Result<(), JournalFailure>> {
        Box::pin(snapshots::discard(&self.file, centre, version))
    }

    fn probe(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(turns::probe(&self.file))
    }

    fn take_turn(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(turns::take(&self.file))
    }

    fn release_write_lock(&self) -> Pending<'_, ()> {
        Box::pin(async move {
            if let Err(error) = turns::give_back(&self.file).await {
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
