//! What goes to the disk: one batch at a time, the same again after a failure, bounded however long the
//! disk fails.

use std::sync::Arc;

use wire_protocol::agent::StorageState;

use super::Now;
use super::session::{Link, Output};
use crate::outbox::{Change, MOST_CONFIRMED, StoredCommand};

/// Wait before the disk is tried again, in milliseconds.
const STORE_RETRY_MS: u64 = 2_000;
/// A disk that takes longer for a batch counts as failing, in milliseconds: the crew is not to wait for
/// it, and what it holds back is sent from memory.
const STORE_LATE_MS: u64 = 2_000;

impl Link {
    /// Hands the next batch to the disk, or a failed one again.
    pub(super) fn store(&mut self, now: Now) {
        if let Some(retry_at) = self.store_retry_at {
            if let (true, Some(changes)) = (now.steady_ms >= retry_at, &self.storing) {
                self.outputs.push_back(Output::Store(Arc::clone(changes)));
                self.store_retry_at = Some(u64::MAX);
            }
        } else if self.storing.is_none() && !self.pending.is_empty() {
            let changes: Arc<[_]> = std::mem::take(&mut self.pending).into();
            self.outputs.push_back(Output::Store(Arc::clone(&changes)));
            self.storing = Some(changes);
            self.storing_since = now.steady_ms;
            self.batches_begun += 1;
        }
    }

    /// Whether the disk does not take what is pressed.
    pub(super) fn disk_fails(&self, now: Now) -> bool {
        let is_late = self.late_at().is_some_and(|at| now.steady_ms >= at);
        self.is_unsaved || self.store_retry_at.is_some() || is_late
    }

    /// When the batch under way counts as late.
    pub(super) fn late_at(&self) -> Option<u64> {
        self.storing.as_ref().map(|_| self.storing_since.saturating_add(STORE_LATE_MS))
    }

    /// What the centre is told of the disk.
    pub(super) fn storage_state(&self, now: Now) -> StorageState {
        if self.disk_fails(now) { StorageState::Failing } else { StorageState::Healthy }
    }

    pub(super) fn stored(&mut self, now: Now) {
        let was_failing = self.disk_fails(now);
        self.store_retry_at = None;
        let Some(changes) = self.storing.take() else { return };
        self.batches_stored = self.batches_begun;
        self.is_unsaved = false;
        let is_outdated = std::mem::take(&mut self.storing_is_outdated);
        let mut commands = false;
        for change in changes.iter().filter(|_| !is_outdated) {
            match change {
                Change::AddCommand(stored) => {
                    commands = true;
                    self.commands.mark_stored(stored.number);
                }
                Change::AddFix(fix) => self.fixes.mark_stored(fix.number),
                Change::Renew(renewal) => {
                    commands = true;
                    renewal
                        .commands
                        .iter()
                        .for_each(|stored| self.commands.mark_stored(stored.number));
                    renewal.fixes.iter().for_each(|fix| self.fixes.mark_stored(fix.number));
                }
                Change::ForgetCommands { .. }
                | Change::KeepConfirmed(_)
                | Change::ForgetFixes(_)
                | Change::AddUndated(_)
                | Change::ForgetUndated { .. }
                | Change::RememberDuty(_)
                | Change::RememberRoute(_)
                | Change::RememberTime(_)
                | Change::RaiseNumbers { .. } => {}
            }
        }
        if commands || was_failing {
            self.outputs.push_back(Output::Show);
        }
    }

    pub(super) fn store_failed(&mut self, now: Now) {
        self.store_retry_at = Some(now.steady_ms.saturating_add(STORE_RETRY_MS));
        self.outputs.push_back(Output::Show);
    }

    /// Commands that came to light in an old file are numbered here, once each.
    pub(super) fn take_up(&mut self, salvaged: Vec<StoredCommand>) {
        for stored in salvaged {
            let Some(pressed_as) = stored.pressed_as else { continue };
            if !self.commands.holds(&pressed_as) {
                let stored = self.commands.add(
                    stored.made_at_ms,
                    stored.command,
                    Some(pressed_as),
                    stored.stamp,
                );
                self.pending.push(Change::AddCommand(stored));
                self.outputs.push_back(Output::Show);
            }
        }
    }

    /// The server has the commands through this number, these among them. One that never reached the disk need not go
    /// there any more as one that waits, but its number stays given.
    pub(super) fn forget_commands(&mut self, through: u64, confirmed: Vec<StoredCommand>) {
        let (mut kept, mut is_number_dropped) = (Vec::new(), false);
        self.pending.retain_mut(|change| match change {
            Change::AddCommand(stored) => {
                let waits = stored.number > through;
                is_number_dropped |= !waits;
                waits
            }
            Change::Renew(renewal) => {
                renewal.commands.retain(|stored| stored.number > through);
                true
            }
            Change::ForgetCommands { through: earlier } => *earlier > through,
            Change::KeepConfirmed(commands) => {
                kept.append(commands);
                false
            }
            Change::AddFix(_)
            | Change::ForgetFixes(_)
            | Change::AddUndated(_)
            | Change::ForgetUndated { .. }
            | Change::RememberDuty(_)
            | Change::RememberRoute(_)
            | Change::RememberTime(_)
            | Change::RaiseNumbers { .. } => true,
        });
        kept.extend(confirmed);
        kept.drain(..kept.len().saturating_sub(MOST_CONFIRMED));
        self.pending.extend([Change::ForgetCommands { through }, Change::KeepConfirmed(kept)]);
        self.keep_numbers(is_number_dropped);
    }

    /// The server has these fixes, or they were dropped.
    pub(super) fn forget_fixes(&mut self, ranges: &[[u64; 2]]) {
        let is_in =
            |number: u64| ranges.iter().any(|[first, last]| (*first..=*last).contains(&number));
        let (mut earlier, mut is_number_dropped) = (Vec::new(), false);
        self.pending.retain_mut(|change| match change {
            Change::AddFix(fix) => {
                let waits = !is_in(fix.number);
                is_number_dropped |= !waits;
                waits
            }
            Change::Renew(renewal) => {
                renewal.fixes.retain(|fix| !is_in(fix.number));
                true
            }
            Change::ForgetFixes(ranges) => {
                earlier.append(ranges);
                false
            }
            Change::AddCommand(_)
            | Change::ForgetCommands { .. }
            | Change::KeepConfirmed(_)
            | Change::AddUndated(_)
            | Change::ForgetUndated { .. }
            | Change::RememberDuty(_)
            | Change::RememberRoute(_)
            | Change::RememberTime(_)
            | Change::RaiseNumbers { .. } => true,
        });
        for range in ranges {
            match earlier.last_mut() {
                Some([_, last]) if last.saturating_add(1) == range[0] => *last = range[1],
                Some(_) | None => earlier.push(*range),
            }
        }
        self.pending.push(Change::ForgetFixes(earlier));
        self.keep_numbers(is_number_dropped);
    }

    /// A number that did not reach the disk with what had it goes there by itself.
    fn keep_numbers(&mut self, is_one_dropped: bool) {
        if !is_one_dropped {
            return;
        }
        self.pending.retain(|change| !matches!(change, Change::RaiseNumbers { .. }));
        self.pending.push(Change::RaiseNumbers {
            last_command: self.commands.last_number(),
            last_fix: self.fixes.last_number(),
        });
    }
}
