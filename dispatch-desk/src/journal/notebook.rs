//! Heads of journals remembered in memory, for simulations: they outlive a server's process as its data folder does.

use super::anchor::Anchor;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Heads kept; older ones go, as the old half of the folder's file does.
const KEPT: usize = 8_192;

/// What one machine remembers; clones are the same machine's.
#[derive(Clone, Debug, Default)]
pub struct Notebook(Arc<Mutex<Vec<Anchor>>>);

impl Notebook {
    pub(super) fn note(&self, anchors: &[Anchor]) {
        let mut kept = self.anchors();
        kept.extend_from_slice(anchors);
        if kept.len() > 2 * KEPT {
            let old = kept.len() - KEPT;
            kept.drain(..old);
        }
    }

    /// Oldest first.
    pub(super) fn anchors(&self) -> MutexGuard<'_, Vec<Anchor>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
