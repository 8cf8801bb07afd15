//! Positions on their way to the link, dated by the server's time and never by a clock that may be years off.
//!
//! Until a server told the time, only positions go on whose date receiver and terminal agree on; the others
//! wait, each with the moment at which it came.

use std::collections::VecDeque;

use crate::link::{Input, Link, Now};
use crate::nmea::{DatedBy, Fix, NmeaParser};

/// Positions that wait for the time: an hour, one every two seconds. Above it the oldest are given up.
const MOST_WAITING: usize = 1_800;
/// One waits in so many milliseconds.
const EVERY_MS: u64 = 1_700;
/// A receiver's date is wrong when it is so far from the server's time, in milliseconds; zones and late
/// sentences never are.
const WRONG_FROM_MS: i64 = 12 * 3_600_000;
/// So many in a row are no slip at midnight, when a date may come a second late.
const WRONG_IN_A_ROW: u32 = 3;
/// 2025-01-01T00:00:00Z: a terminal's clock that shows less was never set.
const SET_FROM_MS: i64 = 1_735_689_600_000;

/// Dates positions.
#[derive(Debug, Default)]
pub(super) struct FixDating {
    waiting: VecDeque<(Fix, Now)>,
    wrong_in_a_row: u32,
    is_told_wrong: Option<bool>,
}

impl FixDating {
    /// Tells the parser what time it is, or that it is not known.
    pub(super) fn set_reference(parser: &mut NmeaParser, link: &Link, now: Now) {
        match link.server_time(now) {
            Some(server_ms) => parser.set_reference_time(server_ms),
            None => parser.await_reference_time(),
        }
    }

    /// Takes a position read just now and gives what the link is to be told.
    pub(super) fn take(
        &mut self,
        fix: Fix,
        parser: &mut NmeaParser,
        link: &Link,
        now: Now,
    ) -> Vec<Input> {
        if let Some(server_ms) = link.server_time(now) {
            let mut inputs = vec![Input::NewFix(fix)];
            inputs.extend(self.judge(&fix, server_ms));
            return inputs;
        }
        let agrees = (fix.fix_time_ms - now.wall_ms).abs() <= WRONG_FROM_MS;
        if fix.dated_by == DatedBy::Receiver && agrees {
            return vec![Input::NewFix(fix)];
        }
        let last = self.waiting.back().map(|(_, at)| at.steady_ms);
        if last.is_none_or(|last| now.steady_ms.saturating_sub(last) >= EVERY_MS) {
            self.waiting.push_back((fix, now));
        }
        if self.waiting.len() > MOST_WAITING {
            self.waiting.pop_front();
            parser.count_undated();
        }
        vec![Input::SeenFix(fix)]
    }

    /// Gives what waited, once the time is known.
    pub(super) fn release(&mut self, parser: &mut NmeaParser, link: &Link) -> Vec<Input> {
        let mut inputs = Vec::new();
        while let Some((fix, at)) = self.waiting.front().copied() {
            let Some(server_ms) = link.server_time(at) else { break };
            self.waiting.pop_front();
            let fix = parser.date(fix, server_ms);
            inputs.push(Input::LateFix { fix, received: at });
            inputs.extend(self.judge(&fix, server_ms));
        }
        inputs
    }

    /// The program ends before any server told the time: the terminal's own clock dates what waits, if it
    /// was ever set.
    pub(super) fn end(&mut self, parser: &mut NmeaParser) -> Vec<Input> {
        let mut inputs = Vec::new();
        for (fix, at) in self.waiting.drain(..) {
            if at.wall_ms >= SET_FROM_MS {
                let fix = parser.date(fix, at.wall_ms);
                inputs.push(Input::LateFix { fix, received: at });
            } else {
                parser.count_undated();
            }
        }
        inputs
    }

    /// Whether the receiver's date turned wrong, or right again.
    fn judge(&mut self, fix: &Fix, server_ms: i64) -> Option<Input> {
        let is_off = (fix.fix_time_ms - server_ms).abs() > WRONG_FROM_MS;
        self.wrong_in_a_row = if is_off { self.wrong_in_a_row.saturating_add(1) } else { 0 };
        let is_wrong = match self.wrong_in_a_row {
            0 => false,
            few if few < WRONG_IN_A_ROW => return None,
            _ => true,
        };
        let is_news = self.is_told_wrong.replace(is_wrong) != Some(is_wrong);
        is_news.then_some(Input::ReceiverDate { is_wrong })
    }
}
