//! The check of a whole journal: gaps, breaks in the hash chain, columns that contradict the body,
//! events that cannot be read, events that do not follow the state, snapshots that show another state, heads
//! anchored outside that are not in it. Only reads.

use super::anchor::{Anchor, BadLine};
use super::chain::{Hash, Head, link};
use super::contract::{Journal, JournalFailure, ROWS_PER_READ, StoredEvent};
use super::decode::decode;
use super::held::Held;
use super::key::JournalKey;
use super::sqlite::SqliteJournal;
use crate::database::{MAIN_FILE, OpenError};
use dispatch_core::model::{CentreId, Event, Recorded, SetBack, Timestamp};
use dispatch_core::{CentreState, apply};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

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

/// What the check of a journal found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Each centre with its last version.
    pub centres: Vec<(CentreId, u64)>,
    /// What is wrong; empty when all is well.
    pub findings: Vec<Finding>,
    /// What is worth knowing and not wrong.
    pub notes: Vec<String>,
    /// Lines of the file of heads that could not be believed.
    pub bad_lines: Vec<BadLine>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.bad_lines.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (centre, version) in &self.centres {
            writeln!(f, "{centre}: {version} events read.")?;
        }
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        for BadLine { number, what } in &self.bad_lines {
            writeln!(f, "Line {number} of the file of heads: {what}.")?;
        }
        let verdict =
            if self.is_clean() { "The journal is whole." } else { "The journal is DAMAGED." };
        f.write_str(verdict)
    }
}

/// What a journal is held against besides itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Against<'a> {
    /// The key with which snapshots and anchors are sealed.
    pub key: Option<&'a JournalKey>,
    /// Heads written down outside the database.
    pub anchors: &'a [Anchor],
}

/// Checks the journal in a data folder; what `dispatch-server verify --data DIR` runs.
///
/// # Errors
/// When the file is not there, cannot be opened or read.
pub async fn verify_data(folder: &Path) -> Result<Report, OpenError> {
    verify_data_against(folder, Against::default()).await
}

/// The same, held against more.
///
/// # Errors
/// As [`verify_data`].
pub async fn verify_data_against(folder: &Path, against: Against<'_>) -> Result<Report, OpenError> {
    let file = folder.join(MAIN_FILE);
    std::fs::metadata(&file).map_err(sqlx::Error::Io)?;
    let journal = SqliteJournal::open(&file).await?;
    let report = verify_against(&journal, against).await.map_err(|e| sqlx::Error::Protocol(e.0));
    journal.close().await;
    Ok(report?)
}

/// Checks every journal of a store, each to its end.
///
/// # Errors
/// When the store fails.
pub async fn verify(journal: &dyn Journal) -> Result<Report, JournalFailure> {
    verify_against(journal, Against::default()).await
}

/// Checks every journal of a store, each to its end, its snapshots, and the anchors.
///
/// # Errors
/// When the store fails.
pub async fn verify_against(
    journal: &dyn Journal,
    against: Against<'_>,
) -> Result<Report, JournalFailure> {
    let mut report = Report::default();
    let heads = journal.heads().await?;
    let anchored = against.anchors.iter().map(|anchor| anchor.centre.clone());
    let centres: BTreeSet<CentreId> = heads.into_keys().chain(anchored).collect();
    for centre in centres {
        let anchors = against.anchors.iter().filter(|anchor| anchor.centre == centre);
        let mut held = Held {
            key: against.key,
            snapshots: journal.load_snapshots(&centre).await?,
            anchors: anchors.map(|anchor| (anchor.head.version, anchor)).collect(),
        };
        held.anchors.sort_by_key(|(version, _)| *version);
        let mut walk = Walk::new(centre.clone());
        loop {
            let rows = journal.read(&centre, walk.head.version, ROWS_PER_READ).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                walk.step(row);
                walk.hold_against(&held);
            }
        }
        walk.end(&held);
        if walk.head.version > 0 {
            report.centres.push((centre, walk.head.version));
        }
        report.findings.append(&mut walk.findings);
        report.notes.append(&mut walk.notes);
    }
    Ok(report)
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
    findings: Vec<Finding>,
    pub(super) notes: Vec<String>,
}

impl Walk {
    fn new(centre: CentreId) -> Self {
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

    fn step(&mut self, row: &StoredEvent) {
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
