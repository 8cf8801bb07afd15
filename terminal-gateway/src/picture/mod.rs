//! A camera's H.264 as fragmented MP4, which browsers play as it comes. Nothing is decoded or coded anew: the pictures
//! stay as the camera made them, and only what stands around them changes. Pure: no clock, no socket.

mod boxes;
mod joiner;
mod media_clock;
mod muxer;
mod nal;
mod parameters;
mod progress;
mod rate;
#[cfg(test)]
mod tests;

pub use muxer::{Muxed, Muxer};
pub use progress::Progress;
pub use rate::Rate;
