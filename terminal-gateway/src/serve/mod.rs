//! The gateway at work: lines of terminals on TCP and UDP, a link and an outbox for each vehicle, a page for the
//! technician. Every queue, wait and table has its bound here.

mod accept;
mod bound;
mod camera;
mod directory;
mod encryption;
mod error;
mod files;
mod follow;
mod gateway;
mod inspector;
mod line;
mod lines;
mod media;
#[cfg(test)]
mod room;
mod run;
mod secret;
mod settings;
mod stranger;
mod tcp;
mod terminal;
mod udp;
mod vehicle;
mod video;
mod video_address;

pub use error::ServeError;
pub use files::read_bindings;
pub use gateway::Gateway;
pub use run::serve;
pub use settings::{Cli, Command, ServeArgs};
pub use video_address::{VideoAddress, VideoAddressError};
