//! An event as a line of a backup, of an export, or of a file of lost events.

use dispatch_core::model::{CentreId, Timestamp};
use dispatch_desk::journal::StoredEvent;
use serde::{Deserialize, Serialize};

/// An event of a centre, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EventLine {
    pub(crate) centre: CentreId,
    version: u64,
    recorded_at: Timestamp,
    made_at: Timestamp,
    kind: String,
    schema: u16,
    body: String,
    hash: [u8; 32],
}

impl EventLine {
    pub(crate) fn of(centre: &CentreId, event: StoredEvent) -> Self {
        Self {
            centre: centre.clone(),
            version: event.version,
            recorded_at: event.recorded_at,
            made_at: event.made_at,
            kind: event.kind,
            schema: event.schema,
            body: event.body,
            hash: event.hash,
        }
    }

    pub(crate) fn event(self) -> StoredEvent {
        StoredEvent {
            version: self.version,
            recorded_at: self.recorded_at,
            made_at: self.made_at,
            kind: self.kind,
            schema: self.schema,
            body: self.body,
            hash: self.hash,
        }
    }
}
