//! The check of a whole journal: gaps, breaks in the hash chain, columns that contradict the body,
//! events that cannot be read, events that do not follow the state, snapshots that show another state, heads
//! anchored outside that are not in it. Only reads.

use super::anchor::{Anchor, BadLine};
use super::contract::{Journal, JournalFailure, ROWS_PER_READ};
use super::held::Held;
use super::key::JournalKey;
use super::walk::{Finding, Part, Walk};
use dispatch_core::model::CentreId;
use std::collections::BTreeSet;
use std::fmt;

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

    /// Whether the events are whole, whatever became of snapshots and of heads written down elsewhere: enough to
    /// copy them.
    pub fn has_whole_events(&self) -> bool {
        self.findings.iter().all(|finding| match finding.of {
            Part::Event | Part::Column => false,
            Part::Snapshot | Part::Anchor => true,
        })
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
        let mut walk = Walk::new(centre.clone());
        let snapshots = journal.load_snapshots(&centre).await.unwrap_or_else(|error| {
            walk.find(Part::Snapshot, 0, format!("its snapshots cannot be read: {error}"));
            Vec::new()
        });
        let mut held = Held {
            key: against.key,
            snapshots,
            anchors: anchors.map(|anchor| (anchor.head.version, anchor)).collect(),
        };
        held.anchors.sort_by_key(|(version, _)| *version);
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
