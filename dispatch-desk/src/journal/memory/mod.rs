//! The journal in memory: what simulations and tests run desks over. It keeps the contract of [`Journal`] as the
//! stores on disk do, fails only where it was told to, and asks neither clock nor chance, so that a run repeats.
//!
//! A [`MemoryJournal`] is one process's connection; several share one store, as servers share a database. A crash
//! takes a process away with everything it had not committed; [`MemoryJournal::reopen`] is its next start.

mod embedded;
mod operations;
mod outside;
mod script;
mod tables;

pub use script::{Fault, Operation, SCRIPT_MOST};

use super::contract::{Append, AppendError, JournalFailure};
use super::region_versions::{RegionVersion, TakenRegion};
use crate::sqlite::Writer;
use dispatch_core::model::CentreId;
use embedded::{EmbeddedFile, Transaction};
use script::Script;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tables::Tables;
use tokio::sync::Notify;

/// Longest turn of one writer: as long as the databases let a lock be held, so that a writer that hangs with it
/// stops the others for seconds, not for ever.
const TURN_LASTS: Duration = Duration::from_secs(5);

/// One process's connection to a journal in memory. Clones are the same process.
#[derive(Clone, Debug)]
pub struct MemoryJournal {
    store: Arc<Store>,
    process: u64,
    /// The writer of this process, where the store is a file of one server.
    writer: Option<Arc<Writer<EmbeddedFile>>>,
}

#[derive(Debug)]
struct Store {
    longest_turn: Duration,
    is_embedded: bool,
    inside: Mutex<Inside>,
    /// A turn ended, what was held is let go, or a process crashed.
    changed: Notify,
}

#[derive(Debug, Default)]
struct Inside {
    tables: Tables,
    script: Script,
    /// What goes wrong for one process alone.
    own_scripts: BTreeMap<u64, Script>,
    /// The last process that opened the store.
    processes: u64,
    crashed: BTreeSet<u64>,
    /// Whose turn it is to append.
    turn: Option<u64>,
    /// Appends that wait before their commit, as the script says.
    held: usize,
    /// How often those were let go.
    let_go: u64,
    /// The transaction that is open on a file of one server.
    transaction: Option<Transaction>,
    /// The last connection to it.
    connections: u64,
}

impl Default for MemoryJournal {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryJournal {
    /// An empty store and its first process.
    pub fn new() -> Self {
        Self::over(TURN_LASTS, false)
    }

    /// An empty store that one server has to itself, in a file with one write lock, as the embedded store is: its writer
    /// is the one of SQLite's files over a model of the file.
    pub fn embedded() -> Self {
        Self::over(TURN_LASTS, true)
    }

    /// The same, where a writer that took a turn loses it after so long.
    pub fn with_turns_of(longest: Duration) -> Self {
        Self::over(longest, false)
    }

    fn over(longest_turn: Duration, is_embedded: bool) -> Self {
        let (inside, changed) = (Mutex::default(), Notify::new());
        let store = Store { longest_turn, is_embedded, inside, changed };
        Self::of_process(Arc::new(store), 0)
    }

    fn of_process(store: Arc<Store>, process: u64) -> Self {
        let writer = store.is_embedded.then(|| EmbeddedFile::writer(store.clone(), process));
        Self { store, process, writer }
    }

    /// Another process over the same store: a second server, or the next start of one that crashed.
    pub fn reopen(&self) -> Self {
        let process = {
            let mut inside = self.inside();
            inside.processes += 1;
            inside.processes
        };
        Self::of_process(self.store.clone(), process)
    }

    /// Ends this process as a power cut would: what it had not committed is gone, its turn is free, and everything
    /// it tries from now on fails. What was committed stays.
    pub fn crash(&self) {
        self.inside().end(self.process);
        self.store.changed.notify_waiters();
    }

    /// Has the next operation of this kind, after those scripted before, go wrong in this way.
    ///
    /// # Panics
    /// When more than [`SCRIPT_MOST`] faults wait: a bug in the caller.
    pub fn script(&self, operation: Operation, fault: Fault) {
        self.inside().script.add(operation, fault);
    }

    /// Lets go every append that [`Fault::Held`] keeps before its commit.
    pub fn let_go(&self) {
        self.inside().let_go += 1;
        self.store.changed.notify_waiters();
    }

    /// Waits until so many appends are held before their commit.
    pub async fn until_held(&self, appends: usize) {
        self.store.until(|inside| (inside.held >= appends).then_some(())).await;
    }

    /// Takes the events of a centre after a version out, and its snapshots: a journal that was set back.
    pub fn cut(&self, centre: &CentreId, after: u64) {
        self.inside().tables.cut(centre, after);
    }

    /// The region folders taken into service, oldest first.
    ///
    /// # Errors
    /// When the process crashed.
    pub fn regions_taken(&self) -> Result<Vec<RegionVersion>, JournalFailure> {
        let inside = self.inside();
        inside.alive(self.process)?;
        Ok(inside.tables.regions.iter().map(|taken| taken.region.clone()).collect())
    }

    /// Notes that a folder was taken.
    ///
    /// # Errors
    /// When the process crashed.
    pub fn note_region(&self, taken: &TakenRegion) -> Result<(), JournalFailure> {
        let mut inside = self.inside();
        inside.alive(self.process)?;
        inside.tables.note_region(taken);
        Ok(())
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.store.inside()
    }

