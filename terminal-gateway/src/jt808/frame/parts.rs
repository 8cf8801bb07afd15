//! Messages in several frames put together again. Bounded in messages, bytes and time, so that a terminal which never
//! sends the rest costs nothing.
//!
//! By the standard the parts of a message have serial numbers one after another. Terminals also report between the parts
//! of a picture, write one serial number into all parts, or send a part that was asked for again under a new one: a part
//! belongs to a message when everything between is accounted for, and to none when it could belong to two.

use super::header::{Frame, Part};
use std::collections::{BTreeMap, VecDeque};

/// Messages under way from one terminal at one time: a picture, a back-fill and something to spare.
const MOST_MESSAGES: usize = 4;
/// A message whose parts stop coming is given up after so long.
const MOST_WAIT_MS: i64 = 120_000;
/// A terminal that sends parts sends them faster than that.
const SILENT_MS: i64 = 4_000;
/// A message of parts that are shorter on the whole is refused: many empty ones would cost more than their bytes.
const LEAST_PART_BYTES: usize = 64;
/// Serial numbers of other messages remembered while parts come: reports and heartbeats of two minutes.
const MOST_OTHERS: usize = 64;

/// What is there of a terminal's long messages.
#[derive(Debug)]
pub struct Parts {
    under_way: Vec<UnderWay>,
    others: VecDeque<u16>,
    most_bytes: usize,
}

/// What a frame was to its message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reassembled {
    /// The message is whole: the body of all its parts.
    Whole(Vec<u8>),
    /// More parts are to come.
    Waits,
    /// It is none that can be: its number is beyond its total.
    Refused,
    /// The message is longer than is taken; so is every other part of it.
    TooLong,
}

/// A message of which parts are to be asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Message id.
    pub message: u16,
    /// Serial number of its first frame.
    pub first_serial: u16,
    /// Numbers of the parts that did not come.
    pub parts: Vec<u16>,
    /// The first four bytes of its body, when its first part is there: a recording's number.
    pub begins: Option<[u8; 4]>,
}

#[derive(Debug)]
struct UnderWay {
    message: u16,
    first_serial: u16,
    total: u16,
    pieces: BTreeMap<u16, Piece>,
    bytes: usize,
    newest_ms: i64,
    is_too_long: bool,
    /// Parts that were asked for again.
    asked: Vec<u16>,
}

#[derive(Debug)]
struct Piece {
    serial: u16,
    body: Vec<u8>,
}

impl Parts {
    /// Takes messages of at most so many bytes.
    pub fn up_to(most_bytes: usize) -> Parts {
        Parts { under_way: Vec::new(), others: VecDeque::new(), most_bytes }
    }

    /// Takes a frame with a part; `now_ms` is any clock that does not go back.
    pub fn take(&mut self, frame: &Frame, part: Part, now_ms: i64) -> Reassembled {
        self.give_up_old(now_ms);
        if part.number == 0 || part.number > part.total {
            return Reassembled::Refused;
        }
        let most_bytes = self.most_bytes;
        let at = self.place(frame.header.message, frame.header.serial, part);
        let found = &mut self.under_way[at];
        found.newest_ms = now_ms;
        if found.is_too_long(part, frame.body.len(), most_bytes) {
            return Reassembled::TooLong;
        }
        found.put(part.number, frame);
        if found.pieces.len() < usize::from(found.total) {
            return Reassembled::Waits;
        }
        let whole = self.under_way.remove(at);
        Reassembled::Whole(whole.pieces.into_values().flat_map(|piece| piece.body).collect())
    }

    /// A frame without a part went by.
    pub fn passed(&mut self, serial: u16) {
        if self.under_way.is_empty() {
            return self.others.clear();
        }
        if self.others.len() == MOST_OTHERS {
            self.others.pop_front();
        }
        self.others.push_back(serial);
    }

    /// Messages of which a part has not come although a later one has, or nothing has come for a while, as 0x8003 and
    /// 0x8800 ask for the parts again.
    pub fn missing(&mut self, now_ms: i64) -> Vec<Missing> {
        self.give_up_old(now_ms);
        self.under_way.iter_mut().filter_map(|it| it.missing(now_ms)).collect()
    }

