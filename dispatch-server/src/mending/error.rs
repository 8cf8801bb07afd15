//! Why a journal was not mended.

use crate::settings::BadSetting;
use crate::stores::StoresError;
use dispatch_desk::desk::{CommandError, DeskError};
use dispatch_desk::journal::{JournalFailure, LoadError};
use std::io;
use thiserror::Error;

/// Why it was not done.
#[derive(Debug, Error)]
pub enum MendingError {
    /// A setting cannot be worked with.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// The store could not be opened.
    #[error(transparent)]
    Open(#[from] StoresError),
    /// The journal could not be read or written.
    #[error("the journal failed: {0}")]
    Journal(#[from] JournalFailure),
    /// What is left of it cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A desk could not be opened on it.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A command could not be recorded again.
    #[error("recording again: {0}")]
    CommandEnvelope(#[from] CommandError),
    /// A file.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// What was to be cut off is written, and may or may not be cut off.
    #[error(
        "the journal failed: {0}; all of {1} was taken out of it or nothing: give the command again, with another file"
    )]
    NotCut(JournalFailure, String),
    /// It cannot be done with this journal.
    #[error("{0}")]
    Refused(String),
}
