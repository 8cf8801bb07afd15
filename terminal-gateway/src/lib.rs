//! Gateway for JT/T 808 vehicle terminals: what they say becomes fixes and presses of the agent's link, orders
//! become messages that they can show.
//!
//! | module | what always holds there |
//! |---|---|
//! | `jt808` | Codec alone: bytes to messages and back. No clock, no socket, no vehicle; reads tolerantly, writes strictly. |
//! | `jt1078` | Codec of the terminals' media packets alone: bytes to video frames. No clock, no socket; reads tolerantly. |
//! | `picture` | H.264 frames to the fragmented MP4 that browsers play; nothing is decoded. No clock, no socket. |
//! | `datum` | Coordinates by the system they are in; only WGS-84 goes on. |
//! | `keys` | What a crew can do, and by which keys of a terminal. |
//! | `session`, `binding` | One terminal's side, sans-IO: what it reports is answered only once the vehicle's outbox has it. |
//! | `inspect` | The latest frames of each terminal, and who called without being known. |
//! | `serve` | Sockets, tasks and files; decides nothing itself. Each vehicle's link and outbox are the agent's own. |

pub mod binding;
pub mod datum;
pub mod inspect;
pub mod jt1078;
pub mod jt808;
pub mod keys;
pub mod picture;
pub mod serve;
pub mod session;
