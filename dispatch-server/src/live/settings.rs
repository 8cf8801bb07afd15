//! Settings of the live links.

use super::limits::{FrameAllowance, RING_BYTES, RING_ENTRIES};
use super::link::Pulse;
use super::redis_address::RedisAddress;
use dispatch_core::fleet::FixNorms;
use dispatch_desk::space::Space;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use wire_protocol::agent::ReportSeconds;

/// Settings of the live links; the defaults are those of operation.
#[derive(Clone, Debug)]
pub struct LiveSettings {
    /// Between two position frames to consoles; 250 to 1000 ms.
    pub position_tick: Duration,
    /// Between two looks at when the vehicles under way will be there.
    pub arrivals_tick: Duration,
    /// Between two looks at what positions show of movement.
    pub movement_tick: Duration,
    /// Most vehicles that can have a slot; a fleet index of this size is made at start.
    pub most_vehicles: u32,
    /// What terminals are asked to keep between fixes.
    pub report_seconds: ReportSeconds,
    /// The agent links that terminals are told of, for when this server is away.
    pub terminal_servers: Arc<[String]>,
    /// The first message of a link must come within this time.
    pub first_message_limit: Duration,
    /// So long a terminal waits for its vehicle to have a centre: one that is just handed over has none for a moment.
    pub centre_limit: Duration,
    /// Every link looks around so often: it acknowledges what has become durable, asks a quiet peer
    /// for a sign of life and notices a dead one.
    pub heartbeat: Duration,
    /// A peer from which nothing came for this long is taken to be gone; asked after a third of it.
    pub silence_limit: Duration,
    /// By what fixes are judged; a simulation that runs faster than the clock needs a higher top speed.
    pub fix_norms: FixNorms,
    /// How many frames a terminal may send.
    pub agent_frames: FrameAllowance,
    /// Messages of the feed kept per centre for consoles that lag or come back.
    pub ring_entries: usize,
    /// Bytes of them.
    pub ring_bytes: usize,
    /// Names the journal that servers share, so that a console can move between them; nothing when the
    /// journal is this server's own.
    pub journal_name: Option<String>,
    /// Room on the disk that positions are written to; nothing where it is not ours to watch.
    pub space: Option<Space>,
    /// Names the database as it runs now, so that words of servers of a copy of it are not taken for those of this
    /// one; without it the journal's name has to do.
    pub database_run: Option<watch::Receiver<Option<String>>>,
    /// Whether the region folder is not newer than the one whose vehicles are in service; consoles are told.
    pub region_is_old: bool,
    /// Where servers tell each other of positions and links; nothing for a server that is alone.
    pub redis: Option<RedisAddress>,
}

impl Default for LiveSettings {
    fn default() -> Self {
        Self {
            position_tick: Duration::from_millis(500),
            arrivals_tick: Duration::from_secs(5),
            // Terminals under way report each second or every few.
            movement_tick: Duration::from_secs(2),
            most_vehicles: 20_000,
            report_seconds: ReportSeconds { on_task: 1, available: 2, idle: 10 },
            terminal_servers: Arc::default(),
            first_message_limit: Duration::from_secs(10),
            centre_limit: Duration::from_secs(5),
            heartbeat: Duration::from_secs(5),
            silence_limit: Duration::from_secs(45),
            fix_norms: FixNorms::default(),
            agent_frames: FrameAllowance::default(),
            ring_entries: RING_ENTRIES,
            ring_bytes: RING_BYTES,
            journal_name: None,
            space: None,
            database_run: None,
            region_is_old: false,
            redis: None,
        }
    }
}

impl LiveSettings {
    /// The times of a link whose peer may send so many frames.
    pub(super) fn pulse(&self, allowance: FrameAllowance) -> Pulse {
        Pulse {
            first_message_limit: self.first_message_limit,
            heartbeat: self.heartbeat,
            silence_limit: self.silence_limit,
            allowance,
        }
    }
}
