//! From bytes to state: the newest usable snapshot, then the journal's tail on top of it.

use super::chain::{Head, link};
use super::contract::{Journal, JournalFailure, ROWS_PER_READ, StoredEvent, StoredSnapshot};
use super::decode::{DecodeError, decode};
use super::snapshot::open_snapshot;
use dispatch_core::model::{CentreId, Recorded};
use dispatch_core::{CentreState, apply};

/// A centre as its journal tells it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The state after all events.
    pub state: CentreState,
    /// The journal's head at that state.
    pub head: Head,
}

/// Why a journal could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The store failed.
    #[error("failed to read the journal: {0}")]
    Failed(#[from] JournalFailure),
    /// An event cannot be read.
    #[error("event {version} of {centre} cannot be read: {error}")]
    Undecodable {
        /// Whose journal.
        centre: CentreId,
        /// Which event.
        version: u64,
        /// Why.
        error: DecodeError,
    },
    /// The chain is broken or a number is missing.
    #[error("the journal of {centre} is damaged at version {version}; run the verify command")]
    Damaged {
        /// Whose journal.
        centre: CentreId,
        /// The first event that does not follow.
        version: u64,
    },
}

/// Loads one centre: the newest snapshot that agrees with the journal, and every event after it.
/// The chain of the events read is checked on the way.
///
/// # Errors
/// When the store fails or the journal is damaged.
///
/// # Panics
/// When an event does not follow the state, as `apply` does: only a damaged journal can cause it.
pub async fn load(journal: &dyn Journal, centre: &CentreId) -> Result<Loaded, LoadError> {
    let mut loaded = start(journal, centre).await?;
    loop {
        let events = read_on(journal, centre, &mut loaded.head).await?;
        if events.is_empty() {
            return Ok(loaded);
        }
        events.iter().for_each(|event| apply(&mut loaded.state, event));
    }
}

/// The next stretch of a journal after `head`, at most [`ROWS_PER_READ`] events, checked against the
/// chain; moves the head on. Empty at the end.
pub(crate) async fn read_on(
    journal: &dyn Journal,
    centre: &CentreId,
    head: &mut Head,
) -> Result<Vec<Recorded>, LoadError> {
    let rows = journal.read(centre, head.version, ROWS_PER_READ).await?;
    rows.iter().map(|row| follow(head, centre, row)).collect()
}

/// Checks that a stored event follows the head, moves the head on and gives the event.
fn follow(head: &mut Head, centre: &CentreId, row: &StoredEvent) -> Result<Recorded, LoadError> {
    if row.version != head.version + 1 || row.hash != link(&head.hash, centre, row) {
        return Err(LoadError::Damaged { centre: centre.clone(), version: head.version + 1 });
    }
    *head = Head { version: row.version, hash: row.hash };
    decoded(centre, row)
}

/// The events of a centre after a version, in order, at most `limit` and [`ROWS_PER_READ`].
///
/// # Errors
/// When the store fails or an event cannot be read.
pub async fn read_events(
    journal: &dyn Journal,
    centre: &CentreId,
    after: u64,
    limit: u32,
) -> Result<Vec<Recorded>, LoadError> {
    let rows = journal.read(centre, after, limit).await?;
    rows.iter().map(|row| decoded(centre, row)).collect()
}

fn decoded(centre: &CentreId, row: &StoredEvent) -> Result<Recorded, LoadError> {
    decode(row).map_err(|error| LoadError::Undecodable {
        centre: centre.clone(),
        version: row.version,
        error,
    })
}

async fn start(journal: &dyn Journal, centre: &CentreId) -> Result<Loaded, LoadError> {
    for snapshot in journal.load_snapshots(centre).await? {
        let head = head_at(journal, centre, &snapshot).await?;
        match open_snapshot(&snapshot, head.as_ref()) {
            Ok(state) if state.centre == *centre => {
                let head = Head { version: snapshot.version, hash: snapshot.hash };
                return Ok(Loaded { state, head });
            }
            Ok(_) => tracing::warn!(%centre, "a snapshot of another centre is passed over"),
            Err(why) => {
                tracing::warn!(%centre, version = snapshot.version, why, "a snapshot is passed over");
            }
        }
    }
    Ok(Loaded { state: CentreState::new(centre.clone()), head: Head::empty(centre) })
}

/// The journal's own head at a snapshot's version.
async fn head_at(
    journal: &dyn Journal,
    centre: &CentreId,
    snapshot: &StoredSnapshot,
) -> Result<Option<Head>, JournalFailure> {
    let Some(before) = snapshot.version.checked_sub(1) else { return Ok(None) };
    let rows = journal.read(centre, before, 1).await?;
    Ok(rows.first().map(|row| Head { version: row.version, hash: row.hash }))
}
