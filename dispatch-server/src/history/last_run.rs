//! What time it had become by the end of the last run, by two witnesses that do not know of each other: the journal,
//! and the receivers whose positions are kept.

use super::handle::History;
use dispatch_core::model::Timestamp;
use dispatch_desk::clock::Clock;
use std::time::Duration;

/// How far before the journal's newest event a position counts: a fleet that was silent longer says nothing.
const LOOK_BACK_SECONDS: i64 = 24 * 3_600;

/// Longest wait for the history at a start, which must take seconds.
const LONGEST: Duration = Duration::from_secs(2);

/// Tells the clock that it is later than both had reached; `recorded` is the journal's newest time. A history that
/// cannot be read says nothing.
pub async fn hear_last_run(clock: &Clock, recorded: Timestamp, history: &History) {
    let since = recorded.plus_seconds(-LOOK_BACK_SECONDS);
    let Ok(Ok(fixes)) = tokio::time::timeout(LONGEST, history.newest(since)).await else { return };
    if let Some(measured) = fixes.iter().map(|fix| fix.fix_time).max() {
        clock.reached(recorded.min(measured));
        clock.assess();
    }
}
