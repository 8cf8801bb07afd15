//! An outbox without a disk, for simulated vehicles only: a power cut loses it. The binary never
//! uses it.

use super::{Change, Outbox, OutboxContent, OutboxError};

/// Holds everything in memory. Cloning it is what a test does to look at the "disk".
#[derive(Clone, Debug)]
pub struct MemoryOutbox {
    content: OutboxContent,
}

impl MemoryOutbox {
    /// An empty outbox with this name; names must differ between vehicles' lives.
    pub fn new(id: impl Into<String>) -> Self {
        Self { content: OutboxContent::empty(id.into()) }
    }

    /// What it holds.
    pub fn content(&self) -> &OutboxContent {
        &self.content
    }

    /// Applies changes at once; the same as `apply` without the form of a future.
    pub fn apply_now(&mut self, changes: &[Change]) {
        self.content.apply(changes);
    }
}

impl Outbox for MemoryOutbox {
    async fn load(&mut self) -> Result<OutboxContent, OutboxError> {
        Ok(self.content.clone())
    }

    async fn apply(&mut self, changes: &[Change]) -> Result<(), OutboxError> {
        self.apply_now(changes);
        Ok(())
    }
}
