//! For the technician: the latest frames of each terminal as they came and as they were read, what its maker gets wrong,
//! what went wrong last, and terminals that call without being known. Bounded in bytes for each terminal.

mod frames;
mod ring;
mod strangers;

pub use frames::ShownFrame;
pub use ring::{Direction, KeptFrames};
pub use strangers::{Stranger, Strangers};
