//! The two clocks of a terminal, read by the caller.

/// A moment by both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The terminal's clock: milliseconds since 1970-01-01T00:00:00Z. May jump when it is set.
    pub wall_ms: i64,
    /// Milliseconds of a clock that never jumps; only differences mean anything.
    pub steady_ms: u64,
}

impl Now {
    /// What the wall clock, as it is set now, would have shown at an earlier steady moment.
    pub(super) fn wall_at(self, steady_ms: u64) -> i64 {
        let since = i64::try_from(self.steady_ms.saturating_sub(steady_ms)).unwrap_or(i64::MAX);
        self.wall_ms.saturating_sub(since)
    }

    /// The steady moment at which the wall clock will show `wall_ms`, if it runs on evenly.
    pub(super) fn steady_at(self, wall_ms: i64) -> u64 {
        let ahead = u64::try_from(wall_ms.saturating_sub(self.wall_ms)).unwrap_or(0);
        self.steady_ms.saturating_add(ahead)
    }
}
