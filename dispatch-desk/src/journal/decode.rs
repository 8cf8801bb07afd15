//! The bytes of an event: written in the schema of today, read in every schema there ever was.

use super::stored::StoredEvent;
use dispatch_core::model::{Event, Provenance, Recorded};
use dispatch_core::storage::{EVENT_SCHEMA, can_read_events};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct BodyOut<'a> {
    provenance: &'a Provenance,
    event: &'a Event,
}

#[derive(Deserialize)]
struct BodyIn {
    provenance: Provenance,
    event: Event,
}

/// Why stored bytes are not an event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A schema this build does not know.
    #[error("it is written in schema {0}, which this release cannot read; install a later one")]
    UnknownSchema(u16),
    /// Not the JSON of an event.
    #[error("its body is not an event: {0}")]
    NotAnEvent(String),
}

/// The stored form of an event, still without its hash.
///
/// # Panics
/// Never for events of the core: all their map keys are text and all numbers finite.
pub(super) fn encode(recorded: &Recorded) -> StoredEvent {
    let body = BodyOut { provenance: &recorded.provenance, event: &recorded.event };
    StoredEvent {
        version: recorded.version,
        recorded_at: recorded.provenance.recorded_at,
        made_at: recorded.provenance.made_at,
        kind: recorded.event.kind().to_owned(),
        schema: EVENT_SCHEMA,
        body: serde_json::to_string(&body).expect("an event is always writable as JSON"),
        hash: [0; 32],
    }
}

/// The event in a stored row. A schema older than today's is brought up by the core's upcasters
/// before it is parsed; today there is one schema, so every readable body parses as it stands.
///
/// # Errors
/// When the schema is unknown or the body is damaged.
pub fn decode(stored: &StoredEvent) -> Result<Recorded, DecodeError> {
    if !can_read_events(stored.schema) {
        return Err(DecodeError::UnknownSchema(stored.schema));
    }
    let body: BodyIn = serde_json::from_str(&stored.body)
        .map_err(|error| DecodeError::NotAnEvent(error.to_string()))?;
    Ok(Recorded { version: stored.version, provenance: body.provenance, event: body.event })
}
