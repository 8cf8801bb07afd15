//! The file that `dispatch-server export` writes: one stored event of one centre a line.

use super::harvest::{Harvest, Harvested};
use super::problems::{FileProblem, Problems};
use super::{PastIncident, Reading};
use dispatch_core::model::{CentreId, Timestamp};
use dispatch_desk::journal::{StoredEvent, decode};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What of a line is read; its hash covers events that the file may not hold, and is left to `verify`.
#[derive(Deserialize)]
struct Line {
    centre: CentreId,
    version: u64,
    kind: String,
    schema: u16,
    body: String,
}

/// Reads an export. Exercises, and incidents without a position, are counted in the notes and left out.
///
/// # Errors
/// Lines that are no events, or do not follow from the ones before.
pub fn read(bytes: &[u8]) -> Result<Reading, Problems> {
    let mut problems = Problems::default();
    let mut centres: BTreeMap<CentreId, Option<Harvest>> = BTreeMap::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let number = index as u64 + 1;
        let line: Line = match serde_json::from_slice(line) {
            Ok(line) => line,
            Err(error) => {
                problems.add(not_an_event(number, &error));
                continue;
            }
        };
        let harvest =
            centres.entry(line.centre.clone()).or_insert_with(|| Some(Harvest::new(&line.centre)));
        // After the first event of a centre that does not follow, its others say nothing.
        let Some(mut taking) = harvest.take() else { continue };
        match take(&mut taking, line) {
            Ok(()) => *harvest = Some(taking),
            Err(what) => problems.at_line(number, what),
        }
    }
    if centres.is_empty() && problems.count() == 0 {
        problems.of_file("holds no event; expected what `dispatch-server export` writes");
    }
    problems.or(reading(centres.into_values().flatten().map(Harvest::finish)))
}

fn not_an_event(line: u64, error: &serde_json::Error) -> FileProblem {
    let column = Some((error.column(), "JSON".to_owned()));
    let what = format!("{error}; expected an event as `dispatch-server export` writes it");
    FileProblem { line, column, what }
}

fn take(harvest: &mut Harvest, line: Line) -> Result<(), String> {
    let stored = StoredEvent {
        version: line.version,
        recorded_at: Timestamp::default(),
        made_at: Timestamp::default(),
        kind: line.kind,
        schema: line.schema,
        body: line.body,
        hash: [0; 32],
    };
    let recorded = decode(&stored).map_err(|error| error.to_string())?;
    harvest.take(&recorded)
}

/// What several centres gave, with notes on what was left out.
pub fn reading(centres: impl Iterator<Item = Harvested>) -> Reading {
    let mut incidents: Vec<PastIncident> = Vec::new();
    let (mut unplaced, mut exercises) = (0, 0);
    for centre in centres {
        incidents.extend(centre.incidents);
        unplaced += centre.unplaced;
        exercises += centre.exercises;
    }
    let mut notes = Vec::new();
    if exercises > 0 {
        notes.push(format!("left out: {exercises} exercises and line tests"));
    }
    if unplaced > 0 {
        notes.push(format!("left out: {unplaced} incidents without a position"));
    }
    Reading::new(incidents, notes)
}
