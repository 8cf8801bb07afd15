//! Hearsay: centres whose journals are said to have grown by the hand of another server.

use dispatch_core::model::CentreId;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// What the desk has been told and not yet read; a centre told twice is read once. Never more than
/// there are centres, since only known ones are told.
#[derive(Debug, Default)]
pub(super) struct News {
    centres: Mutex<BTreeSet<CentreId>>,
    /// Whether the journal is said not to work.
    doubted: AtomicBool,
    arrived: Notify,
}

impl News {
    pub(super) fn tell(&self, centre: CentreId) {
        self.centres.lock().unwrap_or_else(PoisonError::into_inner).insert(centre);
        self.arrived.notify_one();
    }

    /// Somebody could not reach the store; the desk finds out for itself.
    pub(super) fn doubt(&self) {
        self.doubted.store(true, Ordering::Release);
        self.arrived.notify_one();
    }

    pub(super) fn take_doubt(&self) -> bool {
        self.doubted.swap(false, Ordering::AcqRel)
    }

    /// Waits for news. Nothing is lost when the wait is given up.
    pub(super) async fn arrived(&self) {
        self.arrived.notified().await;
    }

    pub(super) fn take(&self) -> BTreeSet<CentreId> {
        std::mem::take(&mut *self.centres.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
