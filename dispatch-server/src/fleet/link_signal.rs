//! How the rest of the server tells a vehicle's link something: by flags that merge, never by a queue.

use futures_util::task::AtomicWaker;
use std::future::poll_fn;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::Poll;

const DUTY: u8 = 1;
const REPLACED: u8 = 2;
const STOPPING: u8 = 4;
const ROUTE: u8 = 8;
const SET_BACK: u8 = 16;
const PICTURE: u8 = 32;

/// What a link is told. Several tellings before the link looks are one. Only the link's own task waits,
/// so a single waker is enough; it is asked at every frame and must cost nothing.
#[derive(Debug, Default)]
pub(crate) struct LinkSignal {
    told: AtomicU8,
    link: AtomicWaker,
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
    /// A journal was set back: what the terminal was told may not hold.
    pub(crate) set_back: bool,
    /// Another picture of its camera is wanted, or none any more.
    pub(crate) picture: bool,
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

    /// A journal was set back.
    pub(crate) fn tell_set_back(&self) {
        self.tell(SET_BACK);
    }

    /// Another picture is wanted, or none any more.
    pub(crate) fn tell_picture(&self) {
        self.tell(PICTURE);
    }

    /// Waits until something is told; may be dropped and called again without loss.
    pub(crate) async fn told(&self) -> Told {
        poll_fn(|context| {
            if let Some(told) = self.take() {
                return Poll::Ready(told);
            }
            self.link.register(context.waker());
            // What was told while registering has woken nobody.
            self.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    fn take(&self) -> Option<Told> {
        if self.told.load(Ordering::Acquire) == 0 {
            return None;
        }
        let told = self.told.swap(0, Ordering::AcqRel);
        (told != 0).then_some(Told {
            duty: told & DUTY != 0,
            route: told & ROUTE != 0,
            replaced: told & REPLACED != 0,
            stopping: told & STOPPING != 0,
            set_back: told & SET_BACK != 0,
            picture: told & PICTURE != 0,
        })
    }

    fn tell(&self, what: u8) {
        self.told.fetch_or(what, Ordering::AcqRel);
        self.link.wake();
    }
}
