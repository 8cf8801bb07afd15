//! Frames one behind the other in one ring of bytes, so that a terminal's latest cost what they are long and no more.

use serde::Serialize;
use std::collections::VecDeque;

/// Bytes kept for a terminal: some thirty reports with their answers.
pub(super) const MOST_BYTES: usize = 4 * 1_024;
/// Bytes of one frame kept; the rest of a longer one is left out, and it says so.
pub(super) const MOST_FRAME_BYTES: usize = 512;
/// The ring grows by so many bytes and not twofold: a silent terminal has few frames, and there are thousands.
const GROWS_BY: usize = 256;
/// Moment, direction, bytes kept and bytes left out.
const HEAD_BYTES: usize = 8 + 1 + 2 + 2;

/// Which way a frame went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the terminal.
    In,
    /// To it.
    Out,
}

/// The latest frames of a terminal.
#[derive(Debug, Default)]
pub struct KeptFrames(VecDeque<u8>);

/// A frame between its flags, as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeptFrame {
    pub(super) at_ms: i64,
    pub(super) direction: Direction,
    pub(super) bytes: Vec<u8>,
    pub(super) left_out: usize,
}

impl KeptFrames {
    /// Keeps a frame, given without its flags; the oldest give way.
    pub fn keep(&mut self, direction: Direction, frame: &[u8], at_ms: i64) {
        let bytes = &frame[..frame.len().min(MOST_FRAME_BYTES)];
        let left_out = u16::try_from(frame.len() - bytes.len()).unwrap_or(u16::MAX);
        while self.0.len() + HEAD_BYTES + bytes.len() > MOST_BYTES {
            let Some(oldest) = self.length_at(0) else { break };
            self.0.drain(..oldest);
        }
        let needed = (self.0.len() + HEAD_BYTES + bytes.len()).next_multiple_of(GROWS_BY);
        self.0.reserve_exact(needed - self.0.len());
        self.0.extend(at_ms.to_be_bytes());
        self.0.push_back(match direction {
            Direction::In => 0,
            Direction::Out => 1,
        });
        self.0.extend((bytes.len() as u16).to_be_bytes());
        self.0.extend(left_out.to_be_bytes());
        self.0.extend(bytes);
    }

    /// All of them, the oldest first.
    pub(super) fn all(&self) -> Vec<KeptFrame> {
        let (mut frames, mut at) = (Vec::new(), 0);
        while let Some(length) = self.length_at(at) {
            let mut bytes = self.0.range(at..at + length).copied();
            let mut field = [0; HEAD_BYTES];
            field.iter_mut().zip(bytes.by_ref()).for_each(|(to, byte)| *to = byte);
            let [moment @ .., way, _, _, left_high, left_low] = field;
            frames.push(KeptFrame {
                at_ms: i64::from_be_bytes(moment),
                direction: if way == 0 { Direction::In } else { Direction::Out },
                bytes: bytes.collect(),
                left_out: usize::from(u16::from_be_bytes([left_high, left_low])),
            });
            at += length;
        }
        frames
    }

    /// Bytes of the frame that begins here, with its head; `None` at the end.
    fn length_at(&self, at: usize) -> Option<usize> {
        let (high, low) = (*self.0.get(at + 9)?, *self.0.get(at + 10)?);
        Some(HEAD_BYTES + usize::from(u16::from_be_bytes([high, low])))
    }
}
