//! What a running simulation has done so far, for its progress line.

use crate::api::ApiError;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts since the start.
#[derive(Debug, Default)]
pub struct Tally {
    calls: AtomicU64,
    runs: AtomicU64,
    cancelled: AtomicU64,
    presses: AtomicU64,
    refused: AtomicU64,
    links_lost: AtomicU64,
}

impl Tally {
    /// A call was taken.
    pub fn call(&self) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }

    /// A vehicle was sent.
    pub fn run(&self) {
        self.runs.fetch_add(1, Ordering::Relaxed);
    }

    /// An incident was cancelled.
    pub fn cancelled(&self) {
        self.cancelled.fetch_add(1, Ordering::Relaxed);
    }

    /// A crew pressed something.
    pub fn press(&self) {
        self.presses.fetch_add(1, Ordering::Relaxed);
    }

    /// A vehicle's link was lost.
    pub fn link_lost(&self) {
        self.links_lost.fetch_add(1, Ordering::Relaxed);
    }

    /// The server refused something.
    pub fn refused(&self, error: &ApiError) {
        self.refused.fetch_add(1, Ordering::Relaxed);
        tracing::debug!(%error, "the server refused a command of the simulation");
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        write!(
            f,
            "{} calls, {} vehicles sent, {} cancelled, {} presses, {} refused, {} links lost",
            read(&self.calls),
            read(&self.runs),
            read(&self.cancelled),
            read(&self.presses),
            read(&self.refused),
            read(&self.links_lost)
        )
    }
}
