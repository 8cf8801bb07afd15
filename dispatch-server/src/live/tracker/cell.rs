//! What the server keeps of one vehicle besides its journal: slot, track, link.

use super::link_signal::LinkSignal;
use dispatch_core::fleet::{Fix, FixNorms, Judgement, LiveFix, VehicleTrack};
use dispatch_core::model::{Timestamp, VehicleId};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Stands for "at no centre".
const NO_CENTRE: u16 = u16::MAX;

/// One vehicle as the links see it.
#[derive(Debug)]
pub(crate) struct VehicleCell {
    /// Its name.
    pub(crate) id: VehicleId,
    /// Its number in position frames and in the fleet index.
    pub(crate) slot: u32,
    centre: AtomicU16,
    moved: AtomicBool,
    track: Mutex<VehicleTrack>,
    presence: Mutex<Presence>,
}

/// Whether a vehicle's terminal has a live link, and since when.
#[derive(Debug, Default)]
struct Presence {
    link: Option<Arc<LinkSignal>>,
    since: Option<Timestamp>,
}

impl VehicleCell {
    pub(super) fn new(id: VehicleId, slot: u32) -> Self {
        Self {
            id,
            slot,
            centre: AtomicU16::new(NO_CENTRE),
            moved: AtomicBool::new(false),
            track: Mutex::default(),
            presence: Mutex::default(),
        }
    }

    /// The number of the centre it belongs to now.
    pub(crate) fn centre(&self) -> Option<u16> {
        let centre = self.centre.load(Ordering::Acquire);
        (centre != NO_CENTRE).then_some(centre)
    }

    /// Puts it to a centre, or to none.
    pub(crate) fn set_centre(&self, centre: Option<u16>) {
        self.centre.store(centre.unwrap_or(NO_CENTRE), Ordering::Release);
    }

    /// Judges a fix; a fix that moves the marker also marks the vehicle as moved.
    pub(super) fn judge(&self, fix: Fix, received_at: Timestamp, norms: &FixNorms) -> Judgement {
        let judgement = lock(&self.track).judge(fix, received_at, norms);
        if judgement.moves_marker {
            self.moved.store(true, Ordering::Release);
        }
        judgement
    }

    /// The fix its marker stands at.
    pub(crate) fn live_fix(&self) -> Option<LiveFix> {
        lock(&self.track).live().copied()
    }

    /// When any fix was last received, trusted or not.
    pub(crate) fn heard_at(&self) -> Option<Timestamp> {
        lock(&self.track).last_received_at()
    }

    /// Whether it moved since this was last asked.
    pub(crate) fn take_moved(&self) -> bool {
        self.moved.load(Ordering::Relaxed) && self.moved.swap(false, Ordering::AcqRel)
    }

    /// Whether its terminal has a live link.
    pub(crate) fn is_online(&self) -> bool {
        lock(&self.presence).link.is_some()
    }

    /// Since when it is online or offline; nothing before its first link.
    pub(crate) fn presence_since(&self) -> Option<Timestamp> {
        lock(&self.presence).since
    }

    /// Takes a new link; gives the one it replaces, which the caller has to end.
    pub(crate) fn attach(&self, link: Arc<LinkSignal>, now: Timestamp) -> Option<Arc<LinkSignal>> {
        let mut presence = lock(&self.presence);
        let replaced = presence.link.replace(link);
        if replaced.is_none() {
            presence.since = Some(now);
        }
        replaced
    }

    /// Forgets a link that ended; true when the vehicle is offline by that.
    pub(crate) fn detach(&self, link: &Arc<LinkSignal>, now: Timestamp) -> bool {
        let mut presence = lock(&self.presence);
        let is_current = presence.link.as_ref().is_some_and(|held| Arc::ptr_eq(held, link));
        if is_current {
            *presence = Presence { link: None, since: Some(now) };
        }
        is_current
    }

    /// Its live link.
    pub(crate) fn link(&self) -> Option<Arc<LinkSignal>> {
        lock(&self.presence).link.clone()
    }
}

/// A panic elsewhere leaves tracks and links whole: the lock is taken all the same.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
