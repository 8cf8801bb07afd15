//! The whole system through real sockets: the real server, the real agent with its outbox on disk, and a
//! console that reads the feed frame by frame. Nothing in between is made up but the satellites.

#![expect(
    clippy::disallowed_methods,
    reason = "real processes take real time, and fresh names are drawn"
)]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod centres;
mod encrypted;
mod exercise;
mod gear;
mod history;
mod hostile;
mod load;
mod lost_signal;
mod messages;
mod one_life;
mod orders;
mod other_terminals;
mod out_of_service;
mod renumbering;
mod replay;
mod room;
mod sigkill;
mod terminal_clocks;
