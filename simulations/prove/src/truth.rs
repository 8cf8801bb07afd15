//! What the journals hold, folded apart from every server: what all of them are held against.

use crate::invariants::{Seen, Violation};
use dispatch_core::model::{CentreId, Recorded};
use dispatch_core::{CentreState, apply};
use dispatch_desk::journal::decode;
use dispatch_desk::journal::memory::MemoryJournal;
use std::collections::BTreeMap;

/// The fold of the journals.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    /// The state of each centre.
    pub(crate) centres: BTreeMap<CentreId, CentreState>,
    /// The hash of the newest event of each.
    pub(crate) hashes: BTreeMap<CentreId, [u8; 32]>,
    /// The journals' count of changes up to which all is read.
    read_through: u64,
}

/// What is new in the journals.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// The events, each with the state before and after it kept by whoever looks.
    pub(crate) events: Vec<(CentreId, Recorded)>,
    /// A journal stands behind what was read of it.
    pub(crate) was_set_back: bool,
}

impl Truth {
    /// Reads on; every event is shown to `seen` with the state before it.
    ///
    /// # Errors
    /// When an event cannot be read, or breaks what must hold.
    pub(crate) fn follow(
        &mut self,
        journal: &MemoryJournal,
        seen: &mut Seen,
    ) -> Result<News, Violation> {
        let mut news = News::default();
        let changes = journal.changes();
        if changes == self.read_through {
            return Ok(news);
        }
        for (centre, head) in journal.stored_heads() {
            let known = self.hashes.get(&centre).copied();
            let version = self.centres.get(&centre).map_or(0, |state| state.version);
            if head.version == version && known.is_none_or(|hash| hash == head.hash) {
                continue;
            }
            let is_the_same = version == 0
                || journal.stored(&centre, version - 1).first().map(|it| it.hash) == known;
            if head.version < version || !is_the_same {
                return Ok(News { was_set_back: true, ..news });
            }
            self.read_on(journal, &centre, seen, &mut news)?;
        }
        self.read_through = changes;
        Ok(news)
    }

    fn read_on(
        &mut self,
        journal: &MemoryJournal,
        centre: &CentreId,
        seen: &mut Seen,
        news: &mut News,
    ) -> Result<(), Violation> {
        let new = || CentreState::new(centre.clone());
        let state = self.centres.entry(centre.clone()).or_insert_with(new);
        loop {
            let stored = journal.stored(centre, state.version);
            if stored.is_empty() {
                return Ok(());
            }
            for row in stored {
                let recorded = decode(&row)
                    .map_err(|error| Violation::new("replay", format!("{centre}: {error}")))?;
                seen.event(state, &recorded)?;
                apply(state, &recorded);
                seen.after_event(state, &recorded)?;
                self.hashes.insert(centre.clone(), row.hash);
                news.events.push((centre.clone(), recorded));
            }
        }
    }

    /// Begins anew, after a journal was set back.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }
}
