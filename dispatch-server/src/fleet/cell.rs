//! What the server keeps of one vehicle besides its journal: slot, track, link.

use super::ServerRun;
use super::link_signal::LinkSignal;
use super::presence::{Attachment, Begun, CameElsewhere, Presence};
use super::terminal_health::TerminalHealth;
use dispatch_core::fleet::{Fix, FixAssessment, FixNorms, LiveFix, VehicleTrack};
use dispatch_core::model::{Timestamp, VehicleId};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

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
    /// Moved by a fix of its link here since the other servers were told.
    moved_here: AtomicBool,
    /// Its link here came, went or was replaced since the other servers were told.
    link_changed: AtomicBool,
    track: Mutex<VehicleTrack>,
    presence: Mutex<Presence>,
    terminal: Mutex<TerminalHealth>,
}

impl VehicleCell {
    pub(super) fn new(id: VehicleId, slot: u32) -> Self {
        Self {
            id,
            slot,
            centre: AtomicU16::new(NO_CENTRE),
            moved: AtomicBool::new(false),
            moved_here: AtomicBool::new(false),
            link_changed: AtomicBool::new(false),
            track: Mutex::default(),
            presence: Mutex::default(),
            terminal: Mutex::default(),
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
    pub(super) fn assess(
        &self,
        fix: Fix,
        received_at: Timestamp,
        norms: &FixNorms,
    ) -> FixAssessment {
        let judgement = lock(&self.track).assess(fix, received_at, norms);
        if judgement.moves_marker {
            self.moved.store(true, Ordering::Release);
            self.moved_here.store(true, Ordering::Release);
        }
        judgement
    }

    /// Takes over a fix that another server has judged; true when the marker moves to it.
    pub(super) fn adopt(&self, live: LiveFix, norms: &FixNorms) -> bool {
        let moves = lock(&self.track).adopt(live, norms);
        if moves {
            self.moved.store(true, Ordering::Release);
        }
        moves
    }

    /// Another server heard the vehicle at this time.
    pub(crate) fn heard(&self, at: Timestamp) {
        lock(&self.track).heard(at);
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
        take(&self.moved)
    }

    /// Whether it moved by a fix of its link here since this was last asked.
    pub(crate) fn take_moved_here(&self) -> bool {
        take(&self.moved_here)
    }

    /// Whether its link here came, went or was replaced since this was last asked.
    pub(crate) fn take_link_changed(&self) -> bool {
        take(&self.link_changed)
    }

    /// Whether its terminal has a live link, at this server or another.
    pub(crate) fn is_online(&self) -> bool {
        lock(&self.presence).is_online()
    }

    /// Since when it is online or offline; nothing before its first link.
    pub(crate) fn presence_since(&self) -> Option<Timestamp> {
        lock(&self.presence).since()
    }

    /// Takes a new link.
    pub(crate) fn attach(&self, link: Arc<LinkSignal>, begun: Begun, now: Timestamp) -> Attachment {
        let attachment = lock(&self.presence).attach(link, begun, now);
        self.link_changed.store(true, Ordering::Release);
        attachment
    }

    /// Forgets a link that ended; true when the vehicle is offline by that.
    pub(crate) fn detach(&self, link: &Arc<LinkSignal>, now: Timestamp) -> bool {
        let (was_current, is_offline_by_that) = lock(&self.presence).detach(link, now);
        if was_current {
            self.link_changed.store(true, Ordering::Release);
        }
        is_offline_by_that
    }

    /// A link began; `took_over` when another was there. Gives how many took over within a minute, when
    /// that is to be told.
    pub(crate) fn link_turns(&self, took_over: bool, now: Instant) -> Option<u32> {
        if took_over { lock(&self.terminal).turn(now) } else { None }
    }

    /// Its terminal says whether its disk fails, and the centre knows it as `known`; given back when it is
    /// to be told.
    pub(crate) fn storage_turned(&self, fails: bool, known: bool, now: Instant) -> Option<bool> {
        lock(&self.terminal).storage.turned(fails, known, now)
    }

    /// The same of its receiver's date.
    pub(crate) fn receiver_turned(&self, wrong: bool, known: bool, now: Instant) -> Option<bool> {
        lock(&self.terminal).receiver.turned(wrong, known, now)
    }

    /// Its live link at this server.
    pub(crate) fn link(&self) -> Option<Arc<LinkSignal>> {
        lock(&self.presence).link()
    }

    /// When its link here began; nothing without one.
    pub(crate) fn link_begun(&self) -> Option<Begun> {
        lock(&self.presence).begun()
    }

    /// A link of it began at another server.
    pub(crate) fn come_elsewhere(
        &self,
        server: ServerRun,
        begun: Begun,
        now: Timestamp,
    ) -> CameElsewhere {
        lock(&self.presence).come_elsewhere(server, begun, now)
    }

    /// Another server says that it holds its link.
    pub(crate) fn hold_elsewhere(
        &self,
        server: ServerRun,
        begun: Begun,
        now: Timestamp,
    ) -> CameElsewhere {
        lock(&self.presence).hold_elsewhere(server, begun, now)
    }

    /// Another server no longer holds its link; true when it is offline by that.
    pub(crate) fn go_elsewhere(&self, server: ServerRun, now: Timestamp) -> bool {
        lock(&self.presence).go_elsewhere(server, now)
    }

    /// Whether its link counts as held by another server.
    pub(crate) fn is_held_by(&self, server: ServerRun) -> bool {
        lock(&self.presence).is_held_by(server)
    }
}

/// Takes a mark; most are not set, and reading costs less than taking.
fn take(mark: &AtomicBool) -> bool {
    mark.load(Ordering::Relaxed) && mark.swap(false, Ordering::AcqRel)
}

/// A panic elsewhere leaves tracks and links whole: the lock is taken all the same.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
