//! Making the hierarchies of the network while the server is at work: in a thread of its own, some time
//! after the start, and anew when another profile is switched on. Every ranking is exact before and after;
//! afterwards a large one takes less time.

use super::Roads;
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::{machine_time, steady_now};
use road_network::Router;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A start, often of several servers at once, has terminals and consoles to welcome first; what takes half a minute of
/// a processor waits so long.
const AFTER_START: Duration = Duration::from_secs(300);

impl Roads {
    /// Later begins a thread that makes the hierarchies of all parts of the day, the one in force first. It ends
    /// with them or with the process; nothing is lost when it is cut off.
    pub(crate) fn prepare_later(self: &Arc<Self>) {
        let roads = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(AFTER_START).await;
            roads.prepares.store(true, Ordering::Release);
            let router = roads.laid().corrected.clone().or(roads.router.clone());
            if let Some(router) = router {
                in_background(move || prepare(&router));
            }
        });
    }

    /// The same at once for the network under another profile, once the time after the start is over.
    pub(super) fn prepare_new(&self, router: Arc<Router>) {
        if self.prepares.load(Ordering::Acquire) {
            in_background(move || prepare(&router));
        }
    }

    /// Makes the hierarchy in force at a moment before returning.
    pub fn prepare_now(&self, now: Timestamp) {
        if let Some(roads) = self.in_force(now) {
            roads.router.prepare_now(now.0.div_euclid(1000));
        }
    }
}

fn prepare(router: &Router) {
    let began = steady_now();
    router.prepare(machine_time().0.div_euclid(1000));
    let (millis, bytes) = (began.elapsed().as_millis() as u64, router.hierarchy_bytes());
    tracing::info!(millis, bytes, "road hierarchies made");
}

fn in_background(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().name("road-hierarchies".to_owned()).spawn(work);
    if let Err(failure) = thread {
        tracing::warn!(%failure, "no road hierarchies: large rankings take longer");
    }
}
