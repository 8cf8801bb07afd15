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

/// What a finding is of, and so what helps against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// An event cannot be read or does not follow: nobody can go on past it.
    Event,
    /// A column that repeats what the event says; only queries look at it.
    Column,
    /// A snapshot, which is a cache; the events are whole.
    Snapshot,
    /// A head that was written down outside.
    Anchor,
}

/// One thing that is wrong, with the place where it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is of.
    pub of: Part,
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
                Part::Event,
                row.version,
                format!("the events from {} on are missing", self.head.version + 1),
            );
            self.state = None;
        } else if row.hash != link(&self.head.hash, &self.centre, row) {
            self.find(
                Part::Event,
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
                self.find(Part::Event, row.version, error.to_string());
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
            self.find(Part::Column, row.version, "its columns contradict its body".into());
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
                let what = "it does not follow from the events before";
                self.find(Part::Event, recorded.version, what.into());
            }
        }
    }

    /// Whether nothing was found so far that is of the events.
    pub(super) fn is_followed(&self) -> bool {
        self.findings.iter().all(|finding| finding.of == Part::Snapshot)
    }

    /// The first of its part is always kept, whatever was found before: it says what helps.
    pub(super) fn find(&mut self, of: Part, version: u64, what: String) {
        let is_first = self.findings.iter().all(|finding| finding.of != of);
        if is_first || self.findings.len() < FINDINGS_PER_CENTRE {
            self.findings.push(Finding { of, centre: self.centre.clone(), version, what });
        }
    }
}
