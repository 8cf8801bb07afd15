//! Taking what must not be lost from one place to another: from store to store, into a backup file, and
//! back. The hash chain is checked at both ends; nothing is believed to have arrived before that.
//!
//! A backup holds every journal, people, keys and what is kept about roads. Positions are not events and not in it; they are
//! copied with the file `history.sqlite`, or with the database's own tools.

mod copy;
mod file;
mod line;

pub use copy::{Arrived, copy_journal};
pub use file::{back_up, export, restore};
pub(crate) use line::EventLine;

use crate::roads::RoadStoreError;
use dispatch_core::model::CentreId;
use dispatch_desk::journal::{AppendError, JournalFailure, Report};

/// Events carried at once: some megabytes.
pub(crate) const EVENTS_PER_STEP: u32 = 2_000;

/// Why it did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// A journal could not be read.
    #[error("failed to read the journal: {0}")]
    Read(#[from] JournalFailure),
    /// A journal could not be written.
    #[error("failed to write the journal: {0}")]
    Write(#[from] AppendError),
    /// The journal that is to be carried is damaged.
    #[error("the journal to be carried is damaged:\n{0}")]
    SourceDamaged(Box<Report>),
    /// What arrived is not what was sent.
    #[error("what arrived is not whole:\n{0}")]
    ArrivedDamaged(Box<Report>),
    /// The target holds other events.
    #[error("the target has events of {0} that are not those to be carried; take an empty one")]
    OtherEvents(CentreId),
    /// People and keys.
    #[error("failed to carry people and keys: {0}")]
    Credentials(#[from] sqlx::Error),
    /// What is kept about roads.
    #[error(transparent)]
    Roads(#[from] RoadStoreError),
    /// The backup file.
    #[error("the backup file: {0}")]
    File(#[from] std::io::Error),
    /// A line of the backup file.
    #[error("line {line} of the backup file {what}")]
    Line {
        /// Which line, from 1.
        line: u64,
        /// What is wrong with it, as a fragment.
        what: String,
    },
}
