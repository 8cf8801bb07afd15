//! All consoles of one scope: what they are sent is encoded once for all of them.

use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;
use wire_protocol::console::ServiceState;

/// The consoles that see the same centres.
pub(in crate::live) struct Audience {
    /// The centres, by number, in order.
    pub(in crate::live) centres: Box<[u16]>,
    /// The newest snapshot made for them; made by one console at a time.
    pub(in crate::live) snapshot: tokio::sync::Mutex<Option<Arc<MadeSnapshot>>>,
    frames: Mutex<Frames>,
    /// The newest list of arrivals encoded for them, by its number.
    pub(in crate::live) arrivals: Mutex<Option<(u64, Utf8Bytes)>>,
}

/// An encoded snapshot.
pub(in crate::live) struct MadeSnapshot {
    pub(in crate::live) text: Utf8Bytes,
    /// For each centre of the audience, the position after the snapshot.
    pub(in crate::live) positions: Box<[u64]>,
    pub(in crate::live) made_at: Instant,
    /// The state of the service that it tells.
    pub(in crate::live) service: ServiceState,
}

/// The position frames of the newest tick.
#[derive(Clone, Default)]
struct Frames {
    tick: u64,
    /// Vehicles that moved since the tick before; nothing when none did.
    moved: Option<Bytes>,
    /// Every vehicle with a position, once somebody needed it.
    all: Option<Bytes>,
}

/// What a console is shown at the newest tick.
pub(in crate::live) enum Shown {
    /// It has the newest tick.
    Nothing,
    /// Nobody moved.
    Still,
    /// The tick follows the one it has.
    Moved(Bytes),
    /// It missed ticks, or has none: every position, once.
    All(Option<Bytes>),
}

impl Audience {
    fn new(centres: Box<[u16]>) -> Self {
        let snapshot = tokio::sync::Mutex::default();
        Self { centres, snapshot, frames: Mutex::default(), arrivals: Mutex::default() }
    }

    /// Whether they see a centre.
    pub(in crate::live) fn sees(&self, centre: u16) -> bool {
        self.centres.binary_search(&centre).is_ok()
    }

    /// Puts up the frame of a new tick.
    pub(in crate::live) fn show(&self, tick: u64, moved: Option<Bytes>) {
        *lock(&self.frames) = Frames { tick, moved, all: None };
    }

    /// What a console that has `seen` is shown, and the tick it has then.
    pub(in crate::live) fn since(&self, seen: Option<u64>) -> (u64, Shown) {
        let frames = lock(&self.frames);
        let shown = match seen {
            Some(seen) if seen == frames.tick => Shown::Nothing,
            Some(seen) if seen + 1 == frames.tick => {
                frames.moved.clone().map_or(Shown::Still, Shown::Moved)
            }
            Some(_) | None => Shown::All(frames.all.clone()),
        };
        (frames.tick, shown)
    }

    /// Keeps a frame of all positions for the others who need it at this tick.
    pub(in crate::live) fn keep_all(&self, tick: u64, all: &Bytes) {
        let mut frames = lock(&self.frames);
        if frames.tick == tick {
            frames.all = Some(all.clone());
        }
    }
}

/// The audiences that have a console now.
#[derive(Default)]
pub(in crate::live) struct Audiences(Mutex<Vec<Weak<Audience>>>);

impl Audiences {
    /// The audience of these centres.
    pub(in crate::live) fn join(&self, mut centres: Vec<u16>) -> Arc<Audience> {
        centres.sort_unstable();
        centres.dedup();
        let mut audiences = lock(&self.0);
        audiences.retain(|audience| audience.strong_count() > 0);
        let mut present = audiences.iter().filter_map(Weak::upgrade);
        if let Some(audience) = present.find(|audience| *audience.centres == *centres) {
            return audience;
        }
        let audience = Arc::new(Audience::new(centres.into()));
        audiences.push(Arc::downgrade(&audience));
        audience
    }

    /// All that have a console now.
    pub(in crate::live) fn present(&self) -> Vec<Arc<Audience>> {
        lock(&self.0).iter().filter_map(Weak::upgrade).collect()
    }
}

pub(in crate::live) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
