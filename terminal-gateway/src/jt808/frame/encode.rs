//! Frames for a terminal, numbered in order; a body that is too long for one goes in several.

use super::MOST_BODY_BYTES;
use super::bytes::enclose;
use super::header::{Edition, Header, Part};
use super::number::TerminalNumber;
use std::collections::VecDeque;

/// Writes the frames of one side of a link.
#[derive(Clone, Debug)]
pub struct Encoder {
    edition: Edition,
    number: TerminalNumber,
    next_serial: u16,
    /// The latest messages of several frames, which the terminal may ask for again.
    long: VecDeque<(u16, Vec<Vec<u8>>)>,
}

/// A header of 2019 with part numbers.
const MOST_HEADER_BYTES: usize = 21;
/// Long messages kept: an order and a change of it.
const MOST_LONG: usize = 2;

impl Encoder {
    /// For a terminal of this number that speaks this edition; serial numbers begin at 0.
    pub fn new(edition: Edition, number: TerminalNumber) -> Encoder {
        Encoder { edition, number, next_serial: 0, long: VecDeque::new() }
    }

    /// From now on by this edition; serial numbers go on.
    pub fn speak(&mut self, edition: Edition) {
        self.edition = edition;
    }

    /// The frames of a message, flags included, and the serial number of the first, which its answer names.
    ///
    /// A body longer than 65 535 full frames is cut; nothing that is sent here comes near.
    pub fn message(&mut self, message: u16, body: &[u8]) -> (u16, Vec<Vec<u8>>) {
        let first = self.next_serial;
        let total = body.len().div_ceil(MOST_BODY_BYTES).clamp(1, usize::from(u16::MAX)) as u16;
        let mut pieces = body.chunks(MOST_BODY_BYTES);
        let frames = (1..=total).map(|number| {
            let piece = pieces.next().unwrap_or_default();
            let part = (total > 1).then_some(Part { total, number });
            self.frame(message, part, piece)
        });
        let frames: Vec<Vec<u8>> = frames.collect();
        if total > 1 {
            if self.long.len() == MOST_LONG {
                self.long.pop_front();
            }
            self.long.push_back((first, frames.clone()));
        }
        (first, frames)
    }

    /// Frames of a message sent before, by its first serial number and the numbers of its parts from 1. Those that are
    /// not kept any more are left out.
    pub fn again(&self, first_serial: u16, parts: &[u16]) -> Vec<Vec<u8>> {
        let kept = self.long.iter().find(|(first, _)| *first == first_serial);
        let Some((_, frames)) = kept else { return Vec::new() };
        let wanted = frames.iter().zip(1..).filter(|(_, number)| parts.contains(number));
        wanted.map(|(frame, _)| frame.clone()).collect()
    }

    fn frame(&mut self, message: u16, part: Option<Part>, piece: &[u8]) -> Vec<u8> {
        let serial = self.next_serial;
        self.next_serial = serial.wrapping_add(1);
        let (edition, number) = (self.edition, self.number);
        let header = Header { message, edition, number, serial, encrypted: false, part };
        // The longest header, and the checksum that is added.
        let mut content = Vec::with_capacity(MOST_HEADER_BYTES + piece.len() + 1);
        header.encode(piece.len(), &mut content);
        content.extend_from_slice(piece);
        enclose(content)
    }
}
