//! The latest frames of a terminal, in both directions, as they are shown.

use super::ring::{Direction, KeptFrame, KeptFrames};
use crate::jt808::body::Said;
use crate::jt808::frame::Frame;
use serde::Serialize;

/// Characters of a body in words.
const MOST_WORDS: usize = 2_000;

/// A frame as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownFrame {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub at_ms: i64,
    /// Which way.
    pub direction: Direction,
    /// Its bytes, escaped as they were sent, without flags.
    pub hex: String,
    /// Bytes of a long frame that were not kept.
    pub left_out: usize,
    /// Message id, as `0x0200`.
    pub message: Option<String>,
    /// Serial number.
    pub serial: Option<u16>,
    /// Header and body in words, or why there are none.
    pub decoded: String,
}

impl KeptFrames {
    /// The newest first.
    pub fn shown(&self) -> Vec<ShownFrame> {
        self.all().iter().rev().map(KeptFrame::shown).collect()
    }
}

impl KeptFrame {
    fn shown(&self) -> ShownFrame {
        let hex = self.bytes.iter().map(|it| format!("{it:02x}")).collect();
        let (at_ms, direction, left_out) = (self.at_ms, self.direction, self.left_out);
        let decoded = if left_out > 0 {
            Err("it is longer than what is kept of it".to_owned())
        } else {
            Frame::decode(&self.bytes).map_err(|error| error.to_string())
        };
        match decoded {
            Ok(frame) => ShownFrame {
                at_ms,
                direction,
                hex,
                left_out,
                message: Some(format!("{:#06x}", frame.header.message)),
                serial: Some(frame.header.serial),
                decoded: words(&frame, direction),
            },
            Err(decoded) => {
                let (message, serial) = (None, None);
                ShownFrame { at_ms, direction, hex, left_out, message, serial, decoded }
            }
        }
    }
}

fn words(frame: &Frame, direction: Direction) -> String {
    let header = format!("{:?}", frame.header);
    let flaws = format!("{:?}", frame.flaws);
    let body = match (direction, frame.header.part) {
        (Direction::In, None) => {
            match Said::read(frame.header.message, frame.header.edition, &frame.body) {
                Some(said) => format!("{said:?}"),
                None => "the body is shorter than it must be".to_owned(),
            }
        }
        (Direction::In, Some(_)) => "a part of a longer message".to_owned(),
        (Direction::Out, _) => format!("{} bytes for the terminal", frame.body.len()),
    };
    format!("{header}\n{flaws}\n{body}").chars().take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::super::ring::{MOST_BYTES, MOST_FRAME_BYTES};
    use super::*;
    use crate::jt808::body::{Outcome, Tell};
    use crate::jt808::frame::{Edition, Encoder, TerminalNumber};

    #[test]
    fn frames_are_kept_in_few_bytes_and_shown_in_hex_and_words() {
        let mut kept = KeptFrames::default();
        let number = TerminalNumber::new("13912344329").expect("digits");
        let mut encoder = Encoder::new(Edition::Y2013, number);
        let frame = encoder.message(0x0002, &[]).1.remove(0);
        kept.keep(Direction::In, &frame[1..frame.len() - 1], 5);
        let tell = Tell::Answer { answers: 0, message: 2, outcome: Outcome::Done };
        let (message, body) = tell.write(Edition::Y2013);
        let frame = encoder.message(message, &body).1.remove(0);
        kept.keep(Direction::Out, &frame[1..frame.len() - 1], 6);
        kept.keep(Direction::In, &[1, 2, 9], 7);
        let shown = kept.shown();
        assert_eq!(shown.iter().map(|it| it.at_ms).collect::<Vec<_>>(), [7, 6, 5]);
        assert!(shown[0].decoded.contains("checksum") && shown[0].hex == "010209");
        assert_eq!((shown[1].message.as_deref(), shown[1].serial), (Some("0x8001"), Some(1)));
        assert!(shown[2].decoded.contains("Heartbeat"), "{}", shown[2].decoded);
        assert!(shown[2].hex.starts_with("00020000013912344329"));
        for _ in 0..1_000 {
            kept.keep(Direction::In, &[0x55; 2_000], 8);
        }
        assert!(kept.shown().len() <= MOST_BYTES / MOST_FRAME_BYTES);
        assert_eq!(kept.shown()[0].left_out, 2_000 - MOST_FRAME_BYTES);
    }
}
