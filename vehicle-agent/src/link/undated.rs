//! Positions that came before a server told the time: on disk meanwhile, as presses are, so that no power cut
//! takes them.

use super::Now;
use super::session::{Link, MAX_PENDING_CHANGES};
use crate::nmea::Fix;
use crate::outbox::{Change, PressStamp, UndatedFix};

impl Link {
    /// What says when something came, whatever is done to the terminal's clock.
    pub fn stamp(&self, at: Now) -> PressStamp {
        self.server_time.stamp(at)
    }

    /// When a position that waited came, by the server's time; `None` if that will never be known. Only to be
    /// asked once a server told the time.
    pub fn time_of(&self, undated: &UndatedFix) -> Option<i64> {
        self.server_time.of(Some(&undated.stamp), undated.made_at_ms)
    }

    /// A disk that takes nothing is not given more and more: what waits then waits in memory alone.
    pub(super) fn keep_undated(&mut self, undated: UndatedFix, now: Now) {
        self.seen_fix(undated.fix, now);
        if self.pending.len() < MAX_PENDING_CHANGES {
            self.pending.push(Change::AddUndated(undated));
        }
    }

    /// One has its date: it is reported and waits no more, in one batch.
    pub(super) fn late_fix(&mut self, fix: Fix, received: Option<Now>, place: u64) {
        match received {
            Some(received) => self.report_fix(fix, received),
            // They were spaced as they came, by a clock that has begun anew since.
            None => {
                self.add_fix(fix);
            }
        }
        self.forget_undated(place);
    }

    pub(super) fn forget_undated(&mut self, through: u64) {
        self.pending.retain(|change| match change {
            Change::AddUndated(undated) => undated.place > through,
            Change::ForgetUndated { through: earlier } => *earlier > through,
            Change::AddCommand(_)
            | Change::AddFix(_)
            | Change::ForgetCommands { .. }
            | Change::KeepConfirmed(_)
            | Change::ForgetFixes(_)
            | Change::RememberDuty(_)
            | Change::RememberRoute(_)
            | Change::RememberTime(_)
            | Change::RaiseNumbers { .. }
            | Change::Renew(_) => true,
        });
        self.pending.push(Change::ForgetUndated { through });
    }
}
