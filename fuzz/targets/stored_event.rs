//! Stored bytes: an event's body and a snapshot's. Damaged ones are refused; what can be read is
//! written again and reads back the same.
#![no_main]

use dispatch_core::CentreState;
use dispatch_core::model::{Event, Provenance, Timestamp};
use dispatch_core::storage::EVENT_SCHEMA;
use dispatch_desk::journal::{StoredEvent, decode};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;

#[derive(Serialize)]
struct Body<'a> {
    provenance: &'a Provenance,
    event: &'a Event,
}

fuzz_target!(|text: &str| {
    let stored = |body: String, schema| StoredEvent {
        version: 1,
        recorded_at: Timestamp(0),
        made_at: Timestamp(0),
        kind: String::new(),
        schema,
        body,
        hash: [0; 32],
    };
    assert!(decode(&stored(text.to_owned(), u16::MAX)).is_err(), "a schema of the future");
    if let Ok(read) = decode(&stored(text.to_owned(), EVENT_SCHEMA)) {
        let body = Body { provenance: &read.provenance, event: &read.event };
        let json = serde_json::to_string(&body).expect("an event is always writable as JSON");
        let again = decode(&stored(json, EVENT_SCHEMA)).expect("an event reads back");
        assert_eq!(again, read);
    }
    if let Ok(state) = serde_json::from_str::<CentreState>(text) {
        let json = serde_json::to_string(&state).expect("a state is always writable as JSON");
        let again: CentreState = serde_json::from_str(&json).expect("a state reads back");
        assert_eq!(again, state);
    }
});
