//! A walk along one journal from its first event: the chain, the columns, the fold, and what is wrong with them.

use super::chain::{Head, link};
use super::decode::decode;
use super::stored::{Hash, StoredEvent};
use dispatch_core::model::{CentreId, Event, Recorded, SetBack, Timestamp};
use dispatch_core::{CentreState, apply};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most findings kept for one centre: past a hundred, more of them say nothing new.
const FINDINGS_PER_CENTRE: usize = 100;

/// One thing that is wrong, with the place where it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whose journal.
    pub centre: CentreId,
    /// Which event.
    pub version: u64,
    /// What is wrong, as a sentence without its end.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} version {}: {}.", self.centre, self.version, self.what)
    }
}

/// A walk along one journal.
pub(super) struct Walk {
    pub(super) centre: CentreId,
    pub(super) head: Head,
    /// The fold so far; nothing once an event did not follow.
    pub(super) state: Option<CentreState>,
    /// The set-backs read so far: when recorded, from where, to where.
    pub(super) set_backs: Vec<(Timestamp, SetBack)>,
    /// The hashes at versions that were anchored.
    pub(super) anchored: BTreeMap<u64, Hash>,
    pub(super) findings: Vec<Finding>,
    pub(super) notes: Vec<String>,
}

impl Walk {
    pub(super) fn new(centre: CentreId) -> Self {
        let head = Head::empty(&centre);
        Self {
            state: Some(CentreState::new(centre.clone())),
            centre,
            head,
            set_backs: Vec::new(),
            anchored: BTreeMap::new(),
            findings: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(super) fn step(&mut self, row: &StoredEvent) {
        if row.version != self.head.version + 1 {
            self.find(
                row.version,
                format!("the events from {} on are missing", self.head.version + 1),
            );
            self.state = None;
        } else if row.hash != link(&self.head.hash, &self.centre, row) {
            self.find(
                row.version,
                "its hash does not fit: it or the event before was changed".into(),
            );
        }
        self.head = Head { version: row.version, hash: row.hash };
        match decode(row) {
            Ok(recorded) => {
                self.compare_columns(row, &recorded);
                if let Event::JournalSetBack { set_back } = &recorded.event {
                    self.set_backs.push((recorded.provenance.recorded_at, set_back.clone()));
                }
                self.fold(&recorded);
            }
            Err(error) => {
                self.find(row.version, error.to_string());
                self.state = None;
            }
        }
    }

    fn compare_columns(&mut self, row: &StoredEvent, recorded: &Recorded) {
        let provenance = &recorded.provenance;
        let agree = row.kind == recorded.event.kind()
            && row.recorded_at == provenance.recorded_at
            && row.made_at == provenance.made_at;
        if !agree {
            self.find(row.version, "its columns contradict its body".into());
        }
    }

    /// `apply` panics on an event that does not follow; here that is a finding, not a bug.
    fn fold(&mut self, recorded: &Recorded) {
        let Some(mut state) = self.state.take() else { return };
        let applied = catch_unwind(AssertUnwindSafe(move || {
            apply(&mut state, recorded);
            state
        }));
        match applied {
            Ok(state) => self.state = Some(state),
            Err(_) => {
                self.find(recorded.version, "it does not follow from the events before".into())
            }
        }
    }

    /// Whether nothing was found so far.
    pub(super) fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn find(&mut self, version: u64, what: String) {
        if self.findings.len() < FINDINGS_PER_CENTRE {
            self.findings.push(Finding { centre: self.centre.clone(), version, what });
        }
    }
}
