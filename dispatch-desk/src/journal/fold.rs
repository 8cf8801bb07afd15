//! From bytes to state: the newest usable snapshot, then the journal's tail on top of it.

use super::chain::{Head, link};
use super::contract::{Journal, JournalFailure, ROWS_PER_READ};
use super::decode::{DecodeError, decode};
use super::key::JournalKey;
use super::snapshot::open_snapshot;
use super::stored::Hash;
use super::stored::{StoredEvent, StoredSnapshot};
use dispatch_core::model::{CentreId, IncidentId, Recorded};
use dispatch_core::{CentreState, apply};

/// A centre as its journal tells it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The state after all events.
    pub state: CentreState,
    /// The journal's head at that state.
    pub head: Head,
    /// The head of the snapshot it began from; nothing when every event was read.
    pub snapshot: Option<Head>,
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

/// Loads one centre from its first event. The chain is checked on the way.
///
/// # Errors
/// When the store fails or the journal is damaged.
///
/// # Panics
/// When an event does not follow the state, as `apply` does: only a damaged journal can cause it.
pub async fn load(journal: &dyn Journal, centre: &CentreId) -> Result<Loaded, LoadError> {
    load_upto(journal, centre, u64::MAX).await
}

/// Loads one centre from its first event up to a version, as it stood then.
///
/// # Errors
/// As [`load`].
///
/// # Panics
/// As [`load`].
pub async fn load_upto(
    journal: &dyn Journal,
    centre: &CentreId,
    version: u64,
) -> Result<Loaded, LoadError> {
    let mut loaded = Loaded::nothing(centre);
    loaded.read_upto(journal, version).await.map(|()| loaded)
}

/// Loads one centre: the newest snapshot that agrees with the journal and was made by a holder of the key,
/// and every event after it. The chain of the events read is checked on the way.
///
/// # Errors
/// As [`load`].
///
/// # Panics
/// As [`load`].
pub async fn load_from_snapshot(
    journal: &dyn Journal,
    centre: &CentreId,
    key: &JournalKey,
) -> Result<Loaded, LoadError> {
    match load_as_far_as_whole(journal, centre, key).await? {
        (loaded, None) => Ok(loaded),
        (_, Some(damage)) => Err(damage),
    }
}

/// The same up to the last event that can be read and follows, with what stands in the way of the rest.
///
/// # Errors
/// When the store fails.
///
/// # Panics
/// As [`load`].
pub(crate) async fn load_as_far_as_whole(
    journal: &dyn Journal,
    centre: &CentreId,
    key: &JournalKey,
) -> Result<(Loaded, Option<LoadError>), JournalFailure> {
    let begun = start(journal, centre, key).await?;
    let mut loaded = begun.unwrap_or_else(|| Loaded::nothing(centre));
    match loaded.read_upto(journal, u64::MAX).await {
        Ok(()) => Ok((loaded, None)),
        Err(LoadError::Failed(failure)) => Err(failure),
        Err(damage @ (LoadError::Undecodable { .. } | LoadError::Damaged { .. })) => {
            Ok((loaded, Some(damage)))
        }
    }
}

impl Loaded {
    fn nothing(centre: &CentreId) -> Self {
        let state = CentreState::new(centre.clone());
        Self { state, head: Head::empty(centre), snapshot: None }
    }

    /// Reads on; after an error it holds what came before.
    async fn read_upto(&mut self, journal: &dyn Journal, version: u64) -> Result<(), LoadError> {
        let centre = self.state.centre.clone();
        loop {
            let rows = journal.read(&centre, self.head.version, ROWS_PER_READ).await?;
            let wanted = rows.iter().take_while(|row| row.version <= version);
            let mut read = 0_usize;
            for row in wanted {
                read += 1;
                apply(&mut self.state, &follow(&mut self.head, &centre, row)?);
            }
            if read == 0 {
                return Ok(());
            }
        }
    }
}

/// What lies in a journal after a head.
#[derive(Clone, Debug)]
pub(crate) enum Stretch {
    /// These events, each with its hash, checked against the chain; none at the end.
    Events(Vec<(Hash, Recorded)>),
    /// The journal does not hold the head: it was set back, or is another one.
    SetBack,
}

/// The next stretch of a journal after `head`, at most [`ROWS_PER_READ`] events.
pub(crate) async fn read_on(
    journal: &dyn Journal,
    centre: &CentreId,
    mut head: Head,
) -> Result<Stretch, LoadError> {
    let rows = journal.read(centre, head.version.saturating_sub(1), ROWS_PER_READ).await?;
    let mut rows = rows.as_slice();
    if head.version > 0 {
        match rows.split_first() {
            Some((own, later)) if own.version == head.version && own.hash == head.hash => {
                rows = later;
            }
            Some(_) | None => return Ok(Stretch::SetBack),
        }
    }
    let read = rows.iter().map(|row| Ok((row.hash, follow(&mut head, centre, row)?)));
    read.collect::<Result<_, LoadError>>().map(Stretch::Events)
}

