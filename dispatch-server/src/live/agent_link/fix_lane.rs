//! The fixes of one link on their way to history: checked, judged, handed over, acknowledged when durable.
//!
//! Single fixes are gathered until the next heartbeat, on their way to history and on the way back as
//! acknowledgements: the terminal keeps them on disk until then, and a hand-over and a message for each
//! would double the cost of a frame. A sender with a backlog is answered as soon as it is durable.

use super::ranges::{add_numbers, merge};
use crate::fleet::VehicleCell;
use crate::history::{FixRow, HistoryError};
use crate::live::limits::{BACKLOG_FIXES, MOST_PENDING_FRAMES};
use crate::live::shared::Shared;
use dispatch_core::fleet::Fix;
use dispatch_core::model::{OutboxId, Timestamp, Wgs84};
use std::collections::VecDeque;
use tokio::sync::oneshot::{Receiver, error::TryRecvError};
use wire_protocol::MAX_FIXES_PER_FRAME;
use wire_protocol::agent::FixReport;

/// 2000-01-01T00:00:00Z: receivers that do not know the time say 1970 or 1980.
const EARLIEST_FIX_TIME: i64 = 946_684_800_000;
/// Metres a second. Twice what a receiver in an aircraft would show; more is not a speed.
const FASTEST_MPS: f32 = 600.0;

/// Handed to history, not yet known to be durable.
struct Pending {
    ranges: Vec<[u64; 2]>,
    durable: Receiver<Result<(), HistoryError>>,
}

#[derive(Default)]
pub(super) struct FixLane {
    /// Judged and shown, not yet handed to history, at most [`BACKLOG_FIXES`] and one frame.
    gathered: Vec<FixRow>,
    /// Their numbers.
    gathered_numbers: Vec<[u64; 2]>,
    pending: VecDeque<Pending>,
    /// Durable, not yet acknowledged.
    settled: Vec<[u64; 2]>,
    /// The sender waits for an answer.
    is_awaited: bool,
}

impl FixLane {
    /// Whether the sender waits and something is still under way.
    pub(super) fn is_awaited(&self) -> bool {
        self.is_awaited && !self.pending.is_empty()
    }

    /// Whether so much is under way that no more may be read.
    pub(super) fn is_full(&self) -> bool {
        self.pending.len() >= MOST_PENDING_FRAMES
    }

    /// Takes the fixes of one frame. Fixes that are no fixes at all are settled without being kept, so
    /// that they are not sent for ever.
    pub(super) fn take(
        &mut self,
        shared: &Shared,
        cell: &VehicleCell,
        outbox: &OutboxId,
        fixes: &[FixReport],
    ) {
        if let Some(newest) = fixes.iter().map(|fix| fix.fix_time).max() {
            shared.clock.hear_terminal(&cell.id, Timestamp(newest));
        }
        let now = shared.clock.now();
        let before = self.gathered.len();
        let rows = fixes.iter().filter_map(|report| row(shared, cell, outbox, report, now));
        self.gathered.extend(rows);
        shared.counters.fixes.increment((self.gathered.len() - before) as u64);
        add_numbers(&mut self.gathered_numbers, fixes);
        self.is_awaited |= fixes.len() >= BACKLOG_FIXES;
        let is_enough = self.gathered.len() >= BACKLOG_FIXES
            || self.gathered_numbers.len() >= MAX_FIXES_PER_FRAME;
        if is_enough {
            self.hand_over(shared);
        }
    }

    /// Hands what is gathered to history.
    pub(super) fn hand_over(&mut self, shared: &Shared) {
        let ranges = std::mem::take(&mut self.gathered_numbers);
        if self.gathered.is_empty() {
            self.settled.extend(ranges);
            return;
        }
        let rows = std::mem::take(&mut self.gathered);
        let count = rows.len() as u64;
        match shared.history.submit(rows) {
            Ok(durable) => self.pending.push_back(Pending { ranges, durable }),
            // Not acknowledged: the terminal keeps them and sends them again.
            Err(_) => shared.counters.fixes_put_off.increment(count),
        }
    }

    /// Waits until the oldest frame under way is durable or lost; for ever when there is none. May be
    /// dropped and called again without loss.
    pub(super) async fn oldest(&mut self) {
        let Some(oldest) = self.pending.front_mut() else { return std::future::pending().await };
        let outcome = (&mut oldest.durable).await;
        if let Some(oldest) = self.pending.pop_front()
            && matches!(outcome, Ok(Ok(())))
        {
            self.settled.extend(oldest.ranges);
        }
    }

    /// What can be acknowledged now.
    pub(super) fn acknowledge(&mut self) -> Vec<[u64; 2]> {
        while let Some(mut oldest) = self.pending.pop_front() {
            match oldest.durable.try_recv() {
                Err(TryRecvError::Empty) => {
                    self.pending.push_front(oldest);
                    break;
                }
                Ok(Ok(())) => self.settled.append(&mut oldest.ranges),
                Ok(Err(_)) | Err(TryRecvError::Closed) => {}
            }
        }
        self.is_awaited &= !self.pending.is_empty();
        merge(std::mem::take(&mut self.settled))
    }
}

/// A fix as history keeps it; nothing when it is no fix: a place off the globe, a time before
/// satellites told it, an impossible speed or heading.
fn row(
    shared: &Shared,
    cell: &VehicleCell,
    outbox: &OutboxId,
    report: &FixReport,
    received_at: Timestamp,
) -> Option<FixRow> {
    let is_sane = report.fix_time >= EARLIEST_FIX_TIME
        && report.speed_mps.is_none_or(|mps| (0.0..=FASTEST_MPS).contains(&mps))
        && report.heading_deg.is_none_or(|heading| (0.0..=360.0).contains(&heading));
    let position = Wgs84::checked(report.lon, report.lat);
    let Some(position) = position.filter(|_| is_sane) else {
        shared.counters.fixes_refused.increment(1);
        return None;
    };
    let fix = Fix {
        position,
        fix_time: Timestamp(report.fix_time),
        speed_mps: report.speed_mps,
        heading_deg: report.heading_deg,
    };
    let judgement = shared.fleet.judge(cell, fix, received_at);
    shared.counters.judged(judgement.quality);
    Some(FixRow {
        vehicle: cell.id.clone(),
        outbox: outbox.clone(),
        number: report.number,
        fix_time: fix.fix_time,
        received_at,
        position,
        speed_mps: report.speed_mps,
        heading_deg: report.heading_deg,
        satellites: report.satellites,
        hdop: report.hdop,
        quality: judgement.quality,
    })
}
