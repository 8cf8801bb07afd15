//! Making the hierarchies of the network while the server is at work: in a thread of its own, some time
//! after the start. Every ranking is exact before and after; afterwards a large one takes less time.

use super::Roads;
use dispatch_core::model::Timestamp;
use std::time::{Duration, Instant};

/// A start, often of several servers at once, has terminals and consoles to welcome first; what takes half a minute of
/// a processor waits so long.
const AFTER_START: Duration = Duration::from_secs(300);

impl Roads {
    /// Begins a thread that makes the hierarchies of all parts of the day, the one in force first. It ends
    /// with them or with the process; nothing is lost when it is cut off.
    pub(crate) fn prepare_later(&self, started: Timestamp) {
        let Some(router) = self.router.clone() else { return };
        let work = move || {
            std::thread::sleep(AFTER_START);
            let began = Instant::now();
            router.prepare(started.0.div_euclid(1000));
            let (millis, bytes) = (began.elapsed().as_millis() as u64, router.hierarchy_bytes());
            tracing::info!(millis, bytes, "road hierarchies made");
        };
        let thread = std::thread::Builder::new().name("road-hierarchies".to_owned()).spawn(work);
        if let Err(failure) = thread {
            tracing::warn!(%failure, "no road hierarchies: large rankings take longer");
        }
    }

    /// Makes the hierarchy in force at a moment before returning.
    pub fn prepare_now(&self, now: Timestamp) {
        if let Some(router) = &self.router {
            router.prepare_now(now.0.div_euclid(1000));
        }
    }
}
