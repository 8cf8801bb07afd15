//! Messages in several frames put together again. Bounded in messages, bytes and time, so that a terminal which never
//! sends the rest costs nothing.

use super::header::{Frame, Part};
use std::collections::BTreeMap;

/// Messages under way from one terminal at one time: a picture, a back-fill and something to spare.
const MOST_MESSAGES: usize = 4;
/// A message whose parts stop coming is given up after so long.
const MOST_WAIT_MS: i64 = 120_000;

/// A terminal that sends parts sends them faster than that.
const SILENT_MS: i64 = 4_000;

/// What is there of a terminal's long messages.
#[derive(Debug)]
pub struct Parts {
    under_way: Vec<UnderWay>,
    most_bytes: usize,
}

/// What a frame was to its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reassembled {
    /// The message is whole: the body of all its parts.
    Whole(Vec<u8>),
    /// More parts are to come.
    Waits,
    /// It is none that can be: its number is beyond its total, or the message is longer than is taken.
    Refused,
}

#[derive(Debug)]
struct UnderWay {
    message: u16,
    first_serial: u16,
    total: u16,
    pieces: BTreeMap<u16, Vec<u8>>,
    newest_ms: i64,
}

impl Parts {
    /// Takes messages of at most so many bytes.
    pub fn up_to(most_bytes: usize) -> Parts {
        Parts { under_way: Vec::new(), most_bytes }
    }

    /// Takes a frame with a part; `now_ms` is any clock that does not go back.
    pub fn take(&mut self, frame: &Frame, part: Part, now_ms: i64) -> Reassembled {
        self.give_up_old(now_ms);
        if part.number == 0 || part.number > part.total {
            return Reassembled::Refused;
        }
        let first_serial = frame.header.serial.wrapping_sub(part.number - 1);
        let at = self.place(frame.header.message, first_serial, part.total);
        let found = &mut self.under_way[at];
        found.newest_ms = now_ms;
        found.pieces.insert(part.number, frame.body.clone());
        let bytes: usize = found.pieces.values().map(Vec::len).sum();
        if bytes > self.most_bytes {
            self.under_way.remove(at);
            return Reassembled::Refused;
        }
        if found.pieces.len() < usize::from(found.total) {
            return Reassembled::Waits;
        }
        let whole = self.under_way.remove(at);
        Reassembled::Whole(whole.pieces.into_values().flatten().collect())
    }

    /// Messages of which a part has not come although a later one has, or nothing has come for a while: first serial
    /// number, and the numbers of the missing parts, as 0x8003 asks for them again.
    pub fn missing(&mut self, now_ms: i64) -> impl Iterator<Item = (u16, Vec<u16>)> + '_ {
        self.give_up_old(now_ms);
        self.under_way.iter().filter_map(move |it| {
            let is_silent = now_ms.saturating_sub(it.newest_ms) >= SILENT_MS;
            let last = if is_silent { it.total } else { *it.pieces.last_key_value()?.0 };
            let missing: Vec<u16> =
                (1..=last).filter(|number| !it.pieces.contains_key(number)).collect();
            (!missing.is_empty()).then_some((it.first_serial, missing))
        })
    }

    /// Whether no message is under way.
    pub fn is_empty(&self) -> bool {
        self.under_way.is_empty()
    }

    fn give_up_old(&mut self, now_ms: i64) {
        self.under_way.retain(|it| now_ms.saturating_sub(it.newest_ms) <= MOST_WAIT_MS);
    }

    fn place(&mut self, message: u16, first_serial: u16, total: u16) -> usize {
        let same = |it: &UnderWay| {
            (it.message, it.first_serial, it.total) == (message, first_serial, total)
        };
        if let Some(at) = self.under_way.iter().position(same) {
            return at;
        }
        if self.under_way.len() == MOST_MESSAGES {
            let oldest = self.under_way.iter().enumerate().min_by_key(|(_, it)| it.newest_ms);
            if let Some((at, _)) = oldest {
                self.under_way.remove(at);
            }
        }
        let pieces = BTreeMap::new();
        self.under_way.push(UnderWay { message, first_serial, total, pieces, newest_ms: 0 });
        self.under_way.len() - 1
    }
}
