//! Frames of the parts of a stream. A frame of which a packet is missing is left out, and the next one says so.

use super::packet::{Kind, Packet, Part};
use wire_protocol::picture::MAX_FRAGMENT_BYTES;

/// Largest frame, in bytes: it fits into one fragment together with what precedes it there.
pub const MOST_FRAME_BYTES: usize = MAX_FRAGMENT_BYTES - 4_096;

/// Payload type of H.264, by table 12 of the standard.
const H264: u8 = 98;

/// A frame of H.264 as the camera made it, Annex B.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoFrame {
    /// Milliseconds by the terminal's own clock, from any moment.
    pub time_ms: u64,
    /// Its bytes.
    pub data: Vec<u8>,
    /// It needs a later frame too, and is shown before that.
    pub is_bidirectional: bool,
    /// Something that came before it is missing: nothing can be shown until a frame needs no earlier one.
    pub is_after_loss: bool,
}

/// What a packet came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assembled {
    /// More has to come, or it was no video.
    Waits,
    /// The frame is whole.
    Frame(VideoFrame),
    /// Video that is not H.264.
    OtherCodec,
    /// A frame larger than is passed on.
    TooLarge,
}

/// Puts together the frames of one camera on one connection.
#[derive(Debug)]
pub struct FrameAssembler {
    /// Sequence number of the latest packet, and of the latest of video: some terminals count sound and picture together,
    /// others apart.
    last: Option<u16>,
    last_video: Option<u16>,
    begun: Option<VideoFrame>,
    has_lost: bool,
}

impl Default for FrameAssembler {
    fn default() -> Self {
        // What came before the connection is missing.
        FrameAssembler { last: None, last_video: None, begun: None, has_lost: true }
    }
}

impl FrameAssembler {
    /// Takes the next packet of the camera.
    pub fn take(&mut self, packet: &Packet<'_>) -> Assembled {
        let sequence = packet.sequence;
        if !packet.kind.is_video() {
            self.last = Some(sequence);
            return Assembled::Waits;
        }
        if packet.payload_type != H264 {
            return Assembled::OtherCodec;
        }
        if self.last_video == Some(sequence) {
            // The same once more.
            return Assembled::Waits;
        }
        let follows = |it: Option<u16>| it.is_some_and(|it| it.wrapping_add(1) == sequence);
        if self.last_video.is_some() && !follows(self.last_video) && !follows(self.last) {
            self.lose();
        }
        (self.last, self.last_video) = (Some(sequence), Some(sequence));
        self.put(packet)
    }

    /// What is begun is left out, and what follows it cannot be shown by itself.
    fn lose(&mut self) {
        self.begun = None;
        self.has_lost = true;
    }

    fn put(&mut self, packet: &Packet<'_>) -> Assembled {
        let begins = matches!(packet.part, Part::Whole | Part::First);
        if begins {
            if self.begun.is_some() {
                self.lose();
            }
            let (time_ms, data) = (packet.time_ms.unwrap_or_default(), packet.data.to_vec());
            let is_bidirectional = packet.kind == Kind::Bidirectional;
            self.begun = Some(VideoFrame { time_ms, data, is_bidirectional, is_after_loss: false });
        } else if let Some(begun) = &mut self.begun {
            if begun.data.len() + packet.data.len() > MOST_FRAME_BYTES {
                self.lose();
                return Assembled::TooLarge;
            }
            begun.data.extend_from_slice(packet.data);
        } else {
            self.lose();
        }
        match packet.part {
            Part::First | Part::Middle => Assembled::Waits,
            Part::Whole | Part::Last => match self.begun.take() {
                Some(frame) => {
                    let is_after_loss = std::mem::take(&mut self.has_lost);
                    Assembled::Frame(VideoFrame { is_after_loss, ..frame })
                }
                None => Assembled::Waits,
            },
        }
    }
}
