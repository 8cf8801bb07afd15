//! The newest events of one journal as this desk saw them, each with its hash: by them it finds out where another
//! branch began, and what was lost with this one.

use crate::journal::{Hash, Head, Journal, JournalFailure};
use dispatch_core::model::{CentreId, Recorded};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Events kept of each centre: hours of a busy evening, some megabytes. A set-back from further away is
/// noticed too; only where it began is then less exact.
const MOST_EVENTS: usize = 2_048;

/// An event and its hash.
pub(super) type Hashed = (Hash, Arc<Recorded>);

#[derive(Debug)]
pub(super) struct Trail {
    /// What the events follow.
    base: Head,
    events: VecDeque<Hashed>,
}

impl Trail {
    /// Begins after a head.
    pub(super) fn after(base: Head) -> Self {
        Self { base, events: VecDeque::new() }
    }

    pub(super) fn push(&mut self, events: impl IntoIterator<Item = Hashed>) {
        self.events.extend(events);
        while self.events.len() > MOST_EVENTS
            && let Some((hash, event)) = self.events.pop_front()
        {
            self.base = Head { version: event.version, hash };
        }
    }

    /// The newest version at which the journal holds what this desk saw there; nothing when it lies before
    /// what is kept.
    pub(super) async fn agreed(
        &self,
        journal: &dyn Journal,
        centre: &CentreId,
    ) -> Result<Option<u64>, JournalFailure> {
        let from = self.base.version.saturating_sub(1);
        let rows = journal.read(centre, from, MOST_EVENTS as u32 + 1).await?;
        let there: BTreeMap<u64, Hash> = rows.iter().map(|row| (row.version, row.hash)).collect();
        let seen = self.events.iter().rev().map(|(hash, event)| (event.version, *hash));
        let seen = seen.chain([(self.base.version, self.base.hash)]);
        let agreed = seen.into_iter().find(|(version, hash)| there.get(version) == Some(hash));
        let from_the_first = (self.base.version == 0).then_some(0);
        Ok(agreed.map(|(version, _)| version).or(from_the_first))
    }

    /// The events after a version, as far as they are kept.
    pub(super) fn since(&self, version: u64) -> Vec<Hashed> {
        self.events.iter().filter(|(_, event)| event.version > version).cloned().collect()
    }
}
