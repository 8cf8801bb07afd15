//! The agent on an ambulance's terminal: NMEA in, numbered outbox, server link, crew screen.
//!
//! `nmea` and `link` are pure: bytes and moments in, fixes and orders out. `sources`, `outbox`,
//! `map`, `shell` and `crew` are the thin parts that touch cables, disk, sockets and the screen; `queue` lies between their tasks.

pub mod crew;
pub mod inspect;
pub mod link;
pub mod machine;
pub mod map;
pub mod nmea;
pub mod outbox;
pub mod queue;
pub mod settings;
pub mod shell;
pub mod sources;
mod whole_file;
