//! The contract of a journal, kept by the store in memory.

use super::super::contract::{Append, AppendError, Heads, Journal, JournalFailure, Pending};
use super::super::stored::{StoredEvent, StoredSnapshot};
use super::MemoryJournal;
use super::embedded::EmbeddedFile;
use super::script::Operation;
use dispatch_core::model::{CentreId, IncidentId};
use std::future::ready;

impl Journal for MemoryJournal {
    fn append<'a>(&'a self, appends: &'a [Append<'a>]) -> Pending<'a, Result<(), AppendError>> {
        Box::pin(MemoryJournal::append(self, appends))
    }

    fn read<'a>(
        &'a self,
        centre: &'a CentreId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>> {
        let read = self.at_once(Operation::Read, |tables| tables.read(centre, after, limit));
        Box::pin(ready(read))
    }

    fn read_incident<'a>(
        &'a self,
        centre: &'a CentreId,
        incident: &'a IncidentId,
        after: u64,
        limit: u32,
    ) -> Pending<'a, Result<Vec<StoredEvent>, JournalFailure>> {
        let read = self.at_once(Operation::Read, |tables| {
            tables.read_incident(centre, incident, after, limit)
        });
        Box::pin(ready(read))
    }

    fn heads(&self) -> Pending<'_, Result<Heads, JournalFailure>> {
        Box::pin(ready(self.at_once(Operation::Read, |tables| tables.heads())))
    }

    fn save_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        snapshot: &'a StoredSnapshot,
    ) -> Pending<'a, Result<(), JournalFailure>> {
        let saved = self.at_once(Operation::Snapshot, |tables| tables.save(centre, snapshot));
        Box::pin(ready(saved))
    }

    fn load_snapshots<'a>(
        &'a self,
        centre: &'a CentreId,
    ) -> Pending<'a, Result<Vec<StoredSnapshot>, JournalFailure>> {
        Box::pin(ready(self.at_once(Operation::Read, |tables| tables.snapshots(centre))))
    }

    fn discard_snapshot<'a>(
        &'a self,
        centre: &'a CentreId,
        version: u64,
    ) -> Pending<'a, Result<(), JournalFailure>> {
        let done = self.at_once(Operation::Snapshot, |tables| tables.discard(centre, version));
        Box::pin(ready(done))
    }

    fn probe(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(async move {
            self.at_once(Operation::Probe, |_| ())?;
            match &self.writer {
                Some(writer) => EmbeddedFile::probe(writer).await,
                None => Ok(()),
            }
        })
    }

    fn take_turn(&self) -> Pending<'_, Result<(), JournalFailure>> {
        Box::pin(async move {
            if let Some(writer) = &self.writer {
                return EmbeddedFile::take_turn(writer).await;
            }
            loop {
                self.until_free().await?;
                let mut inside = self.inside();
                // Several may have waited for the same turn.
                if inside.turn.is_none_or(|holder| holder == self.process) {
                    inside.turn = Some(self.process);
                    return Ok(());
                }
            }
        })
    }

    fn release_write_lock(&self) -> Pending<'_, ()> {
        Box::pin(async move {
            if let Some(writer) = &self.writer {
                // What cannot be given back goes with its connection.
                EmbeddedFile::give_back(writer).await.ok();
            }
            self.inside().give_back(self.process);
            self.store.changed.notify_waiters();
        })
    }
}
