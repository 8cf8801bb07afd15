//! JT/T 808 codec, editions 2011, 2013 and 2019: frames of a byte stream, their headers and parts, and the bodies
//! of the messages an ambulance's terminal exchanges.
//!
//! Reads what makers really send, and says by [`frame::Flaws`] what was wrong with it; writes only what the standard says.
//! Coordinates are those that the terminal sends, degrees times a million; which datum they have is not the codec's to know.

pub mod body;
pub mod frame;
mod octets;
mod text;
mod time;

pub use octets::Octets;
pub use text::{from_gbk, to_gbk};
pub use time::{TerminalTime, utc_bcd};
