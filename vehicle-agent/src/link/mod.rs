//! The vehicle's side of the link: what to number, keep, send, resend and show.
//!
//! Sans-IO: the caller feeds in what happened and the time, and carries out what comes out. No
//! clock, no socket, no disk and no chance in here, so simulations and tests run the real one.

mod arrival;
mod backoff;
mod command_queue;
mod duty;
mod fix_queue;
mod measured;
mod moment;
mod next_step;
mod odometer;
mod overlay;
mod press;
mod receive;
mod renewal;
mod report;
mod routes;
mod screen_state;
mod send;
mod server_time;
mod session;
mod storing;
mod traffic;
mod undated;
mod view;

pub use moment::Now;
pub use next_step::NextStep;
pub use press::{
    MAX_NOTE_CHARS, MAX_STORED_CALLS_FOR_HELP, MAX_STORED_COMMANDS, MOST_CREW_MEMBERS,
    MOST_MEMBER_CHARS, PressRefused,
};
pub use report::{Batch, Reported};
pub use screen_state::{
    LinkPhase, OrderStage, ScreenState, ShownFix, ShownRefusal, ShownRenewal, UndoOffer,
};
pub use session::{Input, Link, LinkSettings, Output, ReceiptPolicy};

/// Most fixes kept for a server that cannot be reached; above it old ones are thinned. Eight hours
/// on a task at a fix every two seconds are 14 400.
pub const MAX_STORED_FIXES: usize = 20_000;
/// For how long a press may be taken back with one touch, in milliseconds.
pub const UNDO_MS: i64 = 10_000;
