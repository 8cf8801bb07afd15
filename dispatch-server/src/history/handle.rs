//! History as the rest of the server sees it: hand over fixes, ask for fixes.

use super::contract::{FixReader, FixWriter, MOST_FIXES};
use super::embedded::EmbeddedWriter;
use super::error::{HistoryError, HistoryFull};
use super::postgres::PostgresFixes;
use super::row::{StoredFix, each_once};
use super::store::Store;
use super::task::{HistoryTask, Submission};
use dispatch_core::model::{Timestamp, VehicleId};
use dispatch_desk::clock::Clock;
use dispatch_desk::database::OpenError;
use dispatch_desk::database::PostgresError;
use dispatch_desk::health::{Health, HealthMonitor};
use sqlx::postgres::PgConnectOptions;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{mpsc, oneshot, watch};

/// Fixes that may wait to be written: ten seconds of ten thousand vehicles at one a second, some twenty
/// megabytes. Terminals keep what does not fit and send it again.
pub const QUEUED_FIXES: usize = 100_000;

/// The position history of this process.
#[derive(Clone)]
pub struct History {
    queue: mpsc::Sender<Submission>,
    queued: Arc<AtomicUsize>,
    reader: Arc<dyn FixReader>,
    health: watch::Receiver<Health>,
    /// Only of a file of one's own.
    lost_at: Option<watch::Receiver<Option<Timestamp>>>,
}

impl History {
    /// Opens or makes the file; one that is damaged is set aside. Fixes are written while [`HistoryTask::run`] runs, and kept for
    /// `keep_days` days after they were received.
    ///
    /// # Errors
    /// When the file cannot be opened or was written by a later release.
    pub async fn open(
        file: &Path,
        keep_days: u32,
        clock: Clock,
    ) -> Result<(Self, HistoryTask), OpenError> {
        let store = Arc::new(Store::open_or_begin(file, clock.now()).await?);
        let writer = EmbeddedWriter::new(store.clone(), keep_days, clock.clone());
        let lost_at = Some(store.lost_at());
        let (history, task) = Self::over(store, Box::new(writer), clock);
        Ok((Self { lost_at, ..history }, task))
    }

    /// Reaches the PostgreSQL database and brings its tables up to date; else as [`Self::open`].
    ///
    /// # Errors
    /// When it cannot be reached or a migration fails.
    pub async fn open_postgres(
        options: PgConnectOptions,
        keep_days: u32,
        clock: Clock,
    ) -> Result<(Self, HistoryTask), PostgresError> {
        let (reader, writer) = PostgresFixes::open(options, keep_days).await?;
        Ok(Self::over(Arc::new(reader), Box::new(writer), clock))
    }

    pub(super) fn over(
        reader: Arc<dyn FixReader>,
        writer: Box<dyn FixWriter>,
        clock: Clock,
    ) -> (Self, HistoryTask) {
        let (queue, waiting) = mpsc::channel(QUEUED_FIXES);
        let queued = Arc::new(AtomicUsize::new(0));
        let (monitor, health) = HealthMonitor::new();
        let task = HistoryTask::new(waiting, queued.clone(), writer, clock, monitor);
        (Self { queue, queued, reader, health, lost_at: None }, task)
    }

    /// Hands over fixes. The answer comes when all of them are durable; one that was stored before is
    /// not stored again and counts as durable.
    ///
    /// # Errors
    /// When too much waits; nothing was taken.
    pub fn submit(
        &self,
        rows: Vec<StoredFix>,
    ) -> Result<oneshot::Receiver<Result<(), HistoryError>>, HistoryFull> {
        let count = rows.len();
        if self.queued.fetch_add(count, Ordering::Relaxed) + count > QUEUED_FIXES {
            self.queued.fetch_sub(count, Ordering::Relaxed);
            return Err(HistoryFull);
        }
        let (reply, answer) = oneshot::channel();
        match self.queue.try_send(Submission { rows, reply }) {
            Ok(()) => Ok(answer),
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.queued.fetch_sub(count, Ordering::Relaxed);
                Err(HistoryFull)
            }
            // The reply goes with the refused submission, so the answer says that nothing is stored.
            Err(mpsc::error::TrySendError::Closed(refused)) => {
                self.queued.fetch_sub(count, Ordering::Relaxed);
                let _ = refused.reply.send(Err(HistoryError::Stopping));
                Ok(answer)
            }
        }
    }

    /// The fixes of a vehicle measured from `from` to before `to`, in order of their time, at most `limit`, each once
    /// also where two outboxes of the vehicle brought it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn query(
        &self,
        vehicle: &VehicleId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<StoredFix>, HistoryError> {
        let limit = limit.min(MOST_FIXES);
        let mut asked = limit;
        loop {
            let rows = self.reader.query(vehicle, from, to, asked).await?;
            let is_all = rows.len() < asked as usize || asked == MOST_FIXES;
            let mut fixes = each_once(rows);
            let missing = limit.saturating_sub(u32::try_from(fixes.len()).unwrap_or(u32::MAX));
            if is_all || missing == 0 {
                fixes.truncate(limit as usize);
                return Ok(fixes);
            }
            asked = asked.saturating_add(missing).min(MOST_FIXES);
        }
    }

    /// The newest fix of each outbox that was trusted and measured at `since` or later, in no order. A vehicle
    /// whose terminal was replaced has two.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn newest(&self, since: Timestamp) -> Result<Vec<StoredFix>, HistoryError> {
        self.reader.newest(since).await
    }

    /// When a file of positions that could not be used was last set aside, or was found gone; nothing where there is
    /// no file of one's own.
    pub fn lost_at(&self) -> Option<watch::Receiver<Option<Timestamp>>> {
        self.lost_at.clone()
    }

    /// Whether positions are being written.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }
}
