//! The lines of one terminal's number: those that have not shown who they are, and the one that counts.

use std::collections::VecDeque;
use tokio_util::sync::CancellationToken;

/// Lines of one number that have not shown who they are; the oldest gives way, so that strangers who call under a
/// terminal's number do not keep the terminal out.
const MOST_CALLERS: usize = 8;
/// Over datagrams a terminal is known again at the same address for so long, in milliseconds: a day.
const KNOWN_AGAIN_MS: i64 = 86_400_000;

/// All lines of a number.
#[derive(Debug, Default)]
pub(super) struct Lines {
    counts: Option<CountingLine>,
    callers: VecDeque<(LineId, CancellationToken)>,
    begun: u64,
    /// Where it was last known, and when.
    known_at: Option<(String, i64)>,
}

/// One of a terminal's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineId(u64);

/// The line on which a terminal is known.
#[derive(Debug)]
pub(super) struct CountingLine {
    pub(super) from: String,
    pub(super) since_ms: i64,
    id: LineId,
    end: CancellationToken,
}

impl Lines {
    /// The line that counts.
    pub(super) fn counting(&self) -> Option<&CountingLine> {
        self.counts.as_ref()
    }

    /// Somebody calls, on a line that `end` ends.
    pub(super) fn begin(&mut self, end: &CancellationToken) -> LineId {
        if self.callers.len() == MOST_CALLERS
            && let Some((_, oldest)) = self.callers.pop_front()
        {
            oldest.cancel();
        }
        self.begun += 1;
        let id = LineId(self.begun);
        self.callers.push_back((id, end.clone()));
        id
    }

    /// A line is over; `is_known` as it ends.
    pub(super) fn end(&mut self, id: LineId, from: &str, is_known: bool) {
        self.callers.retain(|(caller, _)| *caller != id);
        self.counts.take_if(|line| line.id == id);
        if !is_known {
            self.known_at.take_if(|(known_at, _)| known_at == from);
        }
    }

    /// On this line the terminal is known; an earlier one ends.
    pub(super) fn count(&mut self, id: LineId, from: &str, now_ms: i64, end: &CancellationToken) {
        self.callers.retain(|(caller, _)| *caller != id);
        self.known_at = Some((from.to_owned(), now_ms));
        let (from, since_ms, end) = (from.to_owned(), now_ms, end.clone());
        if let Some(earlier) = self.counts.replace(CountingLine { from, since_ms, id, end }) {
            earlier.end.cancel();
        }
    }

    /// Whether it was known at this address not long ago, and said nothing there that would end that.
    pub(super) fn is_known_at(&self, from: &str, now_ms: i64) -> bool {
        let is_late = |since_ms: i64| now_ms.saturating_sub(since_ms) > KNOWN_AGAIN_MS;
        self.known_at.as_ref().is_some_and(|(at, since)| at == from && !is_late(*since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_under_a_number_end_one_another_and_never_the_line_that_counts() {
        let mut lines = Lines::default();
        let known = CancellationToken::new();
        let id = lines.begin(&known);
        lines.count(id, "tcp 10.0.0.1:4000", 5, &known);
        let strangers: Vec<_> = (0..20).map(|_| CancellationToken::new()).collect();
        for end in &strangers {
            lines.begin(end);
        }
        let ended = strangers.iter().filter(|end| end.is_cancelled()).count();
        assert_eq!((ended, known.is_cancelled()), (20 - MOST_CALLERS, false));
        assert!(!strangers[19].is_cancelled(), "the newest may be the terminal itself");
        // The same terminal on a new line.
        let next = CancellationToken::new();
        let id = lines.begin(&next);
        lines.count(id, "tcp 10.0.0.1:4001", 9, &next);
        assert!(known.is_cancelled() && !next.is_cancelled());
        assert_eq!(lines.counting().map(|line| line.since_ms), Some(9));
        lines.end(id, "tcp 10.0.0.1:4001", true);
        assert!(lines.counting().is_none());
    }

    #[test]
    fn a_terminal_that_slept_is_known_at_its_address_for_a_day_unless_it_ended_that() {
        const FROM: &str = "udp 10.0.0.1:4000";
        let (mut lines, end) = (Lines::default(), CancellationToken::new());
        assert!(!lines.is_known_at(FROM, 0));
        let id = lines.begin(&end);
        lines.count(id, FROM, 0, &end);
        lines.end(id, FROM, true);
        assert!(lines.is_known_at(FROM, KNOWN_AGAIN_MS));
        assert!(!lines.is_known_at(FROM, KNOWN_AGAIN_MS + 1));
        assert!(!lines.is_known_at("udp 10.0.0.1:4001", 1), "somebody else, or its next address");
        let other = lines.begin(&end);
        lines.end(other, "udp 10.9.9.9:1", false);
        assert!(lines.is_known_at(FROM, 1), "a stranger elsewhere ends nothing");
        let id = lines.begin(&end);
        lines.end(id, FROM, false);
        assert!(!lines.is_known_at(FROM, 1), "it logged out there");
    }
}
