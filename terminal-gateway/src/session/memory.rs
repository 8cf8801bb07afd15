//! What outlives a line: the positions and the call for help that a terminal would send again on its next one.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vehicle_agent::outbox::OutboxContent;
use wire_protocol::agent::{CrewCommand, FixReport};

/// Positions remembered: minutes of reports, which no terminal repeats from longer ago without a back-fill.
const MOST_FIXES: usize = 512;
/// A bit for help that still stands so soon after a press is that press, in milliseconds: its answer was lost. A terminal
/// is back within that time. Longer, and somebody who calls again while the gateway starts would not be heard; twice heard
/// is better.
const SAME_SOS_MS: i64 = 60_000;

/// A call for help from where there was no network is passed on so long after it, in milliseconds: later it would send
/// somebody to where nobody is any more.
const LATE_SOS_MS: i64 = 3_600_000;

/// A position as it was sent, for telling it from others: a hash of 63 bits, so that hundreds cost little to keep and to
/// look through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FixKey(u64);

impl FixKey {
    /// Of a place in WGS-84 degrees, to the decimals that the outbox keeps.
    pub(super) fn of(time_ms: i64, lat: f64, lon: f64) -> FixKey {
        const DECIMALS: f64 = 1e7;
        let rounded = |degrees: f64| (degrees * DECIMALS).round() as i64;
        let mut hasher = DefaultHasher::new();
        (time_ms, rounded(lat), rounded(lon)).hash(&mut hasher);
        FixKey(hasher.finish() & !SAFE)
    }
}

/// In a key that is kept: the position is safe.
const SAFE: u64 = 1;

/// Whether a position was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    New,
    /// It is on its way to the outbox.
    UnderWay,
    Safe,
}

/// What is remembered of one vehicle's terminal.
#[derive(Debug, Default)]
pub struct Memory {
    fixes: VecDeque<u64>,
    sos_stands: bool,
    sos_at_ms: Option<i64>,
    /// The latest moment of a report with the bit for help, by the terminal's clock and no later than ours.
    sos_latest_ms: Option<i64>,
}

/// Memory that lines of one terminal have in common.
#[derive(Clone, Debug, Default)]
pub struct Shared(Arc<Mutex<Memory>>);

impl Shared {
    /// Of a vehicle whose outbox an earlier run of the program left: what is in it is safe, and what the server has, answered
    /// or not.
    pub fn after(outbox: &OutboxContent, sent: &[FixReport]) -> Shared {
        let presses = outbox.commands.iter().chain(&outbox.confirmed);
        let sos = presses.filter(|it| matches!(it.command, CrewCommand::Sos));
        let sos_at_ms = sos.map(|it| it.made_at_ms).max();
        let safe = sent.iter().chain(&outbox.fixes);
        let surplus = (sent.len() + outbox.fixes.len()).saturating_sub(MOST_FIXES);
        let fixes =
            safe.skip(surplus).map(|it| FixKey::of(it.fix_time, it.lat, it.lon).0 | SAFE).collect();
        Shared(Arc::new(Mutex::new(Memory {
            fixes,
            sos_at_ms,
            sos_latest_ms: sos_at_ms,
            sos_stands: false,
        })))
    }

    pub(super) fn open(&self) -> MutexGuard<'_, Memory> {
        // A panic elsewhere leaves whole entries behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    pub(super) fn seen(&self, key: FixKey) -> Seen {
        match self.fixes.iter().find(|known| **known & !SAFE == key.0) {
            None => Seen::New,
            Some(known) if known & SAFE == 0 => Seen::UnderWay,
            Some(_) => Seen::Safe,
        }
    }

    pub(super) fn under_way(&mut self, keys: &[FixKey]) {
        self.fixes.extend(keys.iter().map(|key| key.0));
        let surplus = self.fixes.len().saturating_sub(MOST_FIXES);
        self.fixes.drain(..surplus);
    }

    /// They are safe, or have to come again.
    pub(super) fn settle(&mut self, keys: &[FixKey], is_safe: bool) {
        let is_one = |known: u64| keys.contains(&FixKey(known & !SAFE));
        if is_safe {
            self.fixes.iter_mut().filter(|known| is_one(**known)).for_each(|known| *known |= SAFE);
        } else {
            self.fixes.retain(|known| !is_one(*known));
        }
    }

    /// The bit for help as it came; true when it is pressed now.
    pub(super) fn sos(&mut self, is_set: bool, at_ms: Option<i64>, now_ms: i64) -> bool {
        if is_set {
            self.sos_latest_ms = self.sos_latest_ms.max(at_ms.map(|at| at.min(now_ms)));
        }
        let was_set = std::mem::replace(&mut self.sos_stands, is_set);
        if !is_set || was_set {
            return false;
        }
        let age_ms = self.sos_at_ms.map(|at| now_ms.saturating_sub(at));
        let is_known = age_ms.is_some_and(|age| (0..SAME_SOS_MS).contains(&age));
        // After a start the bit may be that of a press which is in the outbox; once it was seen unset it is a new one.
        self.sos_at_ms = None;
        !is_known
    }

    /// The bit for help in what was measured without a link, last at this moment, and still there at the end or not. True
    /// when nobody has heard of it: neither from a later report, nor when it is too long ago to help.
    pub(super) fn past_sos(&mut self, at_ms: i64, still_stands: bool, now_ms: i64) -> bool {
        let is_known = self.sos_stands || self.sos_latest_ms.is_some_and(|latest| at_ms <= latest);
        let is_late = now_ms.saturating_sub(at_ms) > LATE_SOS_MS;
        if is_known || is_late {
            return false;
        }
        self.sos_latest_ms = Some(at_ms.min(now_ms));
        self.sos_stands = still_stands;
        true
    }

    /// The press was not kept: the bit is to be taken for a new one.
    pub(super) fn sos_failed(&mut self) {
        (self.sos_stands, self.sos_latest_ms) = (false, None);
    }

    /// The bit was unset in a report of the past: a press before that is over.
    pub(super) fn past_without_sos(&mut self, at_ms: i64) {
        self.sos_at_ms.take_if(|pressed| at_ms > *pressed);
    }

    /// The bit is unset: the press before it is over.
    pub(super) fn sos_over(&mut self) {
        self.sos_at_ms = None;
    }
}
