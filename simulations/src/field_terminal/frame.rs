//! Frames by JT/T 808, written and read the plain way.

use clap::ValueEnum;

/// By which edition it speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Edition {
    /// 2011 and 2013: a number of 12 digits.
    #[value(name = "2013")]
    Of2013,
    /// 2019: a version and a number of 20 digits.
    #[value(name = "2019")]
    Of2019,
}

/// What the platform said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Message id.
    pub message: u16,
    /// Serial number.
    pub serial: u16,
    /// Body.
    pub body: Vec<u8>,
}

impl Heard {
    /// The words of a text message; `None` of any other.
    pub fn text(&self) -> Option<String> {
        if self.message != 0x8300 {
            return None;
        }
        // One byte of flags; by the edition of 2019 a kind follows, which is no letter.
        let words = self.body.get(1..)?;
        let words = words.strip_prefix(&[1]).unwrap_or(words);
        Some(encoding_rs::GBK.decode_without_bom_handling(words).0.into_owned())
    }

    /// Seconds between reports that it sets.
    pub fn report_seconds(&self) -> Option<u32> {
        const INTERVAL: [u8; 5] = [0, 0, 0, 0x29, 4];
        if self.message != 0x8103 {
            return None;
        }
        let at = self.body.windows(INTERVAL.len()).position(|it| it == INTERVAL)?;
        let value = self.body.get(at + INTERVAL.len()..)?.first_chunk()?;
        Some(u32::from_be_bytes(*value))
    }
}

/// A frame of a terminal, flags included. `digits` is its number.
pub(super) fn written(
    edition: Edition,
    digits: &str,
    message: u16,
    serial: u16,
    body: &[u8],
) -> Vec<u8> {
    let mut plain = Vec::new();
    let length = body.len() as u16;
    plain.extend(message.to_be_bytes());
    match edition {
        Edition::Of2013 => {
            plain.extend(length.to_be_bytes());
            plain.extend(packed(digits, 12));
        }
        Edition::Of2019 => {
            plain.extend((length + (1 << 14)).to_be_bytes());
            plain.push(1);
            plain.extend(packed(digits, 20));
        }
    }
    plain.extend(serial.to_be_bytes());
    plain.extend(body);
    let check = plain.iter().copied().reduce(|sum, byte| sum ^ byte).unwrap_or_default();
    plain.push(check);
    let mut sent = vec![0x7e];
    for byte in plain {
        match byte {
            0x7e => sent.extend([0x7d, 0x02]),
            0x7d => sent.extend([0x7d, 0x01]),
            _ => sent.push(byte),
        }
    }
    sent.push(0x7e);
    sent
}

/// Two digits a byte, zeros in front.
pub(super) fn packed(digits: &str, width: usize) -> Vec<u8> {
    let filled = format!("{digits:0>width$}");
    let digits: Vec<u8> = filled.bytes().map(|it| it.wrapping_sub(b'0') & 0x0f).collect();
    digits.chunks(2).map(|two| two[0] * 16 + two[1]).collect()
}

/// Takes the frames that are whole out of what came.
pub(super) fn take(came: &mut Vec<u8>) -> Vec<Heard> {
    let mut heard = Vec::new();
    while let Some(begin) = came.iter().position(|it| *it == 0x7e) {
        let Some(length) = came[begin + 1..].iter().position(|it| *it == 0x7e) else { break };
        let inside: Vec<u8> = came[begin + 1..begin + 1 + length].to_vec();
        if inside.is_empty() {
            came.drain(..=begin);
            continue;
        }
        came.drain(..begin + length + 2);
        heard.extend(read(&inside));
    }
    heard
}

fn read(inside: &[u8]) -> Option<Heard> {
    let mut plain = Vec::new();
    let mut bytes = inside.iter();
    while let Some(byte) = bytes.next() {
        plain.push(if *byte == 0x7d {
            if *bytes.next()? == 2 { 0x7e } else { 0x7d }
        } else {
            *byte
        });
    }
    if plain.iter().fold(0, |sum, byte| sum ^ byte) != 0 {
        return None;
    }
    let word = |at: usize| Some(u16::from(*plain.get(at)?) * 256 + u16::from(*plain.get(at + 1)?));
    let (message, attributes) = (word(0)?, word(2)?);
    let serial_at = if attributes & (1 << 14) == 0 { 10 } else { 15 };
    let parts = if attributes & (1 << 13) == 0 { 0 } else { 4 };
    let body = plain.get(serial_at + 2 + parts..plain.len() - 1)?.to_vec();
    Some(Heard { message, serial: word(serial_at)?, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heartbeat_has_the_bytes_of_the_standard() {
        let frame = written(Edition::Of2013, "13912344329", 0x0002, 0x007e, &[]);
        let expected = [
            0x7e, 0x00, 0x02, 0x00, 0x00, 0x01, 0x39, 0x12, 0x34, 0x43, 0x29, 0x00, 0x7d, 0x02,
            0x08, 0x7e,
        ];
        assert_eq!(frame, expected);
        let mut came = [&[9, 9], frame.as_slice(), &[0x7e, 1]].concat();
        let heard = take(&mut came);
        assert_eq!(heard, [Heard { message: 2, serial: 0x7e, body: Vec::new() }]);
        assert_eq!(came, [0x7e, 1], "the beginning of the next stays");
    }

    #[test]
    fn the_edition_of_2019_has_a_version_and_ten_bytes_of_number() {
        let frame = written(Edition::Of2019, "13912344329", 0x0200, 1, &[0x7d]);
        assert_eq!(frame[3..16], [0x40, 1, 1, 0, 0, 0, 0, 0x01, 0x39, 0x12, 0x34, 0x43, 0x29]);
        assert_eq!(take(&mut frame.clone())[0].body, [0x7d]);
    }
}
