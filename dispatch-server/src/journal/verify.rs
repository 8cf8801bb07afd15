//! The check of a whole journal: gaps, breaks in the hash chain, columns that contradict the body,
//! events that cannot be read, events that do not follow the state. Only reads.

use super::chain::{Head, link};
use super::contract::{Journal, JournalFailure, ROWS_PER_READ, StoredEvent};
use super::decode::decode;
use super::sqlite::{MAIN_FILE, OpenError, SqliteJournal};
use dispatch_core::model::{CentreId, Recorded};
use dispatch_core::{CentreState, apply};
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
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
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
        let verdict =
            if self.is_clean() { "The journal is whole." } else { "The journal is DAMAGED." };
        f.write_str(verdict)
    }
}

/// Checks the journal in a data folder; what `dispatch-server verify --data DIR` runs.
///
/// # Errors
/// When the file is not there, cannot be opened or read.
pub async fn verify_data(folder: &Path) -> Result<Report, OpenError> {
    let file = folder.join(MAIN_FILE);
    std::fs::metadata(&file).map_err(sqlx::Error::Io)?;
    let journal = SqliteJournal::open(&file).await?;
    let report = verify(&journal).await.map_err(|e| sqlx::Error::Protocol(e.0));
    journal.close().await;
    Ok(report?)
}

/// Checks every journal of a store, each to its end.
///
/// # Errors
/// When the store fails.
pub async fn verify(journal: &dyn Journal) -> Result<Report, JournalFailure> {
    let mut report = Report::default();
    for centre in journal.heads().await?.into_keys() {
        let mut walk = Walk::new(centre.clone());
        loop {
            let rows = journal.read(&centre, walk.head.version, ROWS_PER_READ).await?;
            if rows.is_empty() {
                break;
            }
            rows.iter().for_each(|row| walk.step(row));
        }
        report.centres.push((centre, walk.head.version));
        report.findings.append(&mut walk.findings);
    }
    Ok(report)
}

struct Walk {
    centre: CentreId,
    head: Head,
    /// The fold so far; nothing once an event did not follow.
    state: Option<CentreState>,
    findings: Vec<Finding>,
}

impl Walk {
    fn new(centre: CentreId) -> Self {
        let head = Head::empty(&centre);
        Self { state: Some(CentreState::new(centre.clone())), centre, head, findings: Vec::new() }
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

    fn find(&mut self, version: u64, what: String) {
        if self.findings.len() < FINDINGS_PER_CENTRE {
            self.findings.push(Finding { centre: self.centre.clone(), version, what });
        }
    }
}
