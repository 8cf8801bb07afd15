//! What goes wrong in a journal in memory: nothing but what a test or a simulation wrote down beforehand.

use super::super::contract::JournalFailure;
use std::collections::{BTreeMap, VecDeque};

/// Most faults that wait for one kind of operation: more than any test looks ahead, and a simulation that never
/// comes to them shows as a panic instead of as memory that grows.
pub const SCRIPT_MOST: usize = 1_024;

/// The kinds of operation that can be made to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Making events durable.
    Append,
    /// The end of a transaction on a file of one server; refused, it stays open on its connection.
    Commit,
    /// Reading events, heads or snapshots.
    Read,
    /// Keeping or discarding a snapshot.
    Snapshot,
    /// Trying whether anything can be written.
    Probe,
}

/// How an operation goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is done, and the caller is told so: a full disk, a lock.
    Refused,
    /// It is done, and the caller hears only that something failed: a lost connection, a late answer.
    AnswerLost,
    /// The process ends when so many records were written. A batch of n events is n + 1 records, the last of which
    /// is its commit: fewer leave nothing of the batch, and never anything of it without the rest.
    Crash {
        /// The records that reach the disk.
        written: usize,
    },
    /// An append waits before its commit until [`super::MemoryJournal::let_go`]: a slow disk. Others go on.
    Held,
}

impl From<Fault> for JournalFailure {
    fn from(fault: Fault) -> Self {
        let what = match fault {
            Fault::Refused => "the store refused, as the script says",
            Fault::AnswerLost => "the answer was lost, as the script says",
            Fault::Crash { .. } => "the process crashed, as the script says",
            Fault::Held => "the store waits, as the script says",
        };
        Self(what.to_owned())
    }
}

/// The faults to come, by kind of operation, in order.
#[derive(Debug, Default)]
pub(super) struct Script(BTreeMap<Operation, VecDeque<Fault>>);

impl Script {
    pub(super) fn add(&mut self, operation: Operation, fault: Fault) {
        let waiting = self.0.entry(operation).or_default();
        assert!(waiting.len() < SCRIPT_MOST, "faults are scripted that nothing comes to");
        waiting.push_back(fault);
    }

    pub(super) fn next(&mut self, operation: Operation) -> Option<Fault> {
        self.0.get_mut(&operation)?.pop_front()
    }
}
