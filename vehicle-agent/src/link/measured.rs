//! Fixes on their way from the receiver into the send queue: what is reported, and how often.

use wire_protocol::agent::FixReport;

use super::session::{Link, MAX_PENDING_CHANGES, Output};
use super::{Now, traffic};
use crate::nmea::Fix;
use crate::outbox::Change;

impl Link {
    pub(super) fn seen_fix(&mut self, fix: Fix, now: Now) {
        self.latest_fix = Some((fix, now));
        self.odometer.measured(&fix, now);
        self.outputs.push_back(Output::Show);
    }

    pub(super) fn report_fix(&mut self, fix: Fix, now: Now) {
        let state = self.shown().state;
        let interval_ms = traffic::interval_ms(self.report, state, fix.speed_mps);
        let waited_enough =
            self.reported_at.is_none_or(|at| now.steady_ms.saturating_sub(at) >= interval_ms);
        if !waited_enough && !self.report_next {
            return;
        }
        if self.add_fix(fix) {
            self.reported_at = Some(now.steady_ms);
            self.report_next = false;
        }
    }

    /// Has it reported; false when the disk has taken nothing for so long that it is dropped.
    pub(super) fn add_fix(&mut self, fix: Fix) -> bool {
        if self.pending.len() >= MAX_PENDING_CHANGES {
            self.fixes.count_dropped();
            return false;
        }
        let report = self.fixes.add(report_of(&fix));
        self.pending.push(Change::AddFix(report));
        let thinned = self.fixes.thin();
        if !thinned.is_empty() {
            self.forget_fixes(&thinned);
        }
        true
    }
}

/// The report of a fix, with the position to the seventh decimal (a centimetre) and no number yet.
fn report_of(fix: &Fix) -> FixReport {
    const DECIMALS: f64 = 1e7;
    FixReport {
        number: 0,
        fix_time: fix.fix_time_ms,
        lon: (fix.lon * DECIMALS).round() / DECIMALS,
        lat: (fix.lat * DECIMALS).round() / DECIMALS,
        speed_mps: fix.speed_mps,
        heading_deg: fix.heading_deg,
        satellites: fix.satellites,
        hdop: fix.hdop,
    }
}
