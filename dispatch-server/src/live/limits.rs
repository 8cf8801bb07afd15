//! The bounds of the live links, each with its reason.

use std::time::Duration;

/// Bytes of a link's read buffer. The default of 128 KiB costs 130 KiB a vehicle and twice the CPU.
pub const READ_BUFFER_BYTES: usize = 4 * 1024;
/// Bytes an agent link gathers before it writes; its messages are small and flushed one by one.
pub const AGENT_WRITE_BUFFER_BYTES: usize = 1024;
/// Bytes a console link gathers before it writes.
pub const CONSOLE_WRITE_BUFFER_BYTES: usize = 16 * 1024;
/// The WebSocket layer refuses a frame this many times over the limit by its header alone. Between
/// the two the frame is read, so that its sender can be told the exact code.
pub const HARD_FRAME_FACTOR: usize = 4;
/// Frames that are no message, from one link, before it is closed. One or two are a bug worth
/// surviving; eight are a stranger.
pub const MOST_BAD_FRAMES: u8 = 8;
/// Longest name of an outbox, in characters; agents use a UUID.
pub const MOST_OUTBOX_CHARS: usize = 40;
/// Longest id of a task or hospital kept from a command; ids of ours are far shorter.
pub const MOST_ID_CHARS: usize = 100;
/// Commands of one link that wait while one is being recorded. A crew presses one in minutes; a backlog
/// is taken from the socket as it is recorded.
pub const MOST_WAITING_COMMANDS: usize = 8;
/// Frames of fixes handed to history and not yet durable, per link; then the link is read no more
/// until one is, and the network holds the sender back.
pub const MOST_PENDING_FRAMES: usize = 16;
/// Fixes in one frame from which the sender has a backlog and waits for the answer.
pub const BACKLOG_FIXES: usize = 8;
/// A message that cannot be written to an agent within this time ends the link: its buffers and the
/// network's are full and nobody reads.
pub const WRITE_LIMIT: Duration = Duration::from_secs(10);
/// The same for a console, whose snapshot of some megabytes may need a slow line.
pub const CONSOLE_WRITE_LIMIT: Duration = Duration::from_secs(60);
/// Time for the last words on a link that is being closed.
pub const FAREWELL_LIMIT: Duration = Duration::from_secs(1);
/// First pause before a command that could not be recorded is tried again.
pub const COMMAND_RETRY_FIRST: Duration = Duration::from_millis(100);
/// Longest pause before a command that could not be recorded is tried again.
pub const COMMAND_RETRY_LONGEST: Duration = Duration::from_secs(5);

/// Entries of the feed kept per centre for consoles that lag or come back: an hour of a city's
/// busiest evening.
pub const RING_ENTRIES: usize = 4096;
/// Bytes of encoded changes kept per centre; a change is one to ten KiB.
pub const RING_BYTES: usize = 8 * 1024 * 1024;
/// Log lines in a snapshot, per centre: what a screen can scroll.
pub const LOG_LINES: usize = 200;
/// Ended incidents in a snapshot are those of the last hours of one shift, in milliseconds.
pub const RECENT_MILLIS: i64 = 8 * 3600 * 1000;
/// How long a made snapshot serves further consoles of the same scope, which then get the changes
/// since; so five hundred consoles coming back together cost one snapshot, not five hundred.
pub const SNAPSHOT_REUSE: Duration = Duration::from_millis(500);
/// Entries a console takes from the ring at one time.
pub const ENTRIES_AT_ONCE: usize = 32;
/// Snapshots a console may need because it fell behind, within one link; the next time it is closed.
pub const MOST_CATCH_UPS: u8 = 1;
/// What a console may send: it subscribes once and pings. More is closed at once, because a browser
/// has no backlog.
pub const CONSOLE_FRAMES: FrameAllowance =
    FrameAllowance { per_second: 5.0, burst: 50.0, held_before_closing: 0 };

/// How many frames a link may send: a bucket of `burst` that fills with `per_second`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrameAllowance {
    /// Frames a second in the long run.
    pub per_second: f64,
    /// Frames at one time.
    pub burst: f64,
    /// Frames that had to wait, with no quiet between them, before the link is closed as a flood.
    /// Quiet is when half of the burst is free again.
    pub held_before_closing: u32,
}

impl Default for FrameAllowance {
    /// 20 a second, 100 at one time: a terminal sends one or two a second, and a backlog of eight
    /// hours (450 frames of 64 fixes) is through in half a minute. 2 000 frames over the
    /// allowance are more than the longest backlog a terminal keeps.
    fn default() -> Self {
        Self { per_second: 20.0, burst: 100.0, held_before_closing: 2000 }
    }
}
