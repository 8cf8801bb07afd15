//! Consoles served from the feed: the desk followed, positions ticked, and the link of each console.

mod arrivals;
mod console_link;
mod cursor;
mod follow;
mod positions;
mod service;
mod snapshot;

pub use console_link::read_console_frame;
pub(super) use console_link::run as run_console;
pub(super) use service::Parts;

use super::shared::Shared;
use std::sync::Arc;
use tokio_util::task::TaskTracker;

/// Starts following the desk, the ticker, and the watch over the service's health.
pub(super) fn start(shared: &Arc<Shared>, parts: Parts, tasks: &TaskTracker) {
    tasks.spawn(follow::run(shared.clone()));
    tasks.spawn(positions::run(shared.clone()));
    tasks.spawn(service::run(shared.clone(), parts));
}
