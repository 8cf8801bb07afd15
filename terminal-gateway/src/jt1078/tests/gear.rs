//! A terminal that sends a picture, written the plain way.

use crate::jt808::frame::TerminalNumber;

pub(crate) const NUMBER: &str = "13912344329";
/// Three seconds of a test picture; the README beside it says how it was made.
pub(crate) const CLIP: &[u8] = include_bytes!("../../../tests/clips/testsrc-160x120-10fps.h264");

pub(crate) fn number() -> TerminalNumber {
    TerminalNumber::new(NUMBER).expect("digits")
}

/// What stands in a packet's header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub(crate) is_2019: bool,
    pub(crate) number: &'static str,
    pub(crate) channel: u8,
    pub(crate) payload_type: u8,
    pub(crate) sequence: u16,
    pub(crate) kind: u8,
    pub(crate) part: u8,
    pub(crate) time_ms: u64,
}

impl Default for Sent {
    fn default() -> Self {
        Sent {
            is_2019: false,
            number: NUMBER,
            channel: 1,
            payload_type: 98,
            sequence: 0,
            kind: 0,
            part: 0,
            time_ms: 0,
        }
    }
}

impl Sent {
    /// The packet's bytes.
    pub(crate) fn written(self, data: &[u8]) -> Vec<u8> {
        let mut bytes = b"01cd\x81".to_vec();
        bytes.push(self.payload_type);
        bytes.extend(self.sequence.to_be_bytes());
        let width = if self.is_2019 { 20 } else { 12 };
        let digits = format!("{:0>width$}", self.number).into_bytes();
        bytes.extend(digits.chunks(2).map(|two| (two[0] - b'0') << 4 | (two[1] - b'0')));
        bytes.extend([self.channel, self.kind << 4 | self.part]);
        if self.kind != 4 {
            bytes.extend(self.time_ms.to_be_bytes());
        }
        if self.kind < 3 {
            bytes.extend([0, 100, 0, 100]);
        }
        bytes.extend((data.len() as u16).to_be_bytes());
        bytes.extend(data);
        bytes
    }
}

/// A frame in packets of so many bytes, the first under this sequence number.
pub(crate) fn packets_of(sequence: u16, time_ms: u64, frame: &[u8], most: usize) -> Vec<u8> {
    let last = frame.len().div_ceil(most).saturating_sub(1);
    let pieces = frame.chunks(most).enumerate().map(|(at, data)| {
        let part = match (at == 0, at == last) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        let sequence = sequence.wrapping_add(at as u16);
        Sent { sequence, part, time_ms, ..Sent::default() }.written(data)
    });
    pieces.collect::<Vec<_>>().concat()
}

/// The clip's frames; parameter sets stand before the picture that needs them.
pub(crate) fn clip_frames() -> Vec<Vec<u8>> {
    let mut frames = vec![Vec::new()];
    let starts: Vec<usize> =
        (0..CLIP.len() - 4).filter(|at| CLIP[*at..].starts_with(&[0, 0, 0, 1])).collect();
    // One slice in a frame; it ends the frame. In this clip a short start code stands before key slices.
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(CLIP.len());
        let unit = &CLIP[*start..end];
        frames.last_mut().expect("one").extend(unit);
        let holds_slice =
            unit.windows(4).any(|it| it[..3] == [0, 0, 1] && matches!(it[3] & 0x1f, 1 | 5));
        if holds_slice {
            frames.push(Vec::new());
        }
    }
    frames.pop();
    frames
}
