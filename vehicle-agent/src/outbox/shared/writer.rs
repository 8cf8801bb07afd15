//! The one task that reads and writes the file of many outboxes.

use super::batch::Batch;
use super::columns::Kind;
use super::rows::entries;
use super::{content, salvage, store};
use crate::outbox::{Change, OutboxContent, OutboxError, file};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Row};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tracing::warn;
use wire_protocol::agent::FixReport;

/// Batches of different vehicles in one commit: above it, each waits longer and no commit is saved that counts.
const MOST_AT_ONCE: usize = 256;
/// Commits between two givings back of free pages to the disk.
const COMMITS_PER_VACUUM: u64 = 256;
/// Gives back some free pages at one time, so that no batch waits for it.
const VACUUM: &str = "PRAGMA incremental_vacuum(64)";

type Answer<T> = oneshot::Sender<Result<T, OutboxError>>;

/// What is asked of the writer.
#[derive(Debug)]
pub(super) enum Job {
    Read { vehicle: Arc<str>, answer: Answer<Option<OutboxContent>> },
    Open { vehicle: Arc<str>, new_id: String, answer: Answer<(u64, OutboxContent, u64)> },
    Write { vehicle: Arc<str>, opened: u64, number: u64, changes: Vec<Change>, answer: Answer<()> },
    Replace { vehicle: Arc<str>, content: Box<OutboxContent>, batch: u64, answer: Answer<u64> },
    Salvage { vehicle: Arc<str>, new_id: String, answer: Answer<OutboxContent> },
    Sent { vehicle: Arc<str>, answer: Answer<Vec<FixReport>> },
    Waiting { answer: Answer<Vec<String>> },
    Close { answer: Answer<()> },
}

pub(super) struct Writer {
    path: PathBuf,
    /// Absent after a failure, until the file was opened again.
    connection: Option<SqliteConnection>,
    identity: Option<file::Identity>,
    /// Counts files; rows that were read in an earlier one are not trusted any more.
    opened: u64,
    /// Whether the file is known to be damaged, although it opens.
    is_damaged: bool,
    commits: u64,
}

impl Writer {
    pub(super) fn new(path: PathBuf) -> Self {
        let (connection, identity, opened) = (None, None, 0);
        Self { path, connection, identity, opened, is_damaged: false, commits: 0 }
    }