/// Whether a journal holds a head.
pub async fn holds(
    journal: &dyn Journal,
    centre: &CentreId,
    head: &Head,
) -> Result<bool, JournalFailure> {
    let Some(before) = head.version.checked_sub(1) else { return Ok(true) };
    let rows = journal.read(centre, before, 1).await?;
    Ok(rows.first().is_some_and(|row| row.version == head.version && row.hash == head.hash))
}

/// Checks the chain of a journal from its first event up to a head, a stretch at a time.
pub(crate) async fn check_chain(
    journal: &dyn Journal,
    centre: &CentreId,
    upto: &Head,
) -> Result<(), LoadError> {
    let mut head = Head::empty(centre);
    while head.version < upto.version {
        let rows = journal.read(centre, head.version, ROWS_PER_READ).await?;
        let damaged = LoadError::Damaged { centre: centre.clone(), version: head.version + 1 };
        let known = rows.iter().take_while(|row| row.version <= upto.version);
        let mut read = 0_usize;
        for row in known {
            follow(&mut head, centre, row)?;
            read += 1;
        }
        if read == 0 || (head.version == upto.version && head.hash != upto.hash) {
            return Err(damaged);
        }
        // Commands go first: what is checked here has waited for years.
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Checks that a stored event follows the head, moves the head on and gives the event.
fn follow(head: &mut Head, centre: &CentreId, row: &StoredEvent) -> Result<Recorded, LoadError> {
    if row.version != head.version + 1 || row.hash != link(&head.hash, centre, row) {
        return Err(LoadError::Damaged { centre: centre.clone(), version: head.version + 1 });
    }
    let recorded = decoded(centre, row)?;
    *head = Head { version: row.version, hash: row.hash };
    Ok(recorded)
}

/// The events of a centre after a head, in order, at most [`ROWS_PER_READ`], each checked to follow the one before; the head
/// moves on with them. For whoever reads a journal from outside its desk.
///
/// # Errors
/// When the store fails, an event cannot be read, or one is missing or was changed.
pub async fn read_checked(
    journal: &dyn Journal,
    centre: &CentreId,
    head: &mut Head,
) -> Result<Vec<Recorded>, LoadError> {
    let rows = journal.read(centre, head.version, ROWS_PER_READ).await?;
    rows.iter().map(|row| follow(head, centre, row)).collect()
}

/// The events of a centre after a version, in order, each with its hash.
pub async fn read_hashed(
    journal: &dyn Journal,
    centre: &CentreId,
    after: u64,
    limit: u32,
) -> Result<Vec<(Hash, Recorded)>, LoadError> {
    let rows = journal.read(centre, after, limit).await?;
    rows.iter().map(|row| Ok((row.hash, decoded(centre, row)?))).collect()
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

/// The events of a centre about one incident after a version, in order, at most `limit` and `ROWS_PER_READ`.
///
/// # Errors
/// When the store fails or an event cannot be read.
pub async fn read_events_of_incident(
    journal: &dyn Journal,
    centre: &CentreId,
    incident: &IncidentId,
    after: u64,
    limit: u32,
) -> Result<Vec<Recorded>, LoadError> {
    let rows = journal.read_incident(centre, incident, after, limit).await?;
    rows.iter().map(|row| decoded(centre, row)).collect()
}

fn decoded(centre: &CentreId, row: &StoredEvent) -> Result<Recorded, LoadError> {
    decode(row).map_err(|error| LoadError::Undecodable {
        centre: centre.clone(),
        version: row.version,
        error,
    })
}

/// The newest snapshot that may be used.
async fn start(
    journal: &dyn Journal,
    centre: &CentreId,
    key: &JournalKey,
) -> Result<Option<Loaded>, JournalFailure> {
    let snapshots = match journal.load_snapshots(centre).await {
        Ok(snapshots) => snapshots,
        // A cache on a damaged part of the disk stops no server whose journal can be read.
        Err(error) => {
            tracing::warn!(%centre, %error, "the snapshots cannot be read; the journal is read from its beginning");
            return Ok(None);
        }
    };
    for snapshot in snapshots {
        let head = head_at(journal, centre, &snapshot).await?;
        match open_snapshot(&snapshot, centre, head.as_ref(), Some(key)) {
            Ok(state) if state.centre == *centre => {
                let head = Head { version: snapshot.version, hash: snapshot.hash };
                return Ok(Some(Loaded { state, head, snapshot: Some(head) }));
            }
            Ok(_) => discard(journal, centre, &snapshot, "it is of another centre").await,
            Err(why) => discard(journal, centre, &snapshot, &why).await,
        }
    }
    Ok(None)
}

/// A snapshot that does not fit would push out those that do, since the highest versions are kept.
async fn discard(journal: &dyn Journal, centre: &CentreId, snapshot: &StoredSnapshot, why: &str) {
    let version = snapshot.version;
    tracing::warn!(%centre, version, why, "a snapshot is discarded; the journal is read from further back");
    if let Err(error) = journal.discard_snapshot(centre, version).await {
        tracing::warn!(%centre, version, %error, "it could not be discarded");
    }
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
