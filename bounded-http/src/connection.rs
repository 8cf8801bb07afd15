//! What is known of one connection: its phase, since when, and how its peer takes what is sent.

use crate::Bounds;
use crate::now::now;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// What a connection is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing of a request has come; an earlier answer may still be on its way out.
    Idle,
    /// A part of a header has come, or the connection is new.
    Header,
    /// The header has come, the body has not.
    Body,
    /// The request is whole and being answered. Never gives way.
    Work,
    /// It became a WebSocket; no bound of ours holds any more.
    Link,
}

/// One connection.
#[derive(Debug)]
pub struct Connection {
    pub(crate) peer: SocketAddr,
    pub(crate) give_way: CancellationToken,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    /// When the peer last took no more; nothing while it takes everything.
    stalled_since: Option<Instant>,
    /// How long this answer was held up before, and how much of it the peer took.
    stalled_before: Duration,
    taken_bytes: u64,
}

impl Connection {
    pub(crate) fn new(peer: SocketAddr) -> Self {
        let state = State {
            phase: Phase::Header,
            since: now(),
            stalled_since: None,
            stalled_before: Duration::ZERO,
            taken_bytes: 0,
        };
        Self { peer, give_way: CancellationToken::new(), state: Mutex::new(state) }
    }

    /// What it is at, and since when.
    pub fn phase(&self) -> (Phase, Instant) {
        let state = self.state();
        (state.phase, state.since)
    }

    pub(crate) fn enter(&self, phase: Phase) {
        let mut state = self.state();
        if state.phase != phase {
            (state.phase, state.since) = (phase, now());
        }
        if phase == Phase::Body {
            // A new request: its answer is judged by itself.
            (state.stalled_before, state.taken_bytes) = (Duration::ZERO, 0);
        }
    }

    /// Bytes came.
    pub(crate) fn received(&self) {
        let mut state = self.state();
        if state.phase == Phase::Idle {
            (state.phase, state.since) = (Phase::Header, now());
        }
    }

    /// The body is whole.
    pub(crate) fn body_ended(&self) {
        if self.state().phase == Phase::Body {
            self.enter(Phase::Work);
        }
    }

    /// The peer took bytes of an answer.
    pub(crate) fn taken(&self, bytes: usize) {
        let moment = now();
        let mut state = self.state();
        state.taken_bytes = state.taken_bytes.saturating_add(bytes as u64);
        if let Some(since) = state.stalled_since.take() {
            state.stalled_before += moment.duration_since(since);
        }
        if state.phase == Phase::Idle {
            // Idle begins when the answer is out.
            state.since = moment;
        }
    }

    /// The peer takes no more for now.
    pub(crate) fn stalled(&self) {
        self.state().stalled_since.get_or_insert_with(now);
    }

    /// Until when it may go on as it is; nothing when no limit of time holds.
    pub(crate) fn deadline(&self, bounds: &Bounds) -> Option<Instant> {
        let state = self.state();
        let of_phase = match state.phase {
            Phase::Idle => Some(state.since + bounds.idle),
            Phase::Header => Some(state.since + bounds.header),
            Phase::Body => Some(state.since + bounds.body),
            Phase::Work | Phase::Link => None,
        };
        let of_reader = state.stalled_since.filter(|_| state.phase != Phase::Link).map(|since| {
            let earned = Duration::from_secs(state.taken_bytes / bounds.slowest_reader.max(1));
            since + (bounds.stall + earned).saturating_sub(state.stalled_before)
        });
        of_phase.into_iter().chain(of_reader).min()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
