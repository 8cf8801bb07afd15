//! Frames: what stands between two flags 0x7E, with its header. Layout by JT/T 808, section 4.4 of each edition.

mod bytes;
mod encode;
mod header;
mod number;
#[cfg(test)]
mod part_tests;
mod parts;
mod splitter;
#[cfg(test)]
mod tests;

pub use encode::Encoder;
pub use header::{Edition, Flaws, Frame, FrameError, Header, Part};
pub use number::TerminalNumber;
pub use parts::{Missing, Parts, Reassembled};
pub use splitter::{FrameSplitter, MAX_FRAME_BYTES};

/// Most bytes of a body in one frame: its length has ten bits.
pub const MOST_BODY_BYTES: usize = 1_023;
