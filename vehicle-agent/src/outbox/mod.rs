//! What the terminal must not forget: numbered commands and fixes until the server has them.
//!
//! A store takes changes in batches and gives all back when it is opened again. It decides nothing:
//! what is numbered, thinned or forgotten is decided by `link`. A disk that fails never ends the
//! program: what it did not take stays in memory, is sent from there, and is stored when it can be.

mod columns;
mod confirmed;
mod content;
mod file;
mod kept;
mod memory;
mod rows;
mod salvage;
mod shared;
mod sqlite;
mod stored_command;
mod undated;

pub use confirmed::MOST_CONFIRMED;
pub use content::{Change, KnownTime, OutboxContent, Renewal};
pub use kept::{KeptOutbox, OutboxFile};
pub use memory::MemoryOutbox;
pub use shared::{SharedOutbox, SharedOutboxes, VehicleRows};
pub use sqlite::{SqliteOutbox, SqliteOutboxFile};
pub use stored_command::{PressStamp, StoredCommand};
pub use undated::{MOST_UNDATED, UndatedFix};

use std::future::Future;

/// Trouble with the store, in words that fit "failed to ...".
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// The folder or file cannot be used.
    #[error("open the outbox {path}: {source}")]
    Open {
        /// The file.
        path: String,
        /// Why.
        source: sqlx::Error,
    },
    /// Reading or writing failed.
    #[error("use the outbox: {0}")]
    Database(#[from] sqlx::Error),
    /// Something stored cannot be read back; the file was changed by another program.
    #[error("read an entry of the outbox: {0}")]
    Entry(#[from] serde_json::Error),
    /// A file could not be made, moved or protected.
    #[error("set up the outbox's file: {0}")]
    File(#[from] std::io::Error),
    /// The file was written by a later release.
    #[error("read an outbox of version {0}, which a later release wrote")]
    Version(i64),
}

/// A store of what the server has not confirmed.
///
/// Every implementation keeps to the same contract, tested in `tests/agent/outbox_contract.rs`: a batch is
/// stored whole or not at all, it is durable when `apply` returns, and a number once applied is never
/// below the counters of a later `load`. After a failure the same batch is brought again.
pub trait Outbox: Send + 'static {
    /// All that is stored.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn load(&mut self) -> impl Future<Output = Result<OutboxContent, OutboxError>> + Send;

    /// Stores a batch of changes, whole or not at all, durably.
    ///
    /// # Errors
    /// When the store cannot be written; whether the batch is stored then is found out when it is brought
    /// again.
    fn apply(&mut self, changes: &[Change])
    -> impl Future<Output = Result<(), OutboxError>> + Send;

    /// Commands that came to light in a file that could not be read before, once.
    fn take_salvaged(&mut self) -> Vec<StoredCommand> {
        Vec::new()
    }

    /// Closes the store in good order: once this is done nothing of it touches its files any more, so that they may be
    /// copied or replaced. What is stored is safe without it.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn close(&mut self) -> impl Future<Output = Result<(), OutboxError>> + Send {
        std::future::ready(Ok(()))
    }
}
