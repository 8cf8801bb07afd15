//! Messages whose answer waits until the vehicle's outbox has what they brought.

use super::memory::FixKey;
use std::collections::BTreeMap;

/// Messages that may wait for a disk at one time; beyond, a terminal is not answered and sends again.
const MOST_WAITING: usize = 64;

/// A message that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) serial: u16,
    pub(super) message: u16,
    /// Of how many asks.
    left: u8,
    pub(super) has_failed: bool,
    /// Positions that it brought.
    pub(super) fixes: Vec<FixKey>,
}

/// All of a line that wait.
#[derive(Debug, Default)]
pub(super) struct Awaited {
    last: u64,
    waiting: BTreeMap<u64, Waiting>,
}

impl Awaited {
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= MOST_WAITING
    }

    /// Has a message wait for so many answers, all by the number that comes back.
    pub(super) fn wait(
        &mut self,
        serial: u16,
        message: u16,
        answers: u8,
        fixes: Vec<FixKey>,
    ) -> u64 {
        self.last += 1;
        let waiting = Waiting { serial, message, left: answers, has_failed: false, fixes };
        self.waiting.insert(self.last, waiting);
        self.last
    }

    /// One of its answers came; gives the message back with the last.
    pub(super) fn settle(&mut self, ask: u64, is_well: bool) -> Option<Waiting> {
        let waiting = self.waiting.get_mut(&ask)?;
        waiting.left = waiting.left.saturating_sub(1);
        waiting.has_failed |= !is_well;
        if waiting.left > 0 { None } else { self.waiting.remove(&ask) }
    }
}
