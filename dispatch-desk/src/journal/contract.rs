//! What every store of the journal must do. The contract tests hold each store to it.

use super::chain::Head;
use super::stored::{StoredEvent, StoredSnapshot};
use dispatch_core::model::{CentreId, IncidentId};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;

/// Most rows that one [`Journal::read`] gives: some megabytes, so a reader never holds the whole
/// journal of years in memory.
pub const ROWS_PER_READ: u32 = 5_000;

/// How far journals go, by centre.
pub type Heads = BTreeMap<CentreId, Head>;

/// The answer of a store, when it comes.
pub type Pending<'a, T> = BoxFuture<'a, T>;

/// Events to append to one centre's journal.
#[derive(Clone, Copy, Debug)]
pub struct Append<'a> {
    /// Whose journal.
    pub centre: &'a CentreId,
    /// What the writer has seen last: the first event follows this version and this hash.
    pub after: Head,
    /// The events, numbered onwards from `after`; at least one.
    pub events: &'a [StoredEvent],
}

impl Append<'_> {
    /// Why these events cannot follow, where the journal stands somewhere else.
    pub(super) fn conflict_with(&self, actual: Head) -> Option<AppendError> {
        let centre = || self.centre.clone();
        (actual != self.after).then(|| AppendError::Conflict { centre: centre(), actual })
    }
}

/// A stretch of a centre's journal that is taken out, with what comes in its place.
#[derive(Clone, Copy, Debug)]
pub struct Cut<'a> {
    /// The events in its place, after the last one that stays.
    pub instead: Append<'a>,
    /// The last event that is taken out, kept elsewhere by now with all before it.
    pub last: Head,
}

impl Cut<'_> {
    /// Fails where the journal has gone on after the last event that is kept elsewhere: what was recorded since would be
    /// nowhere.
    pub(super) fn check_end(&self, actual: Head) -> Result<(), JournalFailure> {
        if actual == self.last {
            return Ok(());
        }
        let (centre, last, actual) = (self.instead.centre, self.last.version, actual.version);
        Err(JournalFailure(format!(
            "the journal of {centre} ended at version {last} as it was kept and ends at {actual} now; stop every server first"
        )))
    }
}

/// The store did not do it: disk, network, lock. Worth trying again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct JournalFailure(pub String);

/// Why nothing was appended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Somebody else was first, or the journal was set back behind the writer.
    #[error("the journal of {centre} stands at version {}", actual.version)]
    Conflict {
        /// The first centre that did not stand where the writer thought.
        centre: CentreId,
        /// Where its journal stands.
        actual: Head,
    },
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] JournalFailure),
}

/// A store of journals. Any number of processes may use one store at the same time.
pub trait Journal: Send + Sync {
    /// Makes the events of all these centres durable in one transaction, or none of them.
    ///
    /// # Errors
    /// [`AppendError::Conflict`] when a journal does not stand at `after`. The key (centre, version) and the
    /// hash of the event before are the arbiter, kept by the database itself: two writers never both succeed,
    /// no number is left out, and nothing follows an event that the journal does not hold.
    /// After [`AppendError::Failed`] the writer cannot know and must read before it writes again.
    fn append<'a>(&'a self, appends: &'a [Append<'a>]) -> Pending<'a, Result<(), AppendError>>;

    /// The events of a centre with versions above `after`, in order, at most `limit` and never more
    /// than [`ROWS_PER_READ`].
    ///
    /// # Errors
    /// When the store fails.
    fn read<'a>(
        &'a self,
        centre: &'a CentreId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>>;

    /// The events of a centre about one incident with versions above `after`, in order, at most `limit` and
    /// never more than [`ROWS_PER_READ`]: those that name it, or a task of it. Reads no others.
    ///
    /// # Errors
    /// When the store fails.
    fn read_incident<'a>(
        &'a self,
        centre: &'a CentreId,
        incident: &'a IncidentId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>>;

    /// How far each journal that has events goes, and the hash there.
    ///
    /// # Errors
    /// When the store fails.
    fn heads(&self) -> Pending<'_, Result<Heads, JournalFailure>>;

    /// Keeps a snapshot and forgets all but the newest [`super::KEPT_SNAPSHOTS`] of the centre.
    ///
    /// # Errors
    /// When the store fails.
    fn save_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        snapshot: &'a StoredSnapshot,
    ) -> Pending<'a, Result<(), JournalFailure>>;

    /// The snapshots of a centre, newest first.
    ///
    /// # Errors
    /// When the store fails.
    fn load_snapshots<'a>(
        &'a self,
        centre: &'a CentreId,
    ) -> Pending<'a, Result<Vec<StoredSnapshot>, JournalFailure>>;

    /// Forgets a snapshot that is of no use.
    ///
    /// # Errors
    /// When the store fails.
    fn discard_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        version: u64,
    ) -> Pending<'a, Result<(), JournalFailure>>;

    /// Writes something small durably, to find out whether the store works again.
    ///
    /// # Errors
    /// When it does not.
    fn probe(&self) -> Pending<'_, Result<(), JournalFailure>>;

    /// Whether the store still decides by itself who was first. One that does not just now, because it is being put back
    /// from a copy, is neither believed nor written to.
    ///
    /// # Errors
    /// When it does not, or cannot be asked.
    fn check_guards(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// Waits for a turn in which no other writer appends: until this one has appended, gives the turn
    /// back, or lets seconds go by. For a writer that others keep overtaking.
    ///
    /// # Errors
    /// When the store fails.
    fn take_turn(&self) -> Pending<'_, Result<(), JournalFailure>>;

    /// Gives a turn back that ended without an append; without a turn nothing happens.
    fn release_write_lock(&self) -> Pending<'_, ()>;
}
