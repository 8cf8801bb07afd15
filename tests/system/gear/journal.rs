//! What the journal on disk says, read after the server has gone.

use dispatch_core::model::{CentreId, Origin, Recorded};
use dispatch_core::{CentreState, apply};
use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::read_events;
use dispatch_desk::journal::sqlite::SqliteJournal;
use std::path::Path;

/// Every event of a centre.
pub(crate) async fn events(data: &Path, centre: &str) -> Vec<Recorded> {
    let journal = SqliteJournal::open(&data.join(MAIN_FILE)).await.unwrap();
    let centre = CentreId::from(centre);
    let mut events: Vec<Recorded> = Vec::new();
    loop {
        let after = events.len() as u64;
        let more = read_events(&journal, &centre, after, 1_000).await.unwrap();
        if more.is_empty() {
            journal.close().await;
            return events;
        }
        events.extend(more);
    }
}

/// The state that follows from the events alone, with no snapshot and no server.
pub(crate) fn folded(centre: &str, events: &[Recorded]) -> CentreState {
    let mut state = CentreState::new(centre.into());
    events.iter().for_each(|event| apply(&mut state, event));
    state
}

/// The numbers of a crew's commands in the order in which they were recorded; a command of several events counts once.
pub(crate) fn crew_numbers(events: &[Recorded], of: &str) -> Vec<u64> {
    let mut numbers: Vec<u64> = events
        .iter()
        .filter_map(|event| match &event.provenance.origin {
            Origin::CrewTerminal { vehicle, number, .. } if vehicle.as_str() == of => Some(*number),
            Origin::CrewTerminal { .. } | Origin::Person { .. } | Origin::Automatic { .. } => None,
        })
        .collect();
    numbers.dedup();
    numbers
}
