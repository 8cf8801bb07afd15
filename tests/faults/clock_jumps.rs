//! Clocks that jump under servers at work, by years or by an hour: a dead battery, a time server that went mad, a machine
//! moved while it ran.

use crate::gear::{Journals, Site, now_ms};

/// How far what is recorded may be from this machine's clock.
const CLOSE_MILLIS: i64 = 5_000;

/// Jumps, in turn by the server they happen to.
const JUMPS: [&str; 3] = ["+1461d", "-3600s", "+90s"];

/// Makes a server's clock jump.
pub(crate) fn begin(site: &Site, server: usize) {
    site.shift_clock(server, JUMPS[server % JUMPS.len()]);
}

/// Sets it right again.
pub(crate) fn end(site: &Site, server: usize) {
    site.shift_clock(server, "+0");
}

/// Whatever the servers' clocks said, everything was recorded at the right time.
pub(crate) fn nothing_was_recorded_by_a_wrong_clock(journals: &Journals, began: i64) {
    let allowed = began - CLOSE_MILLIS..=now_ms() + CLOSE_MILLIS;
    for (centre, events) in &journals.0 {
        for event in events {
            let at = event.provenance.recorded_at.0;
            assert!(
                allowed.contains(&at),
                "{centre} {}: {at} is not in {allowed:?}",
                event.version
            );
        }
    }
}
