//! A terminal that is known by its number: its vehicle, its latest frames, and the line that counts.

use super::lines::Lines;
use super::vehicle::Vehicle;
use crate::binding::Binding;
use crate::inspect::{Direction, KeptFrames};
use crate::session::Facts;
use serde::Serialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// A terminal of the file.
#[derive(Debug)]
pub(super) struct Terminal {
    pub(super) binding: Arc<Binding>,
    pub(super) code: String,
    pub(super) vehicle: Arc<Vehicle>,
    /// Cancelled when it is bound no more, or in another way: its lines end.
    pub(super) over: CancellationToken,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    frames: KeptFrames,
    facts: Facts,
    lines: Lines,
    last_ms: Option<i64>,
}

/// A terminal as it is listed.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Listed {
    number: String,
    vehicle: String,
    /// From where it is connected; absent while it is not.
    from: Option<String>,
    since_ms: Option<i64>,
    last_frame_ms: Option<i64>,
    facts: Facts,
}

impl Terminal {
    pub(super) fn new(binding: Arc<Binding>, code: String, vehicle: Arc<Vehicle>) -> Terminal {
        let (over, seen) = (CancellationToken::new(), Mutex::default());
        Terminal { binding, code, vehicle, over, seen }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its lines, for as long as one looks at them.
    pub(super) fn with_lines<T>(&self, look: impl FnOnce(&mut Lines) -> T) -> T {
        look(&mut self.seen().lines)
    }

    /// Keeps a frame, given with its flags or without.
    pub(super) fn keep(&self, direction: Direction, frame: &[u8], now_ms: i64) {
        const FLAG: u8 = 0x7e;
        let inner = frame.strip_prefix(&[FLAG]).unwrap_or(frame);
        let inner = inner.strip_suffix(&[FLAG]).unwrap_or(inner);
        let mut seen = self.seen();
        seen.frames.keep(direction, inner, now_ms);
        if direction == Direction::In {
            seen.last_ms = Some(now_ms);
        }
    }

    pub(super) fn learned(&self, facts: &Facts) {
        self.seen().facts.clone_from(facts);
    }

    pub(super) fn listed(&self) -> Listed {
        let seen = self.seen();
        Listed {
            number: self.binding.number.to_string(),
            vehicle: self.vehicle.name.clone(),
            from: seen.lines.counting().map(|line| line.from.clone()),
            since_ms: seen.lines.counting().map(|line| line.since_ms),
            last_frame_ms: seen.last_ms,
            facts: seen.facts.clone(),
        }
    }

    pub(super) fn frames(&self) -> Vec<crate::inspect::ShownFrame> {
        self.seen().frames.shown()
    }
}
