//! The store as a simulation meets it beside its processes: what it holds whatever the script says, and faults for one
//! process alone.

use super::super::contract::{Heads, ROWS_PER_READ};
use super::super::stored::StoredEvent;
use super::MemoryJournal;
use super::script::{Fault, Operation};
use dispatch_core::model::CentreId;

impl MemoryJournal {
    /// The same for this process alone; others that share the store go on.
    ///
    /// # Panics
    /// As [`Self::script`].
    pub fn script_own(&self, operation: Operation, fault: Fault) {
        let own = &mut self.inside().own_scripts;
        own.entry(self.process).or_default().add(operation, fault);
    }

    /// Whether this process has ended.
    pub fn has_crashed(&self) -> bool {
        self.inside().crashed.contains(&self.process)
    }

    /// The events of a centre after a version, whatever the script says: for whoever checks from outside.
    pub fn stored(&self, centre: &CentreId, after: u64) -> Vec<StoredEvent> {
        self.inside().tables.read(centre, after, ROWS_PER_READ)
    }

    /// How often events came or went so far: while it stands still, so do the journals.
    pub fn changes(&self) -> u64 {
        self.inside().tables.changes
    }

    /// The heads, in the same way.
    pub fn stored_heads(&self) -> Heads {
        self.inside().tables.heads()
    }
}
