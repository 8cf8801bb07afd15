//! A small JT/T 808 terminal for field tests and whole-system tests. It writes and reads its frames by itself, with nothing of
//! the gateway's codec, so that it is a check of it.

mod camera;
mod command;
mod frame;
mod link;
mod report;

pub use command::FieldTerminalSettings;
pub use frame::{Edition, Heard};
pub use link::{FieldTerminal, LinkError};
pub use report::Report;