    /// Waits until no other process has the turn; one that lasts too long is over.
    async fn until_free(&self) -> Result<(), JournalFailure> {
        let process = self.process;
        let free = |inside: &mut Inside| {
            let is_free = inside.turn.is_none_or(|holder| holder == process);
            inside.alive(process).map(|()| is_free.then_some(())).transpose()
        };
        if let Ok(free) =
            tokio::time::timeout(self.store.longest_turn, self.store.until(free)).await
        {
            return free;
        }
        self.inside().turn = None;
        self.store.changed.notify_waiters();
        Ok(())
    }

    /// An operation that is done at once: fails where the script says so, before or after its work.
    fn at_once<T>(
        &self,
        operation: Operation,
        work: impl FnOnce(&mut Tables) -> T,
    ) -> Result<T, JournalFailure> {
        let mut inside = self.inside();
        inside.alive(self.process)?;
        match inside.next_fault(self.process, operation) {
            None | Some(Fault::Held) => Ok(work(&mut inside.tables)),
            Some(Fault::Refused) => Err(Fault::Refused.into()),
            Some(Fault::AnswerLost) => {
                work(&mut inside.tables);
                Err(Fault::AnswerLost.into())
            }
            Some(fault @ Fault::Crash { written }) => {
                if written > 0 {
                    work(&mut inside.tables);
                }
                inside.end(self.process);
                drop(inside);
                self.store.changed.notify_waiters();
                Err(fault.into())
            }
        }
    }

    async fn append(&self, appends: &[Append<'_>]) -> Result<(), AppendError> {
        if let Some(writer) = &self.writer {
            return self.append_to_file(writer, appends).await;
        }
        self.until_free().await?;
        let fault = self.inside().next_fault(self.process, Operation::Append);
        if fault == Some(Fault::Held) {
            self.hold().await?;
        }
        let ended = loop {
            // Somebody may have taken the turn since.
            self.until_free().await?;
            if let Some(ended) = self.commit(appends, fault) {
                break ended;
            }
        };
        // Whoever appended, or tried to, gives the turn back with it.
        self.inside().give_back(self.process);
        self.store.changed.notify_waiters();
        ended
    }

    /// Waits before the commit until it is let go; a crash meanwhile leaves nothing.
    async fn hold(&self) -> Result<(), JournalFailure> {
        let since = {
            let mut inside = self.inside();
            inside.held += 1;
            inside.let_go
        };
        // Counted out even when the writer gives up meanwhile.
        let _held = Held(self);
        self.store.changed.notify_waiters();
        let process = self.process;
        self.store
            .until(|inside| match inside.alive(process) {
                Ok(()) => (inside.let_go > since).then_some(Ok(())),
                Err(crashed) => Some(Err(crashed)),
            })
            .await
    }

    /// Appends, or fails as the script says; nothing while it is another's turn.
    fn commit(
        &self,
        appends: &[Append<'_>],
        fault: Option<Fault>,
    ) -> Option<Result<(), AppendError>> {
        let mut inside = self.inside();
        let is_free = inside.turn.is_none_or(|holder| holder == self.process);
        is_free.then(|| inside.commit(self.process, appends, fault))
    }
}

impl Store {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change until `found` gives something.
    async fn until<T>(&self, mut found: impl FnMut(&mut Inside) -> Option<T>) -> T {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // Enabled before the look: a change between look and wait is not missed.
            changed.as_mut().enable();
            if let Some(found) = found(&mut self.inside()) {
                return found;
            }
            changed.await;
        }
    }
}

/// An append that waits before its commit.
struct Held<'a>(&'a MemoryJournal);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.inside().held -= 1;
    }
}

impl Inside {
    fn commit(
        &mut self,
        process: u64,
        appends: &[Append<'_>],
        fault: Option<Fault>,
    ) -> Result<(), AppendError> {
        self.alive(process)?;
        match fault {
            None | Some(Fault::Held) => self.tables.append(appends),
            Some(Fault::Refused) => Err(JournalFailure::from(Fault::Refused).into()),
            Some(Fault::AnswerLost) => {
                self.tables.append(appends)?;
                Err(JournalFailure::from(Fault::AnswerLost).into())
            }
            Some(fault @ Fault::Crash { written }) => {
                let records: usize = appends.iter().map(|append| append.events.len()).sum();
                // The last record is the commit itself: a batch that was torn before it is found without, and none
                // of it counts. A conflict is then one that nobody heard of.
                if written > records {
                    self.tables.append(appends).ok();
                }
                self.end(process);
                Err(JournalFailure::from(fault).into())
            }
        }
    }

    /// What goes wrong now: first what was written down for this process alone.
    fn next_fault(&mut self, process: u64, operation: Operation) -> Option<Fault> {
        let own = self.own_scripts.get_mut(&process).and_then(|own| own.next(operation));
        own.or_else(|| self.script.next(operation))
    }

    fn alive(&self, process: u64) -> Result<(), JournalFailure> {
        if self.crashed.contains(&process) {
            return Err(JournalFailure("the process that opened the journal crashed".to_owned()));
        }
        Ok(())
    }

    fn end(&mut self, process: u64) {
        self.crashed.insert(process);
        self.transaction = self.transaction.take().filter(|open| !open.is_of(process));
        self.give_back(process);
    }

    fn give_back(&mut self, process: u64) {
        self.turn = self.turn.filter(|holder| *holder != process);
    }
}
