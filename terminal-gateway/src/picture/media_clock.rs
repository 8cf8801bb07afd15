//! When each picture is shown. Terminals' times jump, stand still or are absent; players give up at a gap and at a step
//! back. So each picture lasts until the next one is expected, and what was expected wrongly is made up for by that one.

/// Longest step between two pictures that is believed, in milliseconds; after a longer pause time goes on from there.
const LONGEST_STEP_MS: u64 = 2_000;
/// Until two pictures have come: 25 a second.
const FIRST_STEP_MS: u64 = 40;

/// The time of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// When it is decoded and shown, in milliseconds from the first.
    pub(super) at_ms: u64,
    /// Until the next, in milliseconds; at least one.
    pub(super) lasts_ms: u32,
}

/// Gives pictures their times.
#[derive(Debug)]
pub(super) struct MediaClock {
    /// When the latest frame came: by the terminal, and here.
    latest: Option<(u64, u64)>,
    /// When the latest frame was taken, by this clock.
    heard_ms: u64,
    /// How long it came after the one before.
    step_ms: u64,
    /// How long after it the next is expected: no longer than the latest two came apart.
    expected_ms: u64,
    /// When the next picture is shown.
    next_ms: u64,
}

impl Default for MediaClock {
    fn default() -> Self {
        MediaClock {
            latest: None,
            heard_ms: 0,
            step_ms: FIRST_STEP_MS,
            expected_ms: FIRST_STEP_MS,
            next_ms: 0,
        }
    }
}

impl MediaClock {
    /// A frame has come, shown or not: its time by the terminal's clock and by ours, both in milliseconds from any moment.
    pub(super) fn heard(&mut self, by_terminal_ms: u64, here_ms: u64) {
        let Some((terminal_before, here_before)) = self.latest.replace((by_terminal_ms, here_ms))
        else {
            return;
        };
        let believed = 1..=LONGEST_STEP_MS;
        let by_terminal = by_terminal_ms.checked_sub(terminal_before);
        let step = by_terminal.filter(|it| believed.contains(it)).unwrap_or_else(|| {
            here_ms.saturating_sub(here_before).clamp(*believed.start(), *believed.end())
        });
        self.heard_ms = self.heard_ms.saturating_add(step);
        // Too little is made up for by the next picture at once; too much only by the next ones.
        self.expected_ms = step.min(std::mem::replace(&mut self.step_ms, step));
    }

    /// The frame that came last is shown.
    pub(super) fn shown(&mut self) -> Span {
        let at_ms = self.next_ms;
        let until = self.heard_ms.saturating_add(self.expected_ms);
        let lasts = until.saturating_sub(at_ms).clamp(1, 2 * LONGEST_STEP_MS);
        self.next_ms = at_ms.saturating_add(lasts);
        // After a long pause the pause does not count.
        self.heard_ms = self.heard_ms.min(self.next_ms);
        Span { at_ms, lasts_ms: u32::try_from(lasts).unwrap_or(u32::MAX) }
    }
}
