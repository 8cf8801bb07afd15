//! The fixes of one link on their way to history: checked, handed over, acknowledged when durable.
//!
//! Single fixes are gathered until the next heartbeat, on their way to history and on the way back as
//! acknowledgements: the terminal keeps them on disk until then, and a hand-over and a message for each
//! would double the cost of a frame. A sender with a backlog is answered as soon as it is durable.

use super::asks::Ask;
use super::ranges::{add_numbers, merge};
use crate::live::limits::{BACKLOG_FIXES, MOST_PENDING_FRAMES};
use dispatch_core::model::{Timestamp, Wgs84};
use std::collections::VecDeque;
use wire_protocol::MAX_FIXES_PER_FRAME;
use wire_protocol::agent::FixReport;

/// 2000-01-01T00:00:00Z: receivers that do not know the time say 1970 or 1980.
const EARLIEST_FIX_TIME: i64 = 946_684_800_000;
/// Metres a second. Twice what a receiver in an aircraft would show; more is not a speed.
const FASTEST_MPS: f32 = 600.0;

/// What is under way of one link's fixes, by their numbers.
#[derive(Debug, Default)]
pub(super) struct FixLane {
    /// How many are judged and shown and not yet handed to history, at most [`BACKLOG_FIXES`] and one frame.
    gathered: usize,
    /// The numbers of those, and of what was no fix.
    gathered_numbers: Vec<[u64; 2]>,
    /// Being handed over.
    handing: Vec<[u64; 2]>,
    /// Handed to history, not yet known to be durable; one batch each.
    pending: VecDeque<Vec<[u64; 2]>>,
    /// Durable, not yet acknowledged.
    settled: Vec<[u64; 2]>,
    /// The sender waits for an answer.
    is_awaited: bool,
    /// The oldest batch is being waited for.
    is_watched: bool,
}

impl FixLane {
    /// Whether so much is under way that no more may be read.
    pub(super) fn is_full(&self) -> bool {
        self.pending.len() >= MOST_PENDING_FRAMES
    }

    /// Whether the oldest batch has to be waited for from now on: the sender waits, or nothing more is read
    /// before.
    pub(super) fn begin_to_await(&mut self) -> bool {
        let is_wanted = (self.is_awaited && !self.pending.is_empty()) || self.is_full();
        let begins = is_wanted && !self.is_watched;
        self.is_watched |= begins;
        begins
    }

    /// Takes the fixes of one frame. Fixes that are no fixes at all are settled without being kept, so
    /// that they are not sent for ever.
    pub(super) fn take(&mut self, mut fixes: Vec<FixReport>) -> Ask {
        let newest = fixes.iter().map(|fix| Timestamp(fix.fix_time)).max();
        add_numbers(&mut self.gathered_numbers, &fixes);
        let came = fixes.len();
        self.is_awaited |= came >= BACKLOG_FIXES;
        fixes.retain(is_fix);
        self.gathered += fixes.len();
        let refused = (came - fixes.len()) as u64;
        Ask::Judge { newest, fixes, refused }
    }

    /// Whether so much is gathered that it is handed over at once.
    pub(super) fn is_enough(&self) -> bool {
        self.gathered >= BACKLOG_FIXES || self.gathered_numbers.len() >= MAX_FIXES_PER_FRAME
    }

    /// Takes what is gathered as handed over; true when there is something for history among it.
    pub(super) fn hand_over(&mut self) -> bool {
        let ranges = std::mem::take(&mut self.gathered_numbers);
        if std::mem::take(&mut self.gathered) == 0 {
            self.settled.extend(ranges);
            return false;
        }
        self.handing = ranges;
        true
    }

    /// Whether history took what was handed over. If not it is not acknowledged: the terminal keeps it and
    /// sends it again.
    pub(super) fn handed_over(&mut self, is_taken: bool) {
        let ranges = std::mem::take(&mut self.handing);
        if is_taken {
            self.pending.push_back(ranges);
        }
    }

    /// The oldest batch is durable, or lost.
    pub(super) fn oldest_settled(&mut self, is_durable: bool) {
        self.is_watched = false;
        if let Some(ranges) = self.pending.pop_front()
            && is_durable
        {
            self.settled.extend(ranges);
        }
    }

    /// What can be acknowledged now that these batches, from the oldest on, are durable or lost.
    pub(super) fn acknowledge(&mut self, durable: &[bool]) -> Vec<[u64; 2]> {
        durable.iter().for_each(|is_durable| self.oldest_settled(*is_durable));
        self.is_awaited &= !self.pending.is_empty();
        merge(std::mem::take(&mut self.settled))
    }

    /// How many batches are under way.
    #[cfg(test)]
    pub(super) fn pending(&self) -> usize {
        self.pending.len()
    }
}

/// Whether this is a fix at all: on the globe, at a time at which satellites told it, with a possible speed and
/// heading.
fn is_fix(report: &FixReport) -> bool {
    report.fix_time >= EARLIEST_FIX_TIME
        && report.speed_mps.is_none_or(|mps| (0.0..=FASTEST_MPS).contains(&mps))
        && report.heading_deg.is_none_or(|heading| (0.0..=360.0).contains(&heading))
        && Wgs84::checked(report.lon, report.lat).is_some()
}
