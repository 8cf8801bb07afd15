//! Where the vehicles were before this server began: read from history once, and shown as old as it is.
//!
//! Without it a vehicle that has lost its signal would be nowhere after a restart.

use super::Live;
use dispatch_core::fleet::{Fix, LiveFix};
use dispatch_core::model::Timestamp;
use std::time::Duration;

/// How far back a vehicle is looked for: half a shift. After that its last place says nothing, and a marker
/// there would only mislead; one at its station is believed to be there without any fix.
const LOOK_BACK_SECONDS: i64 = 6 * 3_600;

/// Longest wait for the history at a start, which must take seconds.
const LONGEST: Duration = Duration::from_secs(2);

impl Live {
    /// Puts every marker where history has it. A history that cannot be read costs the old places only.
    pub async fn restore_positions(&self) {
        let shared = &self.shared;
        let since = shared.clock.now().plus_seconds(-LOOK_BACK_SECONDS);
        let rows = match tokio::time::timeout(LONGEST, shared.history.newest(since)).await {
            Ok(Ok(rows)) => rows,
            Ok(Err(error)) => {
                tracing::warn!(%error, "where the vehicles were last is not known");
                return;
            }
            Err(_) => {
                tracing::warn!("the history is slow; where the vehicles were last is not known");
                return;
            }
        };
        let mut remembered = 0;
        for row in rows {
            let Some(cell) = shared.fleet.find(&row.vehicle) else { continue };
            let fix = Fix {
                position: row.position,
                fix_time: row.fix_time,
                speed_mps: row.speed_mps,
                heading_deg: row.heading_deg,
            };
            let received_at: Timestamp = row.received_at;
            shared.fleet.adopt(&cell, LiveFix { fix, received_at, quality: row.quality });
            remembered += 1;
        }
        tracing::info!(remembered, "the vehicles stand where they were last seen");
    }
}
