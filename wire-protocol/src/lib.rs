//! The messages between vehicle agent, dispatch server and dispatcher console.
//!
//! Plain data with one spelling on the wire: snake_case JSON, times as whole milliseconds since
//! 1970-01-01T00:00:00Z, positions in WGS-84 degrees, unit last in a field's name. This crate knows
//! no rule of dispatching and does no IO. The one binary message is the frame of `positions`.

#[macro_use]
mod macros;

pub mod agent;
pub mod call;
pub mod change;
pub mod closing;
pub mod command_answer;
pub mod command_request;
pub mod commands;
pub mod console;
pub mod crew_command;
pub mod crew_member;
pub mod crew_word;
pub mod details;
pub mod hazard;
pub mod message;
pub mod movement;
pub mod moves;
pub mod next_order;
pub mod offer;
pub mod order_parts;
pub mod origin;
pub mod outbox;
pub mod people;
pub mod picture;
pub mod place;
pub mod positions;
pub mod problem;
pub mod recommendation;
pub mod region;
pub mod route;
pub mod state_group;
pub mod terminals;
pub mod vehicle_log;
pub mod views;
pub mod vocabulary;

/// The version of this protocol; sent by agents and consoles when they connect.
pub const PROTOCOL_VERSION: u16 = 1;
/// Largest text frame accepted from an agent, in bytes: 64 fixes and a command fit well within it.
pub const MAX_AGENT_FRAME_BYTES: usize = 16 * 1024;
/// Largest text frame accepted from a console, in bytes: consoles only subscribe and ping.
pub const MAX_CONSOLE_FRAME_BYTES: usize = 4 * 1024;
/// Most fixes in one frame; a backlog after a cut goes out in frames of this size.
pub const MAX_FIXES_PER_FRAME: usize = 64;