    /// Opens the file for the first time. Only a file that another program has is an error: all else is tried again.
    pub(super) async fn begin(&mut self) -> Result<(), OutboxError> {
        match self.connected().await {
            Err(error) if store::is_taken(&error) => Err(error),
            Err(error) => {
                warn!(%error, "the outboxes' file cannot be used yet");
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    /// Works until nobody has anything to store any more.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut waiting = Vec::new();
        while jobs.recv_many(&mut waiting, MOST_AT_ONCE).await > 0 {
            let mut batches = Vec::new();
            let mut closing = Vec::new();
            for job in waiting.drain(..) {
                match job {
                    Job::Write { vehicle, opened, number, changes, answer } => {
                        batches.push(Batch { vehicle, opened, number, changes, answer });
                    }
                    Job::Close { answer } => closing.push(answer),
                    job @ (Job::Read { .. }
                    | Job::Open { .. }
                    | Job::Replace { .. }
                    | Job::Salvage { .. }
                    | Job::Sent { .. }
                    | Job::Waiting { .. }) => self.answer(job).await,
                }
            }
            self.write_all(batches).await;
            if !closing.is_empty() {
                self.close().await;
                // Whoever asked may have gone.
                closing.into_iter().for_each(|answer| drop(answer.send(Ok(()))));
            }
        }
        self.close().await;
    }

    async fn close(&mut self) {
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            warn!(%error, "the outboxes' file was not closed in good order");
        }
    }

    async fn answer(&mut self, job: Job) {
        match job {
            Job::Read { vehicle, answer } => {
                let read = self.read(&vehicle).await;
                let read = read.map(|found| found.map(|(content, _)| content));
                self.tell(answer, read);
            }
            Job::Open { vehicle, new_id, answer } => {
                let mut found = self.open_rows(&vehicle, &new_id).await;
                if found.as_ref().is_err_and(|error| self.failed(error)) {
                    found = self.open_rows(&vehicle, &new_id).await;
                }
                self.tell(answer, found);
            }
            Job::Replace { vehicle, content, batch, answer } => {
                let replaced = self.replace(&vehicle, &content, batch).await;
                self.tell(answer, replaced);
            }
            Job::Salvage { vehicle, new_id, answer } => {
                let found = match self.connected().await {
                    Ok(connection) => Ok(salvage::salvage(connection, &vehicle, new_id).await),
                    Err(error) => Err(error),
                };
                self.tell(answer, found);
            }
            Job::Sent { vehicle, answer } => {
                let found = match self.connected().await {
                    Ok(connection) => entries(connection, &vehicle, Kind::Sent).await,
                    Err(error) => Err(error),
                };
                self.tell(answer, found);
            }
            Job::Waiting { answer } => {
                let found = self.waiting().await;
                self.tell(answer, found);
            }
            // Sorted out before.
            Job::Write { .. } | Job::Close { .. } => {}
        }
    }

    fn tell<T>(&mut self, answer: Answer<T>, told: Result<T, OutboxError>) {
        if let Err(error) = &told {
            self.failed(error);
        }
        // Whoever asked may have gone, and then has no use for it.
        answer.send(told).ok();
    }

    /// The connection on which something failed is closed and not used again; true when a new file may do better.
    fn failed(&mut self, error: &OutboxError) -> bool {
        match error {
            // One vehicle's rows, or nothing that was said to the file.
            OutboxError::Entry(_) | OutboxError::File(_) => {}
            OutboxError::Open { .. } | OutboxError::Database(_) | OutboxError::Version(_) => {
                self.connection = None;
                self.is_damaged |= store::is_not_usable(&self.path, error);
            }
        }
        self.is_damaged
    }

    async fn connected(&mut self) -> Result<&mut SqliteConnection, OutboxError> {
        if self.connection.is_none() {
            let found = if self.is_damaged {
                store::begin_anew(&self.path).await?
            } else {
                match store::open(&self.path).await {
                    Ok(found) => found,
                    Err(error) if store::is_not_usable(&self.path, &error) => {
                        warn!(%error, "the outboxes' file cannot be used");
                        store::begin_anew(&self.path).await?
                    }
                    Err(error) => return Err(error),
                }
            };
            self.is_damaged = false;
            let identity = file::identity(&self.path);
            self.opened += u64::from(self.identity != identity);
            self.identity = identity;
            self.connection = Some(found);
        }
        let lost = || OutboxError::File(io::Error::other("the outboxes' file was closed"));
        self.connection.as_mut().ok_or_else(lost)
    }

    async fn read(&mut self, vehicle: &str) -> Result<Option<(OutboxContent, u64)>, OutboxError> {
        content::read(self.connected().await?, vehicle).await
    }

    async fn open_rows(
        &mut self,
        vehicle: &str,
        new_id: &str,
    ) -> Result<(u64, OutboxContent, u64), OutboxError> {
        let connection = self.connected().await?;
        content::begin(connection, vehicle, new_id).await?;
        let found = content::read(connection, vehicle).await?;
        let (content, batch) = found.ok_or(sqlx::Error::RowNotFound)?;
        Ok((self.opened, content, batch))
    }

    async fn replace(
        &mut self,
        vehicle: &str,
        content: &OutboxContent,
        batch: u64,
    ) -> Result<u64, OutboxError> {
        let mut tx = self.connected().await?.begin().await?;
        content::replace(&mut tx, vehicle, content, batch).await?;
        tx.commit().await?;
        self.check_place().await?;
        Ok(self.opened)
    }

    async fn waiting(&mut self) -> Result<Vec<String>, OutboxError> {
        let sql = "SELECT vehicle FROM vehicles WHERE EXISTS
                   (SELECT 1 FROM entries WHERE entries.vehicle = vehicles.vehicle AND kind < 4)
                   OR EXISTS (SELECT 1 FROM remembered WHERE remembered.vehicle = vehicles.vehicle
                              AND what = 'salvaged' AND value <> '[]')";
        let rows = sqlx::query(sql).fetch_all(self.connected().await?).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, sqlx::Error>>()?)
    }

    /// Stores all in one commit; if that fails, each in its own, so that nobody's trouble is another's.
    async fn write_all(&mut self, batches: Vec<Batch>) {
        if batches.len() > 1 {
            match self.write_together(&batches).await {
                Ok(()) => {
                    return batches.into_iter().for_each(|batch| self.tell(batch.answer, Ok(())));
                }
                Err(error) => {
                    warn!(%error, "batches of several vehicles are not stored; trying each alone");
                    self.failed(&error);
                }
            }
        }
        for batch in batches {
            let done = self.write_together(std::slice::from_ref(&batch)).await;
            self.tell(batch.answer, done);
        }
    }

    async fn write_together(&mut self, batches: &[Batch]) -> Result<(), OutboxError> {
        self.connected().await?;
        if batches.iter().any(|batch| batch.opened != self.opened) {
            let why = "the outboxes' file was begun anew; the rows are read again first";
            return Err(OutboxError::File(io::Error::other(why)));
        }
        let mut tx = self.connected().await?.begin().await?;
        let together = |one: &Batch, next: &Batch| one.is_of_positions() && next.is_of_positions();
        for batches in batches.chunk_by(together) {
            content::apply_all(&mut tx, batches).await?;
        }
        tx.commit().await?;
        self.check_place().await?;
        self.commits += 1;
        if self.commits.is_multiple_of(COMMITS_PER_VACUUM)
            && let Err(error) = sqlx::raw_sql(VACUUM).execute(self.connected().await?).await
        {
            // The batches are stored; only this connection is not to be trusted any more.
            warn!(%error, "the outboxes' file gives no space back");
            self.connection = None;
        }
        Ok(())
    }

    /// SQLite writes on into a file that was removed or replaced, and reports success.
    async fn check_place(&mut self) -> Result<(), OutboxError> {
        if self.identity == file::identity(&self.path) {
            return Ok(());
        }
        // The log that lies under its name is emptied: it would be played into the file that stands there now.
        if let Some(mut connection) = self.connection.take() {
            sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
            connection.close().await?;
        }
        let what = "the outboxes' file was removed or replaced while it is in use";
        Err(OutboxError::File(io::Error::other(what)))
    }
}
