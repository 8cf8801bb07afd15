//! A model of the embedded store's file: one write lock, transactions that a failed commit leaves open, connections
//! that take back what is not committed when they are closed. The real writer of SQLite's files writes it.

use super::super::chain::Head;
use super::super::contract::{Append, AppendError, JournalFailure};
use super::super::stored::StoredEvent;
use super::script::{Fault, Operation};
use super::tables::Tables;
use super::{Inside, MemoryJournal, Store};
use crate::sqlite::{Bound, Place, Writer, WrittenFile};
use dispatch_core::model::CentreId;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for the write lock, as SQLite's `busy_timeout` of ours.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// One process's way to the file.
#[derive(Debug)]
pub(super) struct EmbeddedFile {
    store: Arc<Store>,
    process: u64,
}

/// A connection that writes.
#[derive(Debug)]
pub(super) struct Connection {
    store: Arc<Store>,
    number: u64,
}

/// A transaction that holds the write lock, and what it has written.
#[derive(Debug)]
pub(super) struct Transaction {
    connection: u64,
    process: u64,
    written: Vec<(CentreId, Head, Vec<StoredEvent>)>,
}

impl Transaction {
    /// Whether this process opened it.
    pub(super) fn is_of(&self, process: u64) -> bool {
        self.process == process
    }

    /// The head of a journal as seen within it.
    fn head(&self, tables: &Tables, centre: &CentreId) -> Head {
        let own = self.written.iter().rev().filter(|(of, ..)| of == centre);
        let last = own.filter_map(|(_, _, events)| events.last()).next();
        let head = |it: &StoredEvent| Head { version: it.version, hash: it.hash };
        last.map_or_else(|| tables.head(centre), head)
    }

    fn commit(self, tables: &mut Tables) -> Result<(), AppendError> {
        let appends: Vec<Append<'_>> = self
            .written
            .iter()
            .map(|(centre, after, events)| Append { centre, after: *after, events })
            .collect();
        tables.append(&appends)
    }
}

impl EmbeddedFile {
    pub(super) fn writer(store: Arc<Store>, process: u64) -> Arc<Writer<Self>> {
        Arc::new(Writer::unopened(Self { store, process }))
    }

    /// Tries whether the write lock can be had.
    pub(super) async fn probe(writer: &Writer<Self>) -> Result<(), JournalFailure> {
        let mut turn = writer.turn().await?;
        if !turn.is_begun() {
            turn.begin().await?;
            turn.roll_back().await?;
        }
        turn.done();
        Ok(())
    }

    /// Takes the write lock and keeps it.
    pub(super) async fn take_turn(writer: &Writer<Self>) -> Result<(), JournalFailure> {
        let mut turn = writer.turn().await?;
        turn.begin().await?;
        turn.done();
        Ok(())
    }

    /// Gives it back.
    pub(super) async fn give_back(writer: &Writer<Self>) -> Result<(), JournalFailure> {
        let mut turn = writer.turn().await?;
        turn.roll_back().await?;
        turn.done();
        Ok(())
    }

    fn is_open_on(&self, connection: u64) -> bool {
        let inside = self.store.inside();
        inside.transaction.as_ref().is_some_and(|open| open.connection == connection)
    }

    fn commit(&self, connection: u64) -> Result<(), sqlx::Error> {
        if !self.is_open_on(connection) {
            return Err(failed("cannot commit - no transaction is active"));
        }
        let mut inside = self.store.inside();
        let fault = inside.next_fault(self.process, Operation::Commit);
        if matches!(fault, Some(Fault::Refused)) {
            return Err(failed("the commit failed, and its transaction stays open"));
        }
        let committed = inside.transaction.take().map(|open| open.commit(&mut inside.tables));
        match (committed, fault) {
            (Some(Err(_)), _) => Err(failed("what was written does not follow what is there")),
            (_, None | Some(Fault::Held)) => Ok(()),
            (_, Some(Fault::Crash { .. })) => {
                inside.end(self.process);
                Err(failed("the process crashed after its commit"))
            }
            (_, Some(Fault::AnswerLost | Fault::Refused)) => {
                Err(failed("the device failed after the commit"))
            }
        }
    }
}

impl WrittenFile for EmbeddedFile {
    type Connection = Connection;

    async fn open(&self) -> Result<Connection, sqlx::Error> {
        let mut inside = self.store.inside();
        inside.connections += 1;
        Ok(Connection { store: self.store.clone(), number: inside.connections })
    }

