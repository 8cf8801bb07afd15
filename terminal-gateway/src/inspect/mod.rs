//! For the technician: the latest frames of each terminal as they came and as they were read, what its maker gets wrong,
//! what went wrong last, and terminals that call without being known. Bounded in bytes for each terminal.

mod frames;
mod strangers;

pub use frames::{Direction, KeptFrame, KeptFrames, ShownFrame};
pub use strangers::{Stranger, Strangers};
