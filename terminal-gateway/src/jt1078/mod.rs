//! JT/T 1078 media codec, editions 2016 and later: packets of a byte stream, and the video frames they carry.
//!
//! Reads tolerantly and never panics: rubbish between packets is passed over, whatever is damaged is left out and said
//! to be. Knows no H.264: what is in a frame is the business of `picture`.

mod assembler;
mod packet;
mod splitter;
#[cfg(test)]
pub(crate) mod tests;

pub use assembler::{Assembled, FrameAssembler, MOST_FRAME_BYTES, VideoFrame};
pub use packet::{Kind, MAGIC, MOST_DATA_BYTES, Packet, Part};
pub use splitter::PacketSplitter;
