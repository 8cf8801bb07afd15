//! A batch of one vehicle on its way to the file.

use crate::outbox::{Change, OutboxError};
use std::sync::Arc;
use tokio::sync::oneshot;

pub(super) struct Batch {
    pub(super) vehicle: Arc<str>,
    /// In which file the vehicle's rows were read.
    pub(super) opened: u64,
    /// Its place among all of the vehicle's, from 1.
    pub(super) number: u64,
    pub(super) changes: Vec<Change>,
    pub(super) answer: oneshot::Sender<Result<(), OutboxError>>,
}

impl Batch {
    /// Whether it only adds positions and forgets others. Numbers are never given twice, so that it does not matter which
    /// of both is done first.
    pub(super) fn is_of_positions(&self) -> bool {
        self.changes.iter().all(|change| match change {
            Change::AddFix(_) | Change::ForgetFixes(_) => true,
            Change::AddCommand(_)
            | Change::ForgetCommands { .. }
            | Change::KeepConfirmed(_)
            | Change::AddUndated(_)
            | Change::ForgetUndated { .. }
            | Change::RememberDuty(_)
            | Change::RememberRoute(_)
            | Change::RememberTime(_)
            | Change::RaiseNumbers { .. }
            | Change::Renew(_) => false,
        })
    }
}
