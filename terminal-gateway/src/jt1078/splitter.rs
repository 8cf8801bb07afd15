//! From a byte stream to packets. Holds at most one packet, whatever comes in. What comes out does not depend on the
//! portions in which the stream came.

use super::packet::{Header, MAGIC, NumberWidth, Packet, Reading};
use crate::jt808::frame::TerminalNumber;

/// Cuts a media stream into its packets.
#[derive(Debug, Default)]
pub struct PacketSplitter {
    /// The beginning of a packet whose end has not come.
    held: Vec<u8>,
    /// How wide the number is, once a packet has shown it; decided anew after rubbish.
    width: Option<NumberWidth>,
    noise_bytes: u64,
}

/// What stands at the beginning of some bytes.
enum Step {
    /// More has to come before anything can be said.
    Wait,
    /// So many bytes of no packet.
    Noise(usize),
    /// A packet, of which all is there or not.
    Packet(NumberWidth, Header),
}

impl PacketSplitter {
    /// Takes bytes in any portions; whole packets go to `on_packet`. A number that `is_known` tells its width at once.
    pub fn push(
        &mut self,
        bytes: &[u8],
        is_known: &dyn Fn(&TerminalNumber) -> bool,
        on_packet: &mut dyn FnMut(&Packet<'_>),
    ) {
        self.held.extend_from_slice(bytes);
        let mut rest = self.held.as_slice();
        loop {
            match step(rest, self.width, is_known) {
                Step::Wait => break,
                Step::Noise(count) => {
                    self.noise_bytes += count as u64;
                    self.width = None;
                    rest = &rest[count..];
                }
                Step::Packet(width, header) => {
                    self.width = Some(width);
                    let Some(packet) = header.packet(rest) else { break };
                    on_packet(&packet);
                    rest = &rest[header.packet_bytes()..];
                }
            }
        }
        let taken = self.held.len() - rest.len();
        self.held.drain(..taken);
    }

    /// Bytes that were in no packet.
    pub fn noise_bytes(&self) -> u64 {
        self.noise_bytes
    }

    /// Bytes that wait for the rest of their packet.
    pub fn held_bytes(&self) -> usize {
        self.held.len()
    }
}

fn step(
    bytes: &[u8],
    width: Option<NumberWidth>,
    is_known: &dyn Fn(&TerminalNumber) -> bool,
) -> Step {
    match before_magic(bytes) {
        0 if bytes.len() < MAGIC.len() => return Step::Wait,
        0 => {}
        count => return Step::Noise(count),
    }
    match width {
        Some(width) => match Header::read(bytes, width) {
            Reading::Short => Step::Wait,
            Reading::Wrong => Step::Noise(1),
            Reading::Header(header) => Step::Packet(width, header),
        },
        None => decide(bytes, is_known),
    }
}

/// Which width a packet has: that by which its number is known; else that by which its length leads to the next packet.
fn decide(bytes: &[u8], is_known: &dyn Fn(&TerminalNumber) -> bool) -> Step {
    let mut readings = Vec::with_capacity(2);
    for width in [NumberWidth::Six, NumberWidth::Ten] {
        match Header::read(bytes, width) {
            Reading::Short => return Step::Wait,
            Reading::Wrong => {}
            Reading::Header(header) => readings.push((width, header)),
        }
    }
    let known: Vec<bool> = readings.iter().map(|(_, header)| is_known(&header.number)).collect();
    if known.iter().filter(|it| **it).count() == 1
        && let Some(at) = known.iter().position(|it| *it)
    {
        let (width, header) = readings.swap_remove(at);
        return Step::Packet(width, header);
    }
    by_length(bytes, readings)
}

fn by_length(bytes: &[u8], mut readings: Vec<(NumberWidth, Header)>) -> Step {
    // The shorter first, which is decided first when the bytes come one by one.
    readings.sort_by_key(|(_, header)| header.packet_bytes());
    for (width, header) in readings {
        let end = header.packet_bytes();
        match bytes.get(end..end + MAGIC.len()) {
            None => return Step::Wait,
            Some(next) if next == MAGIC => return Step::Packet(width, header),
            Some(_) => {}
        }
    }
    Step::Noise(1)
}

/// Bytes before the next magic, or before what may be its beginning.
fn before_magic(bytes: &[u8]) -> usize {
    let may_begin =
        |at: &usize| MAGIC.starts_with(bytes.get(*at..at + MAGIC.len()).unwrap_or(&bytes[*at..]));
    (0..bytes.len()).find(may_begin).unwrap_or(bytes.len())
}
