//! The gateway at work: lines of terminals on TCP and UDP, a link and an outbox for each vehicle, a page for the
//! technician. Every queue, wait and table has its bound here.

mod encryption;
mod gateway;
mod inspector;
mod line;
mod run;
mod secret;
mod settings;
mod stranger;
mod tcp;
mod terminal;
mod udp;
mod vehicle;

pub use gateway::{Gateway, ServeError, read_bindings};
pub use run::serve;
pub use settings::{Cli, Command, ServeArgs};
