//! The stored form of every event. A golden file is never edited: what it holds lies in journals.
//!
//! A new event gets its file by running this test once with `WRITE_GOLDEN=1`, which writes files
//! that are missing and touches no other.

mod amended;
mod clocks;
mod examples;
mod linked;
mod messages;
mod movement;
mod moves;
mod patients;
mod promises;
mod scenes;
mod vehicle_log;

use dispatch_core::model::{Event, Recorded};
use dispatch_core::storage::{EVENT_SCHEMA, can_read_events};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// An example of each kind of event, with the name of its file.
pub(crate) fn examples() -> Vec<(String, Recorded)> {
    examples::all()
}

/// The kinds of event, from the model's own table.
pub(crate) fn kinds_of_the_model() -> BTreeSet<&'static str> {
    Event::KINDS.iter().copied().collect()
}

#[test]
fn every_kind_of_event_has_an_example() {
    let examples = examples::all();
    let shown: BTreeSet<&str> = examples.iter().map(|(_, e)| e.event.kind()).collect();
    assert_eq!(shown, kinds_of_the_model());
    for (name, example) in &examples {
        assert_eq!(name.split('-').next(), Some(example.event.kind()), "{name}");
        let stored = serde_json::to_value(&example.event).expect("an event is written");
        assert_eq!(stored["type"], example.event.kind());
    }
}

#[test]
fn stored_events_read_as_ever_and_are_written_as_ever() {
    for (name, example) in examples::all() {
        let path = folder().join(format!("{name}.json"));
        let written = format!("{}\n", serde_json::to_string_pretty(&example).expect("written"));
        if !path.exists() && std::env::var_os("WRITE_GOLDEN").is_some() {
            std::fs::write(&path, &written).expect("a new golden file is written");
        }
        let golden = std::fs::read_to_string(&path)
            .unwrap_or_else(|e| panic!("{}: {e}; see the head of this test", path.display()));
        let read: Recorded = serde_json::from_str(&golden).expect("a stored event is read");
        assert_eq!(read, example, "{name} reads as another event");
        assert_eq!(written, golden, "{name} would be written otherwise");
    }
}

/// A file without its example would no longer be tested.
#[test]
fn every_golden_file_is_tested() {
    let entries = std::fs::read_dir(folder()).expect("the golden folder");
    let files: BTreeSet<String> = entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    let tested: BTreeSet<String> = examples::all().into_iter().map(|(name, _)| name).collect();
    assert_eq!(files, tested);
}

#[test]
fn schemas_of_the_past_are_read_and_those_of_the_future_refused() {
    assert!((1..=EVENT_SCHEMA).all(can_read_events));
    assert!(!can_read_events(0));
    assert!(!can_read_events(EVENT_SCHEMA + 1));
}

/// A journal with a hole is a damaged journal, not something to guess around.
#[test]
#[should_panic(expected = "events are applied in order, without gaps")]
fn a_journal_with_a_hole_is_not_applied() {
    let (_, mut first) = examples::all().swap_remove(0);
    first.version = 2;
    dispatch_core::apply(&mut dispatch_core::CentreState::new("yinchuan".into()), &first);
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}
