//! The history's task: gathers fixes, writes them in batches, answers, and forgets the old.

use super::contract::FixWriter;
use super::error::HistoryError;
use super::row::StoredFix;
use dispatch_desk::clock::Clock;
use dispatch_desk::clock::steady_now;
use dispatch_desk::health::HealthMonitor;
use dispatch_desk::space::{Room, Space};
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

/// Pause between two steps of tidying, so that most of the disk's time is left to the batches.
const STEP_EVERY: Duration = Duration::from_millis(100);

/// Fixes handed over together and where the answer goes.
#[derive(Debug)]
pub(super) struct Submission {
    pub(super) rows: Vec<StoredFix>,
    pub(super) reply: oneshot::Sender<Result<(), HistoryError>>,
}

/// The part of history that runs.
pub struct HistoryTask {
    waiting: mpsc::Receiver<Submission>,
    queued: Arc<AtomicUsize>,
    writer: Box<dyn FixWriter>,
    clock: Clock,
    health: HealthMonitor,
    space: Space,
}

impl HistoryTask {
    pub(super) fn new(
        waiting: mpsc::Receiver<Submission>,
        queued: Arc<AtomicUsize>,
        writer: Box<dyn FixWriter>,
        clock: Clock,
        health: HealthMonitor,
    ) -> Self {
        Self { waiting, queued, writer, clock, health, space: Space::unwatched() }
    }

    /// The same, but writing only while there is room.
    pub(crate) fn within(self, space: Space) -> Self {
        Self { space, ..self }
    }

    /// Works until told to stop, then writes and answers what waits, and ends.
    pub async fn run(mut self, stop: CancellationToken) {
        loop {
            let tidying = self.writer.wants_tidying();
            tokio::select! {
                biased;
                () = stop.cancelled(), if !self.waiting.is_closed() => self.waiting.close(),
                first = self.waiting.recv() => {
                    let Some(first) = first else { break };
                    let batch = self.gather(first).await;
                    self.store_batch(batch).await;
                }
                () = tokio::time::sleep(STEP_EVERY), if tidying && self.health.is_working() => {
                    let tidied = self.writer.tidy(self.clock.now()).await;
                    self.tell(&tidied);
                }
            }
        }
    }

    /// Takes what comes until the batch is full or its time is up.
    async fn gather(&mut self, first: Submission) -> Vec<Submission> {
        let until = Instant::from_std(steady_now()) + Duration::from_millis(BATCH_MILLIS);
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
        let stored = match self.space.room() {
            Room::Ample => {
                let stored = self.writer.write(&rows).await;
                self.tell(&stored);
                stored
            }
            // Said once, by whoever watches the disk.
            Room::Short | Room::Scarce => Err(HistoryError::NoRoom),
        };
        self.queued.fetch_sub(rows.len(), Ordering::Relaxed);
        for reply in replies {
            // One who no longer listens needs no answer.
            let _ = reply.send(stored.clone());
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
