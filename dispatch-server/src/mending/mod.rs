//! What is done from the command line about a journal that was damaged, set back or may be tampered with: heads
//! anchored, a damaged end cut off and kept, lost commands recorded again as such.

mod cut;
mod error;
mod lost_commands;

pub use cut::mend;
pub use error::MendingError;

use crate::archive::EventLine;
use crate::settings::{AnchorHeads, IncarnationArgument, RecordLost, journal_key};
use crate::stores::AnyJournal;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::journal::{Anchor, Append, Journal, Loaded, StoredEvent, add_anchors, load};
use lost_commands::record_again;
use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::path::Path;

/// Adds the heads of all journals to a file; gives the line to print.
///
/// # Errors
/// See [`MendingError`].
pub async fn anchor(asked: &AnchorHeads) -> Result<String, MendingError> {
    let data = asked.store.data.as_deref().unwrap_or(Path::new("."));
    let key = journal_key(asked.key.journal_key.as_deref(), data)?;
    let journal = AnyJournal::open(&asked.store.storage()?).await?;
    let at = Clock::system().now();
    let mut anchors = Vec::new();
    for (centre, head) in journal.journal().heads().await? {
        let incarnation = load(&*journal.journal(), &centre).await?.state.incarnation();
        anchors.push(Anchor { at, centre, head, incarnation });
    }
    journal.close().await;
    add_anchors(&asked.out, &anchors, &key)
        .map_err(|why| MendingError::File(asked.out.display().to_string(), why))?;
    Ok(format!("{} heads added to {}", anchors.len(), asked.out.display()))
}

/// Records at each centre that an older copy took the journal's place, and nothing of what may have been lost is
/// known; gives what new incidents carry in their numbers. A server that remembers more adds to it.
///
/// # Errors
/// See [`MendingError`].
pub(crate) async fn restored(
    journal: &dyn Journal,
    count: IncarnationArgument,
) -> Result<String, MendingError> {
    let highest_known = count.incarnation.unwrap_or(0).saturating_sub(1);
    let mut counts = BTreeSet::new();
    for (centre, head) in journal.heads().await? {
        let (from_version, to_version) = (head.version, head.version);
        let set_back = SetBack { incarnation: 0, from_version, to_version, incidents: Vec::new() };
        counts.insert(record(journal, &centre, set_back, highest_known).await?);
    }
    let counts: Vec<String> = counts.iter().map(|count| format!("...r{count}")).collect();
    Ok(counts.join(", "))
}

/// Records the set-back on what is there, so that what is recorded from here on has numbers of its own.
async fn record(
    journal: &dyn Journal,
    centre: &CentreId,
    set_back: SetBack,
    highest_known: u64,
) -> Result<u64, MendingError> {
    let loaded = load(journal, centre).await?;
    let (incarnation, event) = event_of(journal, &loaded, set_back, highest_known).await?;
    let append = Append { centre, after: loaded.head, events: &[event] };
    let appended = journal.append(&[append]).await;
    appended.map_err(|error| MendingError::Refused(error.to_string()))?;
    Ok(incarnation)
}

/// The event that records a set-back after what was loaded, and what new incidents carry in their numbers.
async fn event_of(
    journal: &dyn Journal,
    loaded: &Loaded,
    set_back: SetBack,
    highest_known: u64,
) -> Result<(u64, StoredEvent), MendingError> {
    let (centre, mut head) = (&loaded.state.centre, loaded.head);
    let incarnation = loaded.state.incarnation().max(highest_known) + 1;
    let last = journal.read(centre, head.version.saturating_sub(1), 1).await?;
    let last = last.first().filter(|row| row.version == head.version);
    let latest = last.map_or(Timestamp::default(), |row| row.recorded_at);
    let now = Clock::system().now().max(latest);
    let recorded = Recorded {
        version: head.version + 1,
        provenance: Provenance {
            terminal_clock: None,
            made_at: now,
            recorded_at: now,
            origin: Origin::Automatic { rule: "mended".to_owned() },
            vehicle_online: None,
            clock_doubtful: false,
            command_id: None,
            confirmed: Vec::new(),
        },
        event: Event::JournalSetBack { set_back: SetBack { incarnation, ..set_back } },
    };
    Ok((incarnation, head.extend(centre, &recorded)))
}

/// Records again what a file of lost events tells; gives the line to print. Doing it twice records nothing
/// twice.
///
/// # Errors
/// See [`MendingError`].
pub async fn record_lost(asked: &RecordLost) -> Result<String, MendingError> {
    let failed = |why| MendingError::File(asked.from.display().to_string(), why);
    let file = std::fs::File::open(&asked.from).map_err(failed)?;
    let mut lost: Vec<(CentreId, StoredEvent)> = Vec::new();
    for line in io::BufReader::new(file).lines() {
        let line: EventLine =
            serde_json::from_str(&line.map_err(failed)?).map_err(|error| failed(error.into()))?;
        lost.push((line.centre.clone(), line.event()));
    }
    let store = AnyJournal::open(&asked.store.storage()?).await?;
    let done = record_again(store.journal(), &lost).await?;
    store.close().await;
    Ok(done.to_string())
}
