//! The history's task: gathers fixes, writes them in batches, answers, and forgets the old.

use super::batch::{OutboxNumbers, write};
use super::handle::HistoryError;
use super::retention::Retention;
use super::row::FixRow;
use super::store::Store;
use crate::clock::Clock;
use crate::health::HealthMonitor;
use sqlx::sqlite::SqliteConnection;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Fixes after which a batch is written at once. More at a time saves nothing on the disk.
pub const BATCH_FIXES: usize = 2_000;

/// Milliseconds after its first fix at which a batch is written. An acknowledgement that late costs a
/// terminal nothing, and four commits a second cost a disk nothing.
pub const BATCH_MILLIS: u64 = 250;

/// Pause between two steps of forgetting, so that most of the disk's time is left to the batches.
const STEP_EVERY: Duration = Duration::from_millis(100);

/// Fixes handed over together and where the answer goes.
#[derive(Debug)]
pub(super) struct Submission {
    pub(super) rows: Vec<FixRow>,
    pub(super) reply: oneshot::Sender<Result<(), HistoryError>>,
}

/// The part of history that runs.
#[derive(Debug)]
pub struct HistoryTask {
    waiting: mpsc::Receiver<Submission>,
    queued: Arc<AtomicUsize>,
    store: Arc<Store>,
    clock: Clock,
    retention: Retention,
    health: HealthMonitor,
    /// Opened at need, and anew after a failure.
    connection: Option<SqliteConnection>,
    outboxes: OutboxNumbers,
}

impl HistoryTask {
    pub(super) fn new(
        waiting: mpsc::Receiver<Submission>,
        queued: Arc<AtomicUsize>,
        store: Arc<Store>,
        clock: Clock,
        keep_days: u32,
        health: HealthMonitor,
    ) -> Self {
        let retention = Retention::new(keep_days);
        let (connection, outboxes) = (None, OutboxNumbers::new());
        Self { waiting, queued, store, clock, retention, health, connection, outboxes }
    }

    /// Works until told to stop, then writes and answers what waits, and ends.
    pub async fn run(mut self, stop: CancellationToken) {
        loop {
            let forgetting = self.retention.is_due(self.clock.now());
            tokio::select! {
                biased;
                () = stop.cancelled(), if !self.waiting.is_closed() => self.waiting.close(),
                first = self.waiting.recv() => {
                    let Some(first) = first else { break };
                    let batch = self.gather(first).await;
                    self.store_batch(batch).await;
                }
                () = tokio::time::sleep(STEP_EVERY), if forgetting && self.health.is_working() => {
                    self.forget_a_little().await;
                }
            }
        }
    }

    /// Takes what comes until the batch is full or its time is up.
    async fn gather(&mut self, first: Submission) -> Vec<Submission> {
        let until = Instant::now() + Duration::from_millis(BATCH_MILLIS);
        let mut fixes = first.rows.len();
        let mut batch = vec![first];
        while fixes < BATCH_FIXES {
            let Ok(Some(next)) = tokio::time::timeout_at(until, self.waiting.recv()).await else {
                break;
            };
            fixes += next.rows.len();
            batch.push(next);
        }
        batch
    }

    async fn store_batch(&mut self, batch: Vec<Submission>) {
        let (mut rows, mut replies) = (Vec::new(), Vec::with_capacity(batch.len()));
        for mut submission in batch {
            rows.append(&mut submission.rows);
            replies.push(submission.reply);
        }
        let stored = self.write(&rows).await;
        self.tell(&stored);
        self.queued.fetch_sub(rows.len(), Ordering::Relaxed);
        for reply in replies {
            // One who no longer listens needs no answer.
            let _ = reply.send(stored.clone());
        }
    }

    async fn write(&mut self, rows: &[FixRow]) -> Result<(), HistoryError> {
        let mut connection = self.take_connection().await?;
        write(&mut connection, &mut self.outboxes, rows).await?;
        self.connection = Some(connection);
        Ok(())
    }

    async fn forget_a_little(&mut self) {
        let forgotten = self.forget_step().await;
        self.tell(&forgotten);
    }

    async fn forget_step(&mut self) -> Result<(), HistoryError> {
        let mut connection = self.take_connection().await?;
        self.retention.step(&mut connection, self.clock.now()).await?;
        self.connection = Some(connection);
        Ok(())
    }

    async fn take_connection(&mut self) -> Result<SqliteConnection, HistoryError> {
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => self.store.writer().await,
        }
    }

    fn tell(&mut self, result: &Result<(), HistoryError>) {
        match result {
            Ok(()) => self.health.worked(),
            Err(error) => {
                tracing::error!(%error, "positions could not be stored");
                self.health.failed();
            }
        }
    }
}
