//! The header, and which edition it is of. Makers set the edition's bit, the split bit and the length wrongly; the
//! reading under which the frame comes out exactly is taken, and what was wrong is told beside it.

use super::super::octets::Octets;
use super::bytes::{checksum, unescape};
use super::number::TerminalNumber;
use thiserror::Error;

const LENGTH_BITS: u16 = 0x03ff;
const ENCRYPTION_BITS: u16 = 0x1c00;
const SPLIT_BIT: u16 = 0x2000;
const EDITION_2019_BIT: u16 = 0x4000;

/// Layout of a header. 2011 and 2013 have the same; only bodies differ between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// JT/T 808-2011 and -2013: a number of 6 bytes.
    Y2013,
    /// JT/T 808-2019: a version byte and a number of 10 bytes.
    Y2019,
}

/// Which part of a long message a frame carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many parts there are.
    pub total: u16,
    /// Which one it is, from 1.
    pub number: u16,
}

/// What precedes a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Message id, as 0x0200.
    pub message: u16,
    /// Whose layout it has.
    pub edition: Edition,
    /// Which terminal it is from, or for.
    pub number: TerminalNumber,
    /// Counts up with each frame that its sender sends, and round.
    pub serial: u16,
    /// The body is encrypted; only then can nothing be read of it.
    pub encrypted: bool,
    /// Of a message in several frames.
    pub part: Option<Part>,
}

/// A frame whose checksum is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What precedes the body.
    pub header: Header,
    /// The body, which no decoder has looked at.
    pub body: Vec<u8>,
    /// What its sender got wrong.
    pub flaws: Flaws,
}

/// What a sender got wrong without making its frame unreadable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flaws {
    /// An escape that does not exist.
    pub escape: bool,
    /// The bit of the edition says another than the header has.
    pub edition_bit: bool,
    /// The split bit is set and no part numbers follow.
    pub split_bit: bool,
    /// The length is not that of the body.
    pub length: bool,
}

/// Why there is no frame in some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FrameError {
    /// The checksum is another.
    #[error("its checksum is {found:#04x} and would have to be {expected:#04x}")]
    Checksum {
        /// What stands there.
        found: u8,
        /// What the bytes before it give.
        expected: u8,
    },
    /// Fewer bytes than any header has.
    #[error("it has {bytes} bytes, fewer than a header")]
    TooShort {
        /// How many there are.
        bytes: usize,
    },
}

impl Frame {
    /// Reads what stands between two flags, escapes and checksum included.
    ///
    /// # Errors
    /// A wrong checksum, or fewer bytes than a header has.
    pub fn decode(between_flags: &[u8]) -> Result<Frame, FrameError> {
        let (bytes, escape) = unescape(between_flags);
        let (&found, content) = bytes.split_last().ok_or(FrameError::TooShort { bytes: 0 })?;
        let expected = checksum(content);
        if found != expected {
            return Err(FrameError::Checksum { found, expected });
        }
        let read =
            layouts(content).find_map(|layout| layout.read(content)).or_else(|| any(content));
        let (header, body, flaws) = read.ok_or(FrameError::TooShort { bytes: content.len() })?;
        Ok(Frame { header, body: body.to_vec(), flaws: Flaws { escape, ..flaws } })
    }
}

type Read<'a> = (Header, &'a [u8], Flaws);

/// One reading of a header: whose layout, and whether part numbers are in it.
#[derive(Clone, Copy)]
struct Layout {
    edition: Edition,
    split: bool,
    /// Fits whatever the length says.
    any_length: bool,
}

/// What the bits say first, then what else the frame may be.
fn layouts(content: &[u8]) -> impl Iterator<Item = Layout> + use<> {
    let said = said(content);
    let other = match said.edition {
        Edition::Y2013 => Edition::Y2019,
        Edition::Y2019 => Edition::Y2013,
    };
    let unsplit = Layout { split: false, ..said };
    let readings =
        [said, Layout { edition: other, ..said }, unsplit, Layout { edition: other, ..unsplit }];
    readings.into_iter()
}

/// A frame whose length is wrong under every reading, by what its bits say; else by what is long enough for it.
fn any(content: &[u8]) -> Option<Read<'_>> {
    layouts(content).find_map(|layout| Layout { any_length: true, ..layout }.read(content))
}

fn said(content: &[u8]) -> Layout {
    let attributes = content.get(2..4).map_or(0, |it| u16::from_be_bytes([it[0], it[1]]));
    let edition = if attributes & EDITION_2019_BIT == 0 { Edition::Y2013 } else { Edition::Y2019 };
    Layout { edition, split: attributes & SPLIT_BIT != 0, any_length: false }
}

impl Layout {
    fn read(self, content: &[u8]) -> Option<Read<'_>> {
        let mut octets = Octets::of(content);
        let (message, attributes) = (octets.u16()?, octets.u16()?);
        let number = match self.edition {
            Edition::Y2013 => octets.take(6)?,
            Edition::Y2019 => {
                octets.u8()?;
                octets.take(10)?
            }
        };
        let serial = octets.u16()?;
        let part = if self.split {
            Some(Part { total: octets.u16()?, number: octets.u16()? })
        } else {
            None
        };
        let said = said(content);
        let length = octets.len() != usize::from(attributes & LENGTH_BITS);
        if length && !self.any_length {
            return None;
        }
        let header = Header {
            message,
            edition: self.edition,
            number: TerminalNumber::from_bcd(number),
            serial,
            encrypted: attributes & ENCRYPTION_BITS != 0,
            part,
        };
        let flaws = Flaws {
            escape: false,
            edition_bit: self.edition != said.edition,
            split_bit: self.split != said.split,
            length,
        };
        Some((header, octets.rest(), flaws))
    }
}

impl Edition {
    pub(super) fn number_bytes(self) -> usize {
        match self {
            Edition::Y2013 => 6,
            Edition::Y2019 => 10,
        }
    }
}

impl Header {
    /// Writes the header as the standard has it, for a body of so many bytes.
    pub(super) fn encode(&self, body_bytes: usize, bytes: &mut Vec<u8>) {
        let mut attributes = body_bytes as u16 & LENGTH_BITS;
        if self.part.is_some() {
            attributes |= SPLIT_BIT;
        }
        bytes.extend(self.message.to_be_bytes());
        match self.edition {
            Edition::Y2013 => bytes.extend(attributes.to_be_bytes()),
            Edition::Y2019 => {
                bytes.extend((attributes | EDITION_2019_BIT).to_be_bytes());
                // The first and only version of the edition.
                bytes.push(1);
            }
        }
        bytes.extend(self.number.to_bcd(self.edition.number_bytes()));
        bytes.extend(self.serial.to_be_bytes());
        if let Some(part) = self.part {
            bytes.extend(part.total.to_be_bytes());
            bytes.extend(part.number.to_be_bytes());
        }
    }
}
