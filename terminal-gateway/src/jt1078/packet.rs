//! One packet of a media stream: JT/T 1078-2016, table 19. Terminals of 2019 write their number in ten bytes there, as
//! in JT/T 808, and nothing in the packet says so.

use crate::jt808::Octets;
use crate::jt808::frame::TerminalNumber;

/// What every packet begins with.
pub const MAGIC: [u8; 4] = *b"01cd";

/// Longest data of one packet, in bytes. The standard has 950; some terminals send whole frames of their encoder.
pub const MOST_DATA_BYTES: usize = 16 * 1_024;

/// What a packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Video that needs no earlier frame.
    Key,
    /// Video that needs an earlier frame.
    Predicted,
    /// Video that needs a later frame too, so that it is sent in another order than it is shown.
    Bidirectional,
    /// Sound.
    Audio,
    /// Data of another device.
    Passthrough,
}

/// Which part of a frame a packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// The first of several.
    First,
    /// The last of several.
    Last,
    /// One between them.
    Middle,
}

/// A packet, as it stands in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// The terminal.
    pub number: TerminalNumber,
    /// Which camera.
    pub channel: u8,
    /// How the data is coded: 98 is H.264, 99 H.265; table 12 of the standard has all.
    pub payload_type: u8,
    /// Counts up with each packet, and round.
    pub sequence: u16,
    /// What it carries.
    pub kind: Kind,
    /// Which part of it.
    pub part: Part,
    /// Milliseconds by the terminal's own clock, from any moment; absent from passthrough.
    pub time_ms: Option<u64>,
    /// The frame, or a part of it.
    pub data: &'a [u8],
}

/// Bytes of the terminal's number in a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWidth {
    /// The edition of 2016.
    Six,
    /// Terminals of 2019.
    Ten,
}

/// What the beginning of some bytes is, by one width of the number.
pub(super) enum Reading {
    /// The header is not there yet.
    Short,
    /// No header.
    Wrong,
    /// A header.
    Header(Header),
}

/// What precedes the data.
pub(super) struct Header {
    pub(super) number: TerminalNumber,
    channel: u8,
    payload_type: u8,
    sequence: u16,
    kind: Kind,
    part: Part,
    time_ms: Option<u64>,
    header_bytes: usize,
    data_bytes: usize,
}

impl NumberWidth {
    fn bytes(self) -> usize {
        match self {
            NumberWidth::Six => 6,
            NumberWidth::Ten => 10,
        }
    }
}

impl Header {
    /// Reads the header at the beginning of bytes that begin with the magic.
    pub(super) fn read(bytes: &[u8], width: NumberWidth) -> Reading {
        if bytes.get(MAGIC.len()..2 * MAGIC.len()).is_some_and(|it| it == MAGIC) {
            // A packet was cut off after its first bytes, and this is the next.
            return Reading::Wrong;
        }
        let mut octets = Octets::of(bytes);
        match Header::fields(&mut octets, width, bytes.len()) {
            None => Reading::Short,
            Some(Some(header)) if header.data_bytes <= MOST_DATA_BYTES => Reading::Header(header),
            Some(_) => Reading::Wrong,
        }
    }

    /// Bytes of the whole packet.
    pub(super) fn packet_bytes(&self) -> usize {
        self.header_bytes + self.data_bytes
    }

    /// The packet, if all of it is there.
    pub(super) fn packet<'a>(&self, bytes: &'a [u8]) -> Option<Packet<'a>> {
        Some(Packet {
            number: self.number,
            channel: self.channel,
            payload_type: self.payload_type,
            sequence: self.sequence,
            kind: self.kind,
            part: self.part,
            time_ms: self.time_ms,
            data: bytes.get(self.header_bytes..self.packet_bytes())?,
        })
    }

    /// Nothing while bytes are wanting, and nothing inside where no packet has such a kind or part.
    fn fields(octets: &mut Octets<'_>, width: NumberWidth, all: usize) -> Option<Option<Header>> {
        // The magic, and RTP's version and flags, which say nothing.
        octets.take(MAGIC.len() + 1)?;
        const PAYLOAD_BITS: u8 = 0x7f;
        let payload_type = octets.u8()? & PAYLOAD_BITS;
        let sequence = octets.u16()?;
        let number = TerminalNumber::from_bcd(octets.take(width.bytes())?);
        let channel = octets.u8()?;
        let kind_and_part = octets.u8()?;
        let (Some(kind), Some(part)) = (kind(kind_and_part >> 4), part(kind_and_part & 0x0f))
        else {
            return Some(None);
        };
        let time_ms = match kind {
            Kind::Passthrough => None,
            Kind::Key | Kind::Predicted | Kind::Bidirectional | Kind::Audio => {
                Some(u64::from(octets.u32()?) << 32 | u64::from(octets.u32()?))
            }
        };
        if kind.is_video() {
            // Milliseconds since the key frame and the frame before, which the times say too.
            octets.u32()?;
        }
        let data_bytes = usize::from(octets.u16()?);
        let header_bytes = all - octets.len();
        let header = Header {
            number,
            channel,
            payload_type,
            sequence,
            kind,
            part,
            time_ms,
            header_bytes,
            data_bytes,
        };
        Some(Some(header))
    }
}

impl Kind {
    /// Whether it is of a picture.
    pub fn is_video(self) -> bool {
        match self {
            Kind::Key | Kind::Predicted | Kind::Bidirectional => true,
            Kind::Audio | Kind::Passthrough => false,
        }
    }
}

fn kind(bits: u8) -> Option<Kind> {
    match bits {
        0 => Some(Kind::Key),
        1 => Some(Kind::Predicted),
        2 => Some(Kind::Bidirectional),
        3 => Some(Kind::Audio),
        4 => Some(Kind::Passthrough),
        _ => None,
    }
}

fn part(bits: u8) -> Option<Part> {
    match bits {
        0 => Some(Part::Whole),
        1 => Some(Part::First),
        2 => Some(Part::Last),
        3 => Some(Part::Middle),
        _ => None,
    }
}
