//! How the rest of the server tells a vehicle's link something: by flags that merge, never by a queue.

use std::sync::atomic::{AtomicU8, Ordering};
use tokio::sync::Notify;

const DUTY: u8 = 1;
const REPLACED: u8 = 2;
const STOPPING: u8 = 4;
const ROUTE: u8 = 8;

/// What a link is told. Several tellings before the link looks are one.
#[derive(Debug, Default)]
pub(crate) struct LinkSignal {
    told: AtomicU8,
    wake: Notify,
}

/// What a link was told since it last looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// The vehicle's duty changed: send the picture as it is now.
    pub(crate) duty: bool,
    /// The vehicle was given a new way: send it.
    pub(crate) route: bool,
    /// A newer link of the same vehicle took over.
    pub(crate) replaced: bool,
    /// The server stops.
    pub(crate) stopping: bool,
}

impl LinkSignal {
    /// The vehicle's duty changed.
    pub(crate) fn tell_duty(&self) {
        self.tell(DUTY);
    }

    /// The vehicle was given a new way.
    pub(crate) fn tell_route(&self) {
        self.tell(ROUTE);
    }

    /// A newer link took over.
    pub(crate) fn tell_replaced(&self) {
        self.tell(REPLACED);
    }

    /// The server stops.
    pub(crate) fn tell_stopping(&self) {
        self.tell(STOPPING);
    }

    /// Waits until something is told; may be dropped and called again without loss.
    pub(crate) async fn told(&self) -> Told {
        loop {
            let told = self.told.swap(0, Ordering::AcqRel);
            if told != 0 {
                return Told {
                    duty: told & DUTY != 0,
                    route: told & ROUTE != 0,
                    replaced: told & REPLACED != 0,
                    stopping: told & STOPPING != 0,
                };
            }
            self.wake.notified().await;
        }
    }

    fn tell(&self, what: u8) {
        self.told.fetch_or(what, Ordering::AcqRel);
        self.wake.notify_one();
    }
}
