//! Positions that a terminal of another maker chose to report: each is kept and sent, whatever the interval of this
//! link, and whoever brought them can ask when they are safe.

use super::session::{Link, MAX_PENDING_CHANGES};
use super::{Now, traffic};
use crate::nmea::Fix;

/// How far ahead of the server's time a position may be dated, in milliseconds: clocks differ by seconds.
const AHEAD_MS: i64 = 60_000;

/// What reported positions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// Where the vehicle is.
    Live,
    /// Where it was while its terminal had no link: history, never shown.
    Past,
}

/// What has to reach the disk until something is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch(u64);

impl Link {
    /// Keeps positions and has them sent, all or none. `None` when the disk has taken nothing for so long that there is
    /// no room: whoever brought them keeps them.
    pub fn report(&mut self, fixes: &[Fix], what: Reported, now: Now) -> Option<Batch> {
        if self.pending.len() + fixes.len() > MAX_PENDING_CHANGES {
            return None;
        }
        for fix in fixes {
            if what == Reported::Live {
                self.seen_fix(*fix, now);
                self.judge_date(fix, now);
                self.reported_at = Some(now.steady_ms);
            }
            self.add_fix(*fix);
        }
        self.settle(now);
        Some(Batch(self.batches_begun + u64::from(!self.pending.is_empty())))
    }

    /// Whether all of it is on disk, or the server has it.
    pub fn is_batch_safe(&self, batch: Batch) -> bool {
        self.batches_stored >= batch.0 || self.fixes.waiting() == 0
    }

    /// Seconds between two reports that the server would like in the state of now, of a vehicle under way.
    pub(super) fn wanted_report_seconds(&self) -> u16 {
        traffic::seconds(self.report, self.shown().state, true)
    }

    fn judge_date(&mut self, fix: &Fix, now: Now) {
        let Some(server_ms) = self.server_time(now) else { return };
        let is_wrong = fix.fix_time_ms > server_ms.saturating_add(AHEAD_MS);
        self.receiver_date(is_wrong);
    }
}