    /// Whether no message is under way.
    pub fn is_empty(&self) -> bool {
        self.under_way.iter().all(|it| it.is_too_long)
    }

    fn give_up_old(&mut self, now_ms: i64) {
        self.under_way.retain(|it| now_ms.saturating_sub(it.newest_ms) <= MOST_WAIT_MS);
    }

    fn place(&mut self, message: u16, serial: u16, part: Part) -> usize {
        let first_serial = serial.wrapping_sub(part.number - 1);
        let is_of = |it: &UnderWay| (it.message, it.total) == (message, part.total);
        let exact = |it: &UnderWay| is_of(it) && it.first_serial == first_serial;
        if let Some(at) = self.under_way.iter().position(exact) {
            return at;
        }
        let others = &self.others;
        let admits = |it: &UnderWay| is_of(it) && it.admits(part.number, serial, others);
        let mut admitting = (0..).zip(&self.under_way).filter(|(_, it)| admits(it));
        if let (Some((at, _)), None) = (admitting.next(), admitting.next()) {
            return at;
        }
        if self.under_way.len() == MOST_MESSAGES {
            let oldest = self.under_way.iter().enumerate().min_by_key(|(_, it)| it.newest_ms);
            if let Some((at, _)) = oldest {
                self.under_way.remove(at);
            }
        }
        self.under_way.push(UnderWay {
            message,
            first_serial,
            total: part.total,
            pieces: BTreeMap::new(),
            bytes: 0,
            newest_ms: 0,
            is_too_long: false,
            asked: Vec::new(),
        });
        self.under_way.len() - 1
    }
}

impl UnderWay {
    fn put(&mut self, number: u16, frame: &Frame) {
        let (serial, body) = (frame.header.serial, frame.body.clone());
        self.bytes += body.len();
        if let Some(before) = self.pieces.insert(number, Piece { serial, body }) {
            self.bytes -= before.body.len();
        }
    }

    /// Whether the message cannot be taken with this part; what there is of it is dropped then. Parts have one length but
    /// for the last, so that a film is known by its first part.
    fn is_too_long(&mut self, part: Part, bytes: usize, most_bytes: usize) -> bool {
        let would_be =
            if part.number < part.total { bytes * usize::from(part.total - 1) } else { 0 };
        let has_many = usize::from(part.total) > most_bytes / LEAST_PART_BYTES;
        if has_many || would_be / 2 > most_bytes || self.bytes + bytes > most_bytes {
            self.is_too_long = true;
            self.pieces.clear();
        }
        self.is_too_long
    }

    /// Whether a part may be one of this message although its serial number is not the one that the standard demands.
    fn admits(&self, number: u16, serial: u16, others: &VecDeque<u16>) -> bool {
        if self.is_too_long || self.pieces.contains_key(&number) {
            return false;
        }
        if self.asked.contains(&number) {
            return true;
        }
        let before = self.pieces.range(..number).next_back();
        let after = self.pieces.range(number..).next();
        let is_behind = |from: (u16, u16), to: (u16, u16)| {
            let apart = to.1.wrapping_sub(from.1);
            let between = |it: &&u16| (1..apart).contains(&it.wrapping_sub(from.1));
            let explained = usize::from(to.0 - from.0) + others.iter().filter(between).count();
            apart == 0 || usize::from(apart) == explained
        };
        let this = (number, serial);
        before.is_none_or(|(at, piece)| is_behind((*at, piece.serial), this))
            && after.is_none_or(|(at, piece)| is_behind(this, (*at, piece.serial)))
    }

    fn missing(&mut self, now_ms: i64) -> Option<Missing> {
        let is_silent = now_ms.saturating_sub(self.newest_ms) >= SILENT_MS;
        let last = if is_silent { self.total } else { *self.pieces.last_key_value()?.0 };
        let is_missing = |number: &u16| !self.pieces.contains_key(number);
        let parts: Vec<u16> = (1..=last).filter(is_missing).collect();
        if parts.is_empty() || self.is_too_long {
            return None;
        }
        self.asked.clone_from(&parts);
        let begins = self.pieces.get(&1).and_then(|piece| piece.body.first_chunk().copied());
        let (message, first_serial) = (self.message, self.first_serial);
        Some(Missing { message, first_serial, parts, begins })
    }
}
