//! The outboxes of many vehicles in one file, for a program that speaks for all of them: one connection and one thread
//! for as many as there are, and one commit for all that wait at the same time.
//!
//! Each vehicle's outbox is a [`KeptOutbox`](super::KeptOutbox) over its own rows, so that what is told as stored is
//! held against the file after every failure as on a terminal.

mod batch;
mod columns;
mod content;
mod positions;
mod rows;
mod salvage;
mod store;
mod writer;

use super::kept::{KeptOutbox, OutboxFile};
use super::{Change, OutboxContent, OutboxError};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use wire_protocol::agent::FixReport;
use writer::{Job, Writer};

/// Batches that wait for the file. Each vehicle has one at a time, so that more vehicles wait for room here.
const MOST_WAITING: usize = 1_024;

/// The outbox of one vehicle among many.
pub type SharedOutbox = KeptOutbox<VehicleRows>;

/// The file of many outboxes. Clones are the same file.
#[derive(Clone, Debug)]
pub struct SharedOutboxes(mpsc::Sender<Job>);

/// The rows of one vehicle in the file.
#[derive(Clone, Debug)]
pub struct VehicleRows {
    vehicle: Arc<str>,
    /// Batches in them.
    batch: u64,
    outboxes: SharedOutboxes,
}

impl SharedOutboxes {
    /// Takes the file for this program alone and begins to write it. A file that cannot be used is set aside, and what
    /// can be read of it taken up; a disk that fails is tried again with each batch. Ends when the last clone is gone.
    ///
    /// # Errors
    /// When another program has the file.
    pub async fn open(path: PathBuf) -> Result<Self, OutboxError> {
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let mut writer = Writer::new(path);
        writer.begin().await?;
        tokio::spawn(writer.run(waiting));
        Ok(Self(jobs))
    }

    /// Opens a vehicle's outbox, or begins it, whatever the state of the file.
    pub async fn outbox(&self, vehicle: &str) -> SharedOutbox {
        KeptOutbox::over_or_begin(self.rows(vehicle)).await
    }

    /// What a vehicle's outbox holds; `None` if it was never begun.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn content(&self, vehicle: &str) -> Result<Option<OutboxContent>, OutboxError> {
        let vehicle = Arc::from(vehicle);
        self.ask(|answer| Job::Read { vehicle, answer }).await
    }

    /// The newest fixes that the server has of a vehicle, oldest first: one that comes again is one of them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn sent(&self, vehicle: &str) -> Result<Vec<FixReport>, OutboxError> {
        let vehicle = Arc::from(vehicle);
        self.ask(|answer| Job::Sent { vehicle, answer }).await
    }

    /// The vehicles with something that waits to be sent.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn with_something_waiting(&self) -> Result<Vec<String>, OutboxError> {
        self.ask(|answer| Job::Waiting { answer }).await
    }

    /// Closes the file in good order, after what waits. Not needed for safety, only for a tidy folder.
    pub async fn close(&self) {
        self.ask(|answer| Job::Close { answer }).await.ok();
    }

    fn rows(&self, vehicle: &str) -> VehicleRows {
        VehicleRows { vehicle: Arc::from(vehicle), batch: 0, outboxes: self.clone() }
    }

    async fn ask<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, OutboxError>>) -> Job,
    ) -> Result<T, OutboxError> {
        let (answer, answered) = oneshot::channel();
        self.0.send(job(answer)).await.map_err(|_| ended())?;
        answered.await.map_err(|_| ended())?
    }
}

fn ended() -> OutboxError {
    OutboxError::File(io::Error::other("the outboxes' writer has ended"))
}

impl OutboxFile for VehicleRows {
    /// Which file the rows were read in: what was read before it was replaced is not trusted any more.
    type Connection = u64;

    async fn open(&mut self, new_id: &str) -> Result<(u64, OutboxContent, u64), OutboxError> {
        let (vehicle, new_id) = (Arc::clone(&self.vehicle), new_id.to_owned());
        let found = self.outboxes.ask(|answer| Job::Open { vehicle, new_id, answer }).await?;
        self.batch = found.2;
        Ok(found)
    }

    async fn write(&mut self, opened: &mut u64, changes: &[Change]) -> Result<(), OutboxError> {
        let (vehicle, opened) = (Arc::clone(&self.vehicle), *opened);
        let (number, changes) = (self.batch + 1, changes.to_vec());
        let job = |answer| Job::Write { vehicle, opened, number, changes, answer };
        self.outboxes.ask(job).await?;
        self.batch = number;
        Ok(())
    }

    /// The writer gives space back for all.
    async fn tidy(&mut self, _: &mut u64, _: u64) -> Result<(), OutboxError> {
        Ok(())
    }

    async fn replace(
        &mut self,
        content: &OutboxContent,
        batch: u64,
    ) -> Result<(u64, String), OutboxError> {
        let (vehicle, content) = (Arc::clone(&self.vehicle), Box::new(content.clone()));
        let opened =
            self.outboxes.ask(|answer| Job::Replace { vehicle, content, batch, answer }).await?;
        self.batch = batch;
        Ok((opened, String::new()))
    }

    async fn close(&mut self, _: u64) -> Result<(), OutboxError> {
        Ok(())
    }

    async fn salvage(&mut self, new_id: String) -> OutboxContent {
        let (vehicle, id) = (Arc::clone(&self.vehicle), new_id.clone());
        let read = self.outboxes.ask(|answer| Job::Salvage { vehicle, new_id: id, answer }).await;
        read.unwrap_or_else(|_| OutboxContent::empty(new_id))
    }

    /// Rows that cannot be read are replaced; a file that cannot be used the writer replaces itself.
    fn is_not_usable(&self, error: &OutboxError) -> bool {
        match error {
            OutboxError::Entry(_) => true,
            OutboxError::Open { .. }
            | OutboxError::Database(_)
            | OutboxError::File(_)
            | OutboxError::Version(_) => false,
        }
    }
}
