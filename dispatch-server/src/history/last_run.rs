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

/// Tells the clock what both had reached; `recorded` is the journal's newest time, nothing where a person accepted a
/// clock that is far from it. A history that cannot be read says nothing.
pub async fn hear_last_run(clock: &Clock, recorded: Option<Timestamp>, history: &History) {
    let now = clock.now();
    let since = recorded.map_or(now, |it| it.min(now)).plus_seconds(-LOOK_BACK_SECONDS);
    let Ok(Ok(fixes)) = tokio::time::timeout(LONGEST, history.newest(since)).await else { return };
    if let Some(measured) = fixes.iter().map(|fix| fix.fix_time).max() {
        clock.reached(recorded, measured);
        clock.assess();
    }
}