    fn place(&self) -> io::Result<Option<Place>> {
        Ok(None)
    }

    async fn bound(&self, connection: &mut Connection, bound: Bound) -> Result<(), sqlx::Error> {
        let number = connection.number;
        match bound {
            Bound::Begin if self.is_open_on(number) => {
                Err(failed("cannot start a transaction within a transaction"))
            }
            Bound::Begin => {
                let (connection, process) = (number, self.process);
                let begin = |inside: &mut Inside| {
                    let free = inside.transaction.is_none();
                    let begun = || Transaction { connection, process, written: Vec::new() };
                    free.then(|| inside.transaction = Some(begun()))
                };
                let begun = tokio::time::timeout(LOCK_WAIT, self.store.until(begin)).await;
                begun.map_err(|_| failed("database is locked"))
            }
            Bound::Commit => {
                let committed = self.commit(number);
                self.store.changed.notify_waiters();
                committed
            }
            Bound::RollBack => {
                self.store.take_back(number);
                Ok(())
            }
        }
    }

    async fn close(&self, connection: Connection) -> Result<(), sqlx::Error> {
        drop(connection);
        Ok(())
    }
}

impl Connection {
    /// Writes events into the open transaction.
    ///
    /// # Errors
    /// When a journal does not stand where its events begin; nothing is written then.
    fn insert(&mut self, appends: &[Append<'_>]) -> Result<(), AppendError> {
        let mut inside = self.store.inside();
        let Inside { tables, transaction, .. } = &mut *inside;
        let open = transaction.as_mut().filter(|open| open.connection == self.number);
        let open = open.ok_or_else(|| JournalFailure("no transaction is open".to_owned()))?;
        let before = open.written.len();
        for append in appends {
            let actual = open.head(tables, append.centre);
            if actual != append.after {
                open.written.truncate(before);
                return Err(AppendError::Conflict { centre: append.centre.clone(), actual });
            }
            open.written.push((append.centre.clone(), append.after, append.events.to_vec()));
        }
        Ok(())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.store.take_back(self.number);
    }
}

impl Store {
    /// Ends the transaction of a connection, if one is open on it.
    fn take_back(&self, connection: u64) {
        let mut inside = self.inside();
        inside.transaction = inside.transaction.take().filter(|it| it.connection != connection);
        drop(inside);
        self.changed.notify_waiters();
    }
}

impl MemoryJournal {
    /// Appends as the embedded store does: in a turn of the file's writer.
    pub(super) async fn append_to_file(
        &self,
        writer: &Writer<EmbeddedFile>,
        appends: &[Append<'_>],
    ) -> Result<(), AppendError> {
        let failed = |error: sqlx::Error| JournalFailure::from(error);
        let mut turn = writer.turn().await.map_err(failed)?;
        let fault = self.inside().next_fault(self.process, Operation::Append);
        if fault == Some(Fault::Held) {
            self.hold().await?;
        }
        self.inside().alive(self.process)?;
        turn.begin().await.map_err(failed)?;
        if fault == Some(Fault::Refused) {
            return Err(JournalFailure::from(Fault::Refused).into());
        }
        if let Err(conflict) = turn.connection().insert(appends) {
            turn.roll_back().await.map_err(failed)?;
            turn.done();
            return Err(conflict);
        }
        let records: usize = appends.iter().map(|append| append.events.len()).sum();
        if let Some(fault @ Fault::Crash { written }) = fault {
            // The last record is the commit itself.
            if written > records {
                turn.commit().await.ok();
            }
            self.crash();
            return Err(JournalFailure::from(fault).into());
        }
        turn.commit().await.map_err(failed)?;
        turn.done();
        match fault {
            Some(fault @ Fault::AnswerLost) => Err(JournalFailure::from(fault).into()),
            Some(Fault::Held | Fault::Refused | Fault::Crash { .. }) | None => Ok(()),
        }
    }

    /// Writes something else into the file of one server, as people's sessions are: in a turn of the same writer.
    ///
    /// # Errors
    /// When it cannot be written now. Where servers share the store, nothing is done.
    pub async fn write_beside(&self) -> Result<(), JournalFailure> {
        let Some(writer) = &self.writer else { return Ok(()) };
        self.inside().alive(self.process)?;
        let mut turn = writer.turn().await?;
        turn.begin().await?;
        turn.end::<(), JournalFailure>(Ok(())).await
    }
}

fn failed(what: &str) -> sqlx::Error {
    sqlx::Error::Io(io::Error::other(what.to_owned()))
}
