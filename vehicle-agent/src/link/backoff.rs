//! How long to wait before the next attempt to connect. Chance comes from a seed.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Wait before the second attempt, at most. The whole of it is jitter, so that ten thousand vehicles
/// do not return to a restarted server in one moment.
const FIRST_MS: u64 = 2_000;
/// Longest wait: a crew leaving a tunnel should be seen within half a minute.
const LONGEST_MS: u64 = 30_000;
/// Longest wait after a refusal that only people can change, such as a key that nobody knows: asking oftener costs
/// the store and helps nobody, and who changes it waits two minutes at most.
const LONGEST_REFUSED_MS: u64 = 120_000;
/// A link that held this long was a good one: the next wait is short again.
const GOOD_LINK_MS: u64 = 10_000;

#[derive(Debug)]
pub(super) struct Backoff {
    chance: StdRng,
    attempt: u32,
}

impl Backoff {
    pub(super) fn new(seed: u64) -> Self {
        Self { chance: StdRng::seed_from_u64(seed), attempt: 0 }
    }

    /// Milliseconds to wait after a link that held for `held_ms`, or an attempt that failed; whether it was refused
    /// until people change something.
    pub(super) fn wait_ms(&mut self, held_ms: u64, is_refused: bool) -> u64 {
        if held_ms >= GOOD_LINK_MS {
            self.attempt = 0;
        }
        let longest = if is_refused { LONGEST_REFUSED_MS } else { LONGEST_MS };
        let ceiling = (FIRST_MS << self.attempt.min(8)).min(longest);
        let floor = if self.attempt == 0 { 0 } else { ceiling / 2 };
        self.attempt = self.attempt.saturating_add(1);
        self.chance.random_range(floor..=ceiling)
    }
}
