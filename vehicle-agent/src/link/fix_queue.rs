//! Send queue of fixes: fresh ones first, a backlog after them, thinned when there are too many.

use std::collections::{BTreeMap, VecDeque};

use wire_protocol::MAX_FIXES_PER_FRAME;
use wire_protocol::agent::FixReport;

use super::MAX_STORED_FIXES;

/// Backlog sent ahead of the server's answer: one frame, so that a long backlog never stands between
/// a fresh fix and the server.
const MAX_BACKLOG_IN_FLIGHT: usize = MAX_FIXES_PER_FRAME;

#[derive(Debug)]
struct HeldFix {
    report: FixReport,
    stored: bool,
}

#[derive(Debug)]
pub(super) struct FixQueue {
    fixes: VecDeque<HeldFix>,
    /// When those under way were sent, by number: few, however long the backlog.
    sent: BTreeMap<u64, u64>,
    last_number: u64,
    /// Fixes above this number are fresh: measured on this link, or the last before it.
    fresh_above: u64,
    dropped: u64,
}

impl FixQueue {
    pub(super) fn new(stored: Vec<FixReport>, last_number: u64) -> Self {
        let fixes = stored.into_iter().map(|report| HeldFix { report, stored: true }).collect();
        Self { fixes, sent: BTreeMap::new(), last_number, fresh_above: last_number, dropped: 0 }
    }

    /// Fixes that the server has not confirmed.
    pub(super) fn waiting(&self) -> usize {
        self.fixes.len()
    }

    /// Fixes dropped for space since the start.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Counts a fix that could not even be kept.
    pub(super) fn count_dropped(&mut self) {
        self.dropped += 1;
    }

    /// Numbers and keeps a report.
    pub(super) fn add(&mut self, mut report: FixReport) -> FixReport {
        self.last_number += 1;
        report.number = self.last_number;
        self.fixes.push_back(HeldFix { report: report.clone(), stored: false });
        report
    }

    pub(super) fn mark_stored(&mut self, number: u64) {
        if let Ok(at) = self.fixes.binary_search_by_key(&number, |held| held.report.number) {
            self.fixes[at].stored = true;
        }
    }

    /// Highest number given.
    pub(super) fn last_number(&self) -> u64 {
        self.last_number
    }

    /// Numbers what waits anew from 1 and gives it as it is to be stored.
    pub(super) fn renumber(&mut self) -> Vec<FixReport> {
        for (number, held) in (1..).zip(&mut self.fixes) {
            held.report.number = number;
        }
        self.last_number = self.fixes.len() as u64;
        self.send_again();
        self.fixes.iter().map(|held| held.report.clone()).collect()
    }

    /// When there are too many, drops every second fix of the oldest quarter: the track stays
    /// recognisable and recent history whole. Returns the dropped numbers as ranges.
    pub(super) fn thin(&mut self) -> Vec<[u64; 2]> {
        if self.fixes.len() <= MAX_STORED_FIXES {
            return Vec::new();
        }
        let quarter = self.fixes.len() / 4;
        let mut index = 0;
        let mut dropped = Vec::with_capacity(quarter / 2 + 1);
        self.fixes.retain(|held| {
            let keep = index >= quarter || index % 2 == 1 || !held.stored;
            index += 1;
            if !keep {
                dropped.push([held.report.number, held.report.number]);
            }
            keep
        });
        self.forget_sent(&dropped);
        self.dropped += dropped.len() as u64;
        dropped
    }

    /// A link opened or the answer is overdue: everything goes out anew, the latest fix as a fresh
    /// one and the others as a backlog, so that a server which never answers is not flooded.
    pub(super) fn send_again(&mut self) {
        self.sent.clear();
        self.fresh_above = self.last_number.saturating_sub(1);
    }

    /// The next frame of fixes, fresh before old, only what is on disk unless that fails. Empty when
    /// nothing is due.
    pub(super) fn next_frame(&mut self, steady_ms: u64, from_memory: bool) -> Vec<FixReport> {
        let fresh_above = self.fresh_above;
        let is_due = |held: &&HeldFix| {
            (held.stored || from_memory) && !self.sent.contains_key(&held.report.number)
        };
        let is_fresh = |held: &&HeldFix| held.report.number > fresh_above;
        let fresh = self.fixes.iter().rev().take_while(is_fresh).filter(is_due);
        let mut frame: Vec<FixReport> = reports(fresh.take(MAX_FIXES_PER_FRAME));
        // The newest are chosen; within a frame they stand as measured, so that none looks late.
        frame.reverse();
        if frame.is_empty() && self.sent.range(..=fresh_above).next().is_none() {
            let old = self.fixes.iter().take_while(|held| !is_fresh(held)).filter(is_due);
            frame = reports(old.take(MAX_BACKLOG_IN_FLIGHT));
        }
        self.sent.extend(frame.iter().map(|report| (report.number, steady_ms)));
        frame
    }

    /// When the oldest unanswered fix was sent.
    pub(super) fn oldest_sent(&self) -> Option<u64> {
        self.sent.values().copied().min()
    }

    /// The server has these ranges.
    pub(super) fn confirm(&mut self, ranges: &[[u64; 2]]) {
        for [first, last] in ranges {
            let from = self.fixes.partition_point(|held| held.report.number < *first);
            let to = self.fixes.partition_point(|held| held.report.number <= *last);
            self.fixes.drain(from..to.max(from));
            self.last_number = self.last_number.max(*last);
        }
        self.forget_sent(ranges);
    }

    fn forget_sent(&mut self, ranges: &[[u64; 2]]) {
        let is_in =
            |number: &u64| ranges.iter().any(|[first, last]| (first..=last).contains(&number));
        self.sent.retain(|number, _| !is_in(number));
    }
}

fn reports<'a>(fixes: impl Iterator<Item = &'a HeldFix>) -> Vec<FixReport> {
    fixes.map(|held| held.report.clone()).collect()
}
