//! A new outbox in place of the old one, when the numbers of the two ends do not fit: what waits is numbered
//! anew from 1, and each command says where it was first numbered, so that it is recorded once.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::hash::{DefaultHasher, Hash, Hasher};

use wire_protocol::agent::{ConfirmedMark, PreviousOutbox, RenewalReason};

use super::Now;
use super::command_queue::Renumbered;
use super::screen_state::ShownRenewal;
use super::session::{Link, Output, Phase};
use crate::outbox::{Change, Renewal};

/// Renewals after which the link is opened again without a wait; a further one within the minute waits as
/// after any cut, so that a server gone wrong is not called in a loop.
const MOST_AT_ONCE: usize = 3;
/// The time in which they are counted, in milliseconds.
const COUNTED_FOR_MS: u64 = 60_000;

impl Link {
    pub(super) fn renew(&mut self, centre_through: u64, reason: RenewalReason, now: Now) {
        let id = self.new_outbox_id(now);
        let old = std::mem::replace(&mut self.outbox_id, id.clone());
        let commands_through = self.commands.first_waiting().saturating_sub(1);
        let last_command = self.commands.last_number();
        let centre_lost = matches!(reason, RenewalReason::CentreBehind).then_some(centre_through);
        let Renumbered { commands, again, again_of_it } =
            self.commands.renumber(&old, centre_lost, now.wall_ms);
        let fixes = self.fixes.renumber();
        let confirmed = self.confirmed_mark(&old, commands_through, centre_lost);
        let previous = PreviousOutbox {
            outbox: old,
            // Those below the ones that are sent again: no more can be brought of them.
            commands_through: commands_through.saturating_sub(again_of_it),
            last_command,
            moved: commands.len() as u64,
            reason,
            confirmed,
        };
        self.renewal_shown = Some(ShownRenewal {
            at_ms: now.wall_ms,
            reason,
            moved: previous.moved - again,
            again,
            missing: previous.commands_through.saturating_sub(centre_through),
        });
        self.previous = Some(previous.clone());
        // What was waiting for the disk is in the new outbox, or was about the old one.
        self.storing_is_outdated = self.storing.is_some();
        self.pending.retain(|change| match change {
            Change::RememberDuty(_)
            | Change::RememberRoute(_)
            | Change::RememberTime(_)
            | Change::KeepConfirmed(_)
            | Change::AddUndated(_)
            | Change::ForgetUndated { .. } => true,
            Change::AddCommand(_)
            | Change::AddFix(_)
            | Change::ForgetCommands { .. }
            | Change::ForgetFixes(_)
            | Change::RaiseNumbers { .. }
            | Change::Renew(_) => false,
        });
        let (last_command, last_fix) = (self.commands.last_number(), self.fixes.last_number());
        let renewal = Renewal { id, previous, commands, fixes, last_command, last_fix };
        // After what was confirmed under the old numbers.
        self.pending.push(Change::Renew(Box::new(renewal)));
        self.connect_again(now);
    }

    /// How far the centre has what was confirmed last, for the time in which nothing is confirmed in the new outbox.
    /// What it has lost, as far as it can be brought again, is no sign of a further loss.
    fn confirmed_mark(
        &self,
        old: &str,
        commands_through: u64,
        centre_lost: Option<u64>,
    ) -> Option<ConfirmedMark> {
        let through = centre_lost.map_or(commands_through, |through| through.min(commands_through));
        match (through, centre_lost) {
            (0, None) => self.previous.as_ref().and_then(|previous| previous.confirmed.clone()),
            (0, Some(_)) => None,
            (through, _) => Some(ConfirmedMark { outbox: old.to_owned(), through }),
        }
    }

    /// The new outbox is told in a new hello, without a wait.
    fn connect_again(&mut self, now: Now) {
        self.renewed_at.retain(|at| now.steady_ms.saturating_sub(*at) < COUNTED_FOR_MS);
        self.outputs.push_back(Output::Disconnect);
        if self.renewed_at.len() < MOST_AT_ONCE {
            self.renewed_at.push_back(now.steady_ms);
            self.phase = Phase::Offline { retry_at: now.steady_ms };
        } else {
            self.disconnected("the server asks for a new outbox again and again".to_owned(), now);
        }
        self.outputs.push_back(Output::Show);
    }

    /// A name nobody else has: two terminals of one image differ at least in when they are asked.
    fn new_outbox_id(&self, now: Now) -> String {
        let mut hasher = DefaultHasher::new();
        (self.settings.seed, now.wall_ms, now.steady_ms).hash(&mut hasher);
        (&self.outbox_id, self.commands.last_number(), self.fixes.last_number()).hash(&mut hasher);
        self.commands.unpictured().for_each(|command| command.made_at_ms.hash(&mut hasher));
        let mut chance = StdRng::seed_from_u64(hasher.finish());
        (0..16).map(|_| format!("{:02x}", (chance.next_u32() & 0xff) as u8)).collect()
    }
}
