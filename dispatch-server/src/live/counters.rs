//! What the links count. Handles are looked up once: a lookup for every frame would cost as much as
//! judging a fix.

use dispatch_core::fleet::FixQuality;
use metrics::{Counter, Gauge, counter, gauge};

/// The counters of the links.
pub(super) struct Counters {
    /// Agent links open now.
    pub(super) agent_links: Gauge,
    /// Console links open now.
    pub(super) console_links: Gauge,
    /// Frames received from agents.
    pub(super) agent_frames: Counter,
    /// Frames from agents that were no message.
    pub(super) agent_bad_frames: Counter,
    /// Frames from agents that had to wait because they came too fast.
    pub(super) agent_frames_held: Counter,
    /// Fixes handed to history.
    pub(super) fixes: Counter,
    /// Fixes judged, by quality, in the order of `FixQuality`.
    by_quality: [Counter; 4],
    /// Fixes that are none: off the globe, impossible numbers.
    pub(super) fixes_refused: Counter,
    /// Fixes not taken because history was full; terminals send them again.
    pub(super) fixes_put_off: Counter,
    /// Commands of crews recorded.
    pub(super) commands: Counter,
    /// Commands of crews recorded as refused.
    pub(super) commands_refused: Counter,
    /// Tries to record a command that have to be repeated.
    pub(super) commands_retried: Counter,
    /// Snapshots sent to consoles.
    pub(super) snapshots: Counter,
    /// Consoles that came back and were told only what they missed.
    pub(super) resumed: Counter,
    /// Consoles that fell behind the ring.
    pub(super) fell_behind: Counter,
    /// Position ticks that a slow console did not see.
    pub(super) ticks_skipped: Counter,
    /// Encoded changes.
    pub(super) changes: Counter,
}

impl Counters {
    /// Counts a judged fix.
    pub(super) fn judged(&self, quality: FixQuality) {
        let index = match quality {
            FixQuality::Fresh => 0,
            FixQuality::Late => 1,
            FixQuality::Suspect => 2,
            FixQuality::Frozen => 3,
        };
        self.by_quality[index].increment(1);
    }

    /// The handles of the recorder installed now.
    pub(super) fn new() -> Self {
        Self {
            agent_links: gauge!("helan_agent_links"),
            console_links: gauge!("helan_console_links"),
            agent_frames: counter!("helan_agent_frames_total"),
            agent_bad_frames: counter!("helan_agent_bad_frames_total"),
            agent_frames_held: counter!("helan_agent_frames_held_total"),
            fixes: counter!("helan_agent_fixes_total"),
            by_quality: ["fresh", "late", "suspect", "frozen"]
                .map(|quality| counter!("helan_fixes_judged_total", "quality" => quality)),
            fixes_refused: counter!("helan_agent_fixes_refused_total"),
            fixes_put_off: counter!("helan_agent_fixes_put_off_total"),
            commands: counter!("helan_agent_commands_total"),
            commands_refused: counter!("helan_agent_commands_refused_total"),
            commands_retried: counter!("helan_agent_commands_retried_total"),
            snapshots: counter!("helan_console_snapshots_total"),
            resumed: counter!("helan_console_resumed_total"),
            fell_behind: counter!("helan_console_fell_behind_total"),
            ticks_skipped: counter!("helan_console_ticks_skipped_total"),
            changes: counter!("helan_console_changes_total"),
        }
    }
}
