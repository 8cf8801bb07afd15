//! Positions on their way to the link, dated by the server's time and never by a clock that may be years off.
//!
//! Until a server told the time, only positions go on whose date receiver and terminal agree on; the others
//! wait, each with the moment at which it came; in the outbox too, so that no power cut takes them.

use std::collections::VecDeque;

use crate::link::{Input, Link, Now};
use crate::nmea::{DatedBy, Fix, NmeaParser};
use crate::outbox::{MOST_UNDATED, UndatedFix};

/// One waits in so many milliseconds.
const EVERY_MS: u64 = 1_700;
/// A receiver's date is wrong when it is so far from the server's time, in milliseconds; zones and late
/// sentences never are.
const WRONG_FROM_MS: i64 = 12 * 3_600_000;
/// So many in a row are no slip at midnight, when a date may come a second late.
const WRONG_IN_A_ROW: u32 = 3;

/// A position without its date.
#[derive(Debug)]
struct Waiting {
    undated: UndatedFix,
    /// When it came, by the clocks of now; `None` if the machine was started anew since.
    received: Option<Now>,
}

/// Dates positions. Does no IO and looks at no clock.
#[derive(Debug, Default)]
pub struct FixDating {
    waiting: VecDeque<Waiting>,
    last_place: u64,
    wrong_in_a_row: u32,
    is_told_wrong: Option<bool>,
}

impl FixDating {
    /// Goes on with what waits in the outbox, in this boot of the machine.
    pub fn remembered(undated: Vec<UndatedFix>, boot: &str) -> Self {
        let last_place = undated.last().map_or(0, |last| last.place);
        let waiting = undated.into_iter().map(|undated| {
            let (wall_ms, steady_ms) = (undated.made_at_ms, undated.stamp.steady_ms);
            let is_of_this_boot = undated.stamp.boot == boot;
            Waiting { undated, received: is_of_this_boot.then_some(Now { wall_ms, steady_ms }) }
        });
        Self { waiting: waiting.collect(), last_place, ..Self::default() }
    }

    /// Tells the parser what time it is, or that it is not known.
    pub fn set_reference(parser: &mut NmeaParser, link: &Link, now: Now) {
        match link.server_time(now) {
            Some(server_ms) => parser.set_reference_time(server_ms),
            None => parser.await_reference_time(),
        }
    }

    /// Takes a position read just now and gives what the link is to be told.
    pub fn take(&mut self, fix: Fix, parser: &mut NmeaParser, link: &Link, now: Now) -> Vec<Input> {
        if let Some(server_ms) = link.server_time(now) {
            let mut inputs = vec![Input::NewFix(fix)];
            inputs.extend(self.input_of(&fix, server_ms));
            return inputs;
        }
        let agrees = (fix.fix_time_ms - now.wall_ms).abs() <= WRONG_FROM_MS;
        if fix.dated_by == DatedBy::Receiver && agrees {
            return vec![Input::NewFix(fix)];
        }
        let last = self.waiting.back().and_then(|last| last.received);
        if last.is_some_and(|last| now.steady_ms.saturating_sub(last.steady_ms) < EVERY_MS) {
            return vec![Input::SeenFix(fix)];
        }
        self.last_place += 1;
        let (place, stamp) = (self.last_place, link.stamp(now));
        let undated = UndatedFix { place, fix, made_at_ms: now.wall_ms, stamp };
        let mut inputs = vec![Input::UndatedFix(undated.clone())];
        self.waiting.push_back(Waiting { undated, received: Some(now) });
        if self.waiting.len() > MOST_UNDATED
            && let Some(oldest) = self.waiting.pop_front()
        {
            parser.count_undated();
            inputs.push(Input::GiveUpUndated { through: oldest.undated.place });
        }
        inputs
    }

    /// Gives what waited, once the time is known.
    pub fn release(&mut self, parser: &mut NmeaParser, link: &Link, now: Now) -> Vec<Input> {
        let mut inputs = Vec::new();
        if link.server_time(now).is_none() {
            return inputs;
        }
        for Waiting { undated, received } in std::mem::take(&mut self.waiting) {
            let place = undated.place;
            // One of an earlier boot, by a clock that did not run meanwhile.
            let Some(server_ms) = link.time_of(&undated) else {
                parser.count_undated();
                inputs.push(Input::GiveUpUndated { through: place });
                continue;
            };
            let fix = parser.date(undated.fix, server_ms);
            inputs.push(Input::LateFix { fix, received, place });
            inputs.extend(self.input_of(&fix, server_ms));
        }
        inputs
    }

    /// Whether the receiver's date turned wrong, or right again.
    fn input_of(&mut self, fix: &Fix, server_ms: i64) -> Option<Input> {
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
